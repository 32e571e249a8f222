import type { LayerLowerings } from './context.ts';
import { activationLowerings } from './lowerings/activations.ts';
import { arithmeticLowerings } from './lowerings/arithmetic.ts';
import { batchNormLowerings } from './lowerings/batchNorm.ts';
import { channelLowerings } from './lowerings/channels.ts';
import { convLowerings } from './lowerings/conv.ts';
import { customLowerings } from './lowerings/custom.ts';
import { elementwiseLowerings } from './lowerings/elementwise.ts';
import { extentLowerings } from './lowerings/extent.ts';
import { functionLowerings } from './lowerings/functions.ts';
import { kernelLowerings } from './lowerings/kernels.ts';
import { logicLowerings } from './lowerings/logic.ts';
import { normLowerings } from './lowerings/norms.ts';
import { poolLowerings } from './lowerings/pool.ts';
import { recurrentLowerings } from './lowerings/recurrent.ts';
import { reshapingLowerings } from './lowerings/reshaping.ts';
import { shapeLowerings } from './lowerings/shape.ts';
import { transformerLowerings } from './lowerings/transformers.ts';

/** Every op as layers of tfjs-layers 4.22. */
export const lowerings = {
  ...activationLowerings,
  ...arithmeticLowerings,
  ...functionLowerings,
  ...logicLowerings,
  ...batchNormLowerings,
  ...convLowerings,
  ...elementwiseLowerings,
  ...poolLowerings,
  ...normLowerings,
  ...kernelLowerings,
  ...extentLowerings,
  ...channelLowerings,
  ...shapeLowerings,
  ...reshapingLowerings,
  ...transformerLowerings,
  ...recurrentLowerings,
  ...customLowerings,
} satisfies LayerLowerings;
