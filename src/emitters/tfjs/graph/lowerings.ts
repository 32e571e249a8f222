import type { GraphLowerings } from './context.ts';
import { arrangementLowerings } from './lowerings/arrangement.ts';
import { convLowerings } from './lowerings/conv.ts';
import { elementwiseLowerings } from './lowerings/elementwise.ts';
import { learnedLowerings } from './lowerings/learned.ts';
import { poolLowerings } from './lowerings/pool.ts';

/** Every op as nodes of a GraphDef that tf.js 4.22 computes. */
export const graphLowerings = {
  ...arrangementLowerings,
  ...convLowerings,
  ...elementwiseLowerings,
  ...learnedLowerings,
  ...poolLowerings,
} satisfies GraphLowerings;
