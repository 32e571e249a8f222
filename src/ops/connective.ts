import * as z from 'zod';
import { once } from '../common/once.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { perOutput } from './cost.ts';
import { defineOp, type Example } from './op.ts';
import { meet } from './operands.ts';
import { samePositions } from './receptiveField.ts';
import { requireBool } from './requireBool.ts';

/** An op that joins two truth values, position by position. */
export function defineConnective(op: string, summary: string) {
  return once(() =>
    defineOp({
      summary,
      inputs: ['x', 'y'],
      main: 'from',
      attributes: () => z.strictObject({}),
      infer: (inputs, _attributes, judge) => {
        const met = meet(op, inputs, { judge, value: undefined, requires: requireBool });
        return met.ok ? ok({ outputs: [met.value] }) : met;
      },
      cost: perOutput(),
      receptiveField: samePositions,
      examples,
    }),
  );
}

const examples: readonly Example[] = [
  {
    inputs: [
      ['N', 5, 6, 3],
      ['N', 5, 6, 3],
    ],
    dtypes: ['bool', 'bool'],
    output: ['N', 5, 6, 3],
    outputDtype: 'bool',
    elementOps: 90,
    source: '5·6·3 operations',
  },
  {
    inputs: [
      ['N', 1, 1, 7],
      [7, 7],
    ],
    dtypes: ['bool', 'bool'],
    output: ['N', 1, 7, 7],
    outputDtype: 'bool',
    source: 'NumPy, broadcasting: a padding mask and a causal mask',
  },
  {
    inputs: [
      ['N', 9],
      ['N', 9],
    ],
    dtypes: ['bool', 'bool'],
    output: ['N', 9],
    outputDtype: 'bool',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 3],
    ],
    dtypes: ['bool', 'bool'],
    problem: 'broadcast-mismatch',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    dtypes: ['bool', 'int32'],
    problem: 'dtype-mismatch',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    problem: 'dtype-mismatch',
  },
];
