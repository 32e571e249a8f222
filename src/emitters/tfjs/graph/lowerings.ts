import type { GraphLowerings } from './context.ts';
import { activationLowerings } from './lowerings/activations.ts';
import { arithmeticLowerings } from './lowerings/arithmetic.ts';
import { arrangementLowerings } from './lowerings/arrangement.ts';
import { attentionLowerings } from './lowerings/attention.ts';
import { channelLowerings } from './lowerings/channels.ts';
import { convLowerings } from './lowerings/conv.ts';
import { customLowerings } from './lowerings/custom.ts';
import { elementwiseLowerings } from './lowerings/elementwise.ts';
import { extentLowerings } from './lowerings/extent.ts';
import { functionLowerings } from './lowerings/functions.ts';
import { kernelLowerings } from './lowerings/kernels.ts';
import { layerNormLowerings } from './lowerings/layerNorms.ts';
import { learnedLowerings } from './lowerings/learned.ts';
import { logicLowerings } from './lowerings/logic.ts';
import { lookupLowerings } from './lowerings/lookups.ts';
import { normLowerings } from './lowerings/norms.ts';
import { poolLowerings } from './lowerings/pool.ts';
import { positionLowerings } from './lowerings/positions.ts';
import { productLowerings } from './lowerings/products.ts';
import { recurrentLowerings } from './lowerings/recurrent.ts';
import { reshapingLowerings } from './lowerings/reshaping.ts';

/** Every op as nodes of a GraphDef that tf.js 4.22 computes. */
export const graphLowerings = {
  ...customLowerings,
  ...arrangementLowerings,
  ...convLowerings,
  ...elementwiseLowerings,
  ...functionLowerings,
  ...activationLowerings,
  ...arithmeticLowerings,
  ...logicLowerings,
  ...learnedLowerings,
  ...poolLowerings,
  ...normLowerings,
  ...kernelLowerings,
  ...extentLowerings,
  ...channelLowerings,
  ...reshapingLowerings,
  ...productLowerings,
  ...lookupLowerings,
  ...layerNormLowerings,
  ...positionLowerings,
  ...attentionLowerings,
  ...recurrentLowerings,
} satisfies GraphLowerings;
