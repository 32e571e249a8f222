import type { LayerLowerings } from './context.ts';
import { batchNormLowerings } from './lowerings/batchNorm.ts';
import { convLowerings } from './lowerings/conv.ts';
import { elementwiseLowerings } from './lowerings/elementwise.ts';
import { poolLowerings } from './lowerings/pool.ts';
import { shapeLowerings } from './lowerings/shape.ts';

/** Every op as layers of tfjs-layers 4.22. */
export const lowerings = {
  ...batchNormLowerings,
  ...convLowerings,
  ...elementwiseLowerings,
  ...poolLowerings,
  ...shapeLowerings,
} satisfies LayerLowerings;
