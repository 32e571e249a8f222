import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { perOutput } from './cost.ts';
import { mapExamples } from './elementwise.ts';
import { defineOp } from './op.ts';
import { numberProblems } from './operands.ts';
import { samePositions } from './receptiveField.ts';
import { requireNumber } from './requireNumber.ts';

export const clip = once(() =>
  defineOp({
    summary: 'min(max(x, min), max), position by position.',
    inputs: ['x'],
    attributes: () =>
      z.strictObject({
        min: z.number().meta({ description: 'What is less becomes this.' }),
        max: z.number().meta({ description: 'What is greater becomes this.' }),
      }),
    infer: ([x], { min, max }) => {
      if (x === undefined) return fail();
      const bounds = [min, max].flatMap((bound) => numberProblems('clip', bound, x.dtype));
      const problems = [...requireNumber('clip', x), ...bounds];
      if (min > max) {
        const reason = `${min} is above \`max\`, ${max}: nothing lies between`;
        problems.push(problem('wrong-attribute', { op: 'clip', key: 'min', reason }));
      }
      return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
    },
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      ...mapExamples
        .filter((e) => e.problem === undefined)
        .map((e) => ({ ...e, attributes: { min: -1.5, max: 2 } })),
      {
        inputs: [['N', 9]],
        dtypes: ['int32'],
        attributes: { min: -1, max: 2 },
        output: ['N', 9],
        outputDtype: 'int32',
      },
      { inputs: [['N', 4]], dtypes: ['int32'], attributes: { min: 0, max: 0.5 }, problem: 'dtype-mismatch' },
      { inputs: [['N', 4]], attributes: { min: 1, max: 0 }, problem: 'wrong-attribute' },
    ],
  }),
);
