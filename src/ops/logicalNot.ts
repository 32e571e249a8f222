import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { perOutput } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireBool } from './requireBool.ts';

export const logicalNot = once(() =>
  defineOp({
    summary: 'True where the value is false, position by position.',
    inputs: ['x'],
    attributes: () => z.strictObject({}),
    infer: ([x]) => {
      if (x === undefined) return fail();
      const problems = requireBool('logical_not', x);
      return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
    },
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 5, 6, 3]],
        dtypes: ['bool'],
        output: ['N', 5, 6, 3],
        outputDtype: 'bool',
        elementOps: 90,
        source: '5·6·3 operations',
      },
      { inputs: [['N', 7]], dtypes: ['bool'], output: ['N', 7], outputDtype: 'bool' },
      { inputs: [['N', 'T', 3]], dtypes: ['bool'], output: ['N', 'T', 3], outputDtype: 'bool' },
      { inputs: [['N', 4]], problem: 'dtype-mismatch' },
    ],
  }),
);
