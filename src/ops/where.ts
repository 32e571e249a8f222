import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { broadcastInputs, requireEqualDtypes } from './broadcastInputs.ts';
import { perOutput } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireBool } from './requireBool.ts';

export const where = once(() =>
  defineOp({
    summary: 'The value of `a` where the condition is true, of `b` where it is not, position by position.',
    inputs: ['condition', 'a', 'b'],
    main: 'from',
    attributes: () => z.strictObject({}),
    infer: (inputs, _attributes, judge) => {
      const [condition, a, b] = inputs;
      if (condition === undefined || a === undefined || b === undefined) return fail();
      const problems = [...requireBool('where', condition), ...requireEqualDtypes('where', [a, b])];
      if (problems.length > 0) return fail(...problems);
      const shape = broadcastInputs('where', inputs, judge);
      return shape.ok ? ok({ outputs: [{ dtype: a.dtype, shape: shape.value }] }) : shape;
    },
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [
          ['N', 5, 6, 3],
          ['N', 5, 6, 3],
          ['N', 5, 6, 3],
        ],
        dtypes: ['bool', 'float32', 'float32'],
        output: ['N', 5, 6, 3],
        outputDtype: 'float32',
        elementOps: 90,
        source: '5·6·3 operations',
      },
      {
        inputs: [['T', 1], ['N', 1, 6], [1]],
        dtypes: ['bool', 'float32', 'float32'],
        output: ['N', 'T', 6],
        source: 'NumPy, broadcasting: all three are stretched to one shape',
      },
      {
        inputs: [['N', 1, 1, 7], ['N', 4, 7, 7], []],
        dtypes: ['bool', 'float32', 'float32'],
        output: ['N', 4, 7, 7],
        source: 'NumPy, broadcasting: scores of four heads, masked',
      },
      {
        inputs: [
          ['N', 8],
          ['N', 8],
          ['N', 8],
        ],
        dtypes: ['bool', 'bool', 'bool'],
        output: ['N', 8],
        outputDtype: 'bool',
      },
      {
        inputs: [
          ['N', 8],
          ['N', 8],
          ['N', 8],
        ],
        dtypes: ['bool', 'int32', 'int32'],
        output: ['N', 8],
        outputDtype: 'int32',
      },
      {
        inputs: [
          ['N', 8],
          ['N', 8],
          ['N', 8],
        ],
        dtypes: ['bool', 'float32', 'int32'],
        problem: 'dtype-mismatch',
      },
      {
        inputs: [
          ['N', 8],
          ['N', 8],
          ['N', 8],
        ],
        problem: 'dtype-mismatch',
      },
      {
        inputs: [
          ['N', 8],
          ['N', 7],
          ['N', 8],
        ],
        dtypes: ['bool', 'float32', 'float32'],
        problem: 'broadcast-mismatch',
      },
    ],
  }),
);
