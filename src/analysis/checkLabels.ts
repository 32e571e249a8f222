import { type Diagnostic, diagnose, problem } from '../diagnostics/diagnostic.ts';
import type { TypedGraph, TypedValue } from '../ir/graph.ts';
import { printDim } from '../tensor/printDim.ts';

/** Checks that the labels of each output are as many as its entries. */
export function checkLabels({ outputs }: TypedGraph): readonly Diagnostic[] {
  return outputs.flatMap(({ name, value, labels }) => {
    if (labels === undefined) return [];
    const { names, span } = labels;
    const reason = mismatch(name, names.length, value);
    return reason === undefined
      ? []
      : [diagnose(problem('wrong-value', { what: '`labels`', reason, help }), { span })];
  });
}

const help =
  'each entry of the last axis has a name; an axis of 1, and an item that is one number, has two, for 0 and 1';

/** Whole numbers are classes themselves, of which there may be any number; channels are the last axis in here. */
function mismatch(name: string, count: number, { type: { dtype, shape } }: TypedValue): string | undefined {
  if (dtype === 'int32') return undefined;
  const size = shape.length < 2 ? 1 : (shape.at(-1) ?? 1);
  if (size === count || (size === 1 && count === 2)) return undefined;
  const found = `${count} ${count === 1 ? 'name' : 'names'}`;
  return `has ${found}, and the last axis of ${name} has a size of ${printDim(size)}`;
}
