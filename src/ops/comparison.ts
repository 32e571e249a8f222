import * as z from 'zod';
import { once } from '../common/once.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { perOutput } from './cost.ts';
import { defineOp, type Example } from './op.ts';
import { meetTwo, numberInstead, twoOperands } from './operands.ts';
import { samePositions } from './receptiveField.ts';
import { requireNumber } from './requireNumber.ts';

/** An op that says of two operands of one dtype, position by position, whether something holds; the second may be a number. */
export function defineComparison(op: string, summary: string, { bools = false } = {}) {
  return once(() =>
    defineOp({
      summary,
      inputs: twoOperands,
      main: 'from',
      attributes: () => z.strictObject({ value: numberInstead() }),
      infer: (inputs, { value }, judge) => {
        const met = meetTwo(op, inputs, { judge, value, requires: bools ? () => [] : requireNumber });
        return met.ok ? ok({ outputs: [{ ...met.value, dtype: 'bool' }] }) : met;
      },
      cost: perOutput(),
      receptiveField: samePositions,
      examples: [...examples, bools ? boolExample : noBoolExample],
    }),
  );
}

const examples: readonly Example[] = [
  {
    inputs: [
      ['N', 5, 6, 3],
      ['N', 5, 6, 3],
    ],
    output: ['N', 5, 6, 3],
    outputDtype: 'bool',
    elementOps: 90,
    source: '5·6·3 operations',
  },
  {
    inputs: [['N', 8, 3], [3]],
    dtypes: ['int32', 'int32'],
    output: ['N', 8, 3],
    outputDtype: 'bool',
    source: 'NumPy, broadcasting',
  },
  {
    inputs: [['S', 1], ['T']],
    dtypes: ['int32', 'int32'],
    output: ['S', 'T'],
    outputDtype: 'bool',
    source: 'NumPy, broadcasting: positions of queries against positions of keys, a causal mask',
  },
  { inputs: [['N', 4]], attributes: { value: 0.5 }, output: ['N', 4], outputDtype: 'bool' },
  { inputs: [['N', 9]], dtypes: ['int32'], attributes: { value: 2 }, output: ['N', 9], outputDtype: 'bool' },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    dtypes: ['float32', 'int32'],
    problem: 'dtype-mismatch',
  },
  { inputs: [['N', 4]], dtypes: ['int32'], attributes: { value: 0.5 }, problem: 'dtype-mismatch' },
  {
    inputs: [
      ['N', 4],
      ['N', 3],
    ],
    problem: 'broadcast-mismatch',
  },
  { inputs: [['N', 4]], problem: 'input-count' },
];

const boolExample: Example = {
  inputs: [
    ['N', 4],
    ['N', 4],
  ],
  dtypes: ['bool', 'bool'],
  output: ['N', 4],
  outputDtype: 'bool',
};

const noBoolExample: Example = {
  inputs: [
    ['N', 4],
    ['N', 4],
  ],
  dtypes: ['bool', 'bool'],
  problem: 'dtype-mismatch',
};
