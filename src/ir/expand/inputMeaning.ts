import { inputSchema } from '../../parser/schema.ts';
import type { InputSpec } from '../../parser/spec.ts';
import type { InputMeaning } from '../graph.ts';
import { type CheckedAt, checkedValue } from './checkedValue.ts';

const { range, mean, std } = inputSchema.shape;

/** What an input's numbers mean, worked out; what is wrong is reported and left out. */
export function inputMeaning(input: InputSpec, at: CheckedAt): InputMeaning {
  const { description } = input;
  const known = {
    range: checkedValue('range', { written: input.range, schema: range }, at),
    mean: checkedValue('mean', { written: input.mean, schema: mean }, at),
    std: checkedValue('std', { written: input.std, schema: std }, at),
  };
  return {
    ...(known.range === undefined ? {} : { range: known.range }),
    ...(known.mean === undefined ? {} : { mean: known.mean }),
    ...(known.std === undefined ? {} : { std: known.std }),
    ...(description === undefined ? {} : { description }),
  };
}
