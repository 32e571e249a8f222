import { claims } from './catalog/claims.ts';
import { expressions } from './catalog/expressions.ts';
import { language } from './catalog/language.ts';
import { linting } from './catalog/linting.ts';
import { names } from './catalog/names.ts';
import { reading } from './catalog/reading.ts';
import { shapes } from './catalog/shapes.ts';
import { targets } from './catalog/targets.ts';
import { weights } from './catalog/weights.ts';

/**
 * Everything the compiler can say, by name. Codes never change their meaning:
 * INC0xx reading, INC1xx the language, INC2xx shapes, INC3xx claims, INC4xx targets,
 * INC5xx files of weights, INC9xx how the linter is set and the lock file. INC6xx to INC9xx are also codes of its rules.
 */
export const catalog = {
  ...reading,
  ...language,
  ...names,
  ...expressions,
  ...shapes,
  ...claims,
  ...targets,
  ...weights,
  ...linting,
};
