import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { requireEqualDtypes } from './broadcastInputs.ts';
import { elementsPerItem } from './cost.ts';
import { everyAxis } from './countsAxes.ts';
import { type Equation, readEquation } from './einsumEquation.ts';
import { defineOp, type Judge } from './op.ts';
import { all, type InputField, same } from './receptiveField.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { requireFloat } from './requireFloat.ts';

/** For each place of the output the sum, over the letters that are not in it, of the products of the operands. */
export const einsum = once(() =>
  defineOp({
    summary: 'Sums products over named axes: `nsc,ecf->nsef` sums over c.',
    inputs: { atLeast: 1 },
    main: 'equation',
    countsAxes: { equation: everyAxis },
    attributes: () =>
      z.strictObject({
        equation: z
          .string()
          .refine((text) => typeof readEquation(text) === 'object', {
            error: ({ input }) => String(readEquation(String(input))),
          })
          .meta({
            description:
              'A letter for each axis of one or two operands, then `->` and those of the output; no letter twice in one term.',
          }),
      }),
    infer: (inputs, { equation }, judge) => {
      const read = equationOf(equation);
      const early = [...operandProblems(inputs, read), ...inputs.flatMap((x) => requireFloat('einsum', x))];
      const problems = early.length > 0 ? early : requireEqualDtypes('einsum', inputs);
      if (problems.length > 0) return fail(...problems);
      const sizes = letterSizes(inputs, read, judge);
      if (!sizes.ok) return sizes;
      const shape = read.output.map((letter) => sizes.value.get(letter) ?? 1);
      return ok({ outputs: [{ dtype: inputs[0]?.dtype ?? 'float32', shape }] });
    },
    cost: (inputs, _, { equation }) => {
      const read = equationOf(equation);
      if (read.operands.length < 2) return sumCost(inputs, read);
      const sizes = new Map(
        read.operands.flatMap((o, i) => o.map((l, axis) => [l, inputs[i]?.shape[axis] ?? 1])),
      );
      const [batch] = read.output;
      const counted = [...sizes].filter(([letter]) => letter !== batch);
      return { macs: counted.reduce<Dim>((n, [, size]) => mul(n, size), 1) };
    },
    receptiveField: (_inputs, _outputs, { equation }) => [fieldsOf(equationOf(equation))],
    examples: [
      {
        inputs: [
          ['N', 'S', 4],
          [3, 4, 5],
        ],
        attributes: { equation: 'nsc,ecf->nsef' },
        output: ['N', 'S', 3, 5],
        source: 'the first layer of three experts',
      },
      {
        inputs: [
          ['N', 6, 2, 3],
          ['N', 6, 2],
        ],
        attributes: { equation: 'nske,nsk->nse' },
        output: ['N', 6, 3],
        macs: 36,
        source: '6·2·3',
      },
      {
        inputs: [
          ['N', 4, 5],
          ['N', 6, 5],
        ],
        attributes: { equation: 'nik,njk -> nji' },
        output: ['N', 6, 4],
        macs: 120,
        source: '4·6·5',
      },
      {
        inputs: [['N', 3, 4]],
        attributes: { equation: 'nij->nj' },
        output: ['N', 4],
        macs: 0,
        elementOps: 12,
        source: 'a sum over 3·4 numbers',
      },
      { inputs: [['N', 3, 4]], attributes: { equation: 'nij->jn' }, output: [4, 'N'], macs: 0 },
      {
        inputs: [
          ['N', 3],
          ['N', 4],
        ],
        attributes: { equation: 'ni,nj->nij' },
        output: ['N', 3, 4],
        macs: 12,
        source: 'outer product: 3·4',
      },
      {
        inputs: [
          ['N', 3, 7],
          ['N', 3],
        ],
        attributes: { equation: 'nix,ni->n' },
        output: ['N'],
      },
      {
        inputs: [
          ['N', 3],
          ['N', 4],
        ],
        attributes: { equation: 'ni,ni->n' },
        problem: 'shape-mismatch',
      },
      { inputs: [['N', 3]], attributes: { equation: 'nij->n' }, problem: 'rank-mismatch' },
      { inputs: [['N', 3]], attributes: { equation: 'ni,nj->nij' }, problem: 'input-count' },
    ],
  }),
);

/** Sums over letters that go; putting letters into another order computes nothing. */
function sumCost([x]: readonly TensorType[], { operands: [letters = []], output }: Equation) {
  return { elementOps: letters.length === output.length ? 0 : elementsPerItem(x) };
}

/** A letter that is summed over is read at all its places. */
function fieldsOf({ operands, output }: Equation): readonly InputField[] {
  return operands.map((letters) =>
    letters.map((letter) => (output.includes(letter) ? same(output.indexOf(letter)) : all)),
  );
}

/** The equation of an op whose schema has read it already. */
export function equationOf(text: string): Equation {
  const read = readEquation(text);
  if (typeof read === 'string') throw new Error(`the schema let "${text}" pass: it ${read}`);
  return read;
}

function operandProblems(inputs: readonly TensorType[], { operands }: Equation): readonly Problem[] {
  if (inputs.length !== operands.length) {
    const expected = operands.length === 1 ? 'one value' : `${operands.length} values`;
    return [problem('input-count', { owner: 'einsum', expected, found: inputs.length })];
  }
  return inputs.flatMap(({ shape }, i) => {
    const letters = operands[i] ?? [];
    if (letters.length === shape.length) return [];
    const expected = `rank ${letters.length} for \`${letters.join('')}\``;
    return [problem('rank-mismatch', { op: 'einsum', expected, shape: showShape(shape) })];
  });
}

function letterSizes(
  inputs: readonly TensorType[],
  { operands }: Equation,
  judge: Judge,
): Result<ReadonlyMap<string, Dim>> {
  const shapes = inputs.map((x) => showShape(x.shape));
  const mismatch = () => problem('shape-mismatch', { op: 'einsum', shapes, producers: [] });
  const sizes = new Map<string, Dim>();
  const problems: Problem[] = [];
  for (const [i, letters] of operands.entries()) {
    for (const [axis, letter] of letters.entries()) {
      const size = inputs[i]?.shape[axis] ?? 1;
      const known = sizes.get(letter) ?? size;
      problems.push(...requireEqualDims('einsum', [known, size], { judge, mismatch }));
      sizes.set(letter, known);
    }
  }
  return problems.length > 0 ? fail(...problems) : ok(sizes);
}
