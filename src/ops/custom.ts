import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import type { DType } from '../tensor/dtype.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { everyAxis } from './countsAxes.ts';
import { declarations, realisations } from './customAttributes.ts';
import { customExamples } from './customExamples.ts';
import {
  type Bindings,
  bindingsOf,
  type DeclaredShape,
  evaluateDim,
  evaluateShape,
  patternProblems,
} from './customShapes.ts';
import { initialiserOf, type WrittenInitialiser } from './initialiserAttribute.ts';
import { defineOp, type Inferred, type Judge } from './op.ts';
import { all } from './receptiveField.ts';

/** Nothing is known of it but what is declared; no target may guess more. */
export const custom = once(() =>
  defineOp({
    summary:
      'An operation that a target provides itself. Its shapes, weights and cost are declared, and for each target what stands for it there; a target of which nothing is said refuses it. It is taken to read all positions of all its inputs.',
    inputs: { atLeast: 1 },
    outputs: ({ outputs }) => (outputs === undefined ? undefined : Object.keys(outputs)),
    countsAxes: { inputs: everyAxis, output: everyAxis, outputs: everyAxis },
    attributes: () => z.strictObject({ ...declarations(), ...realisations() }),
    infer: (inputs, attributes, judge) => inferCustom(inputs, attributes, judge),
    weights: (inputs, { inputs: patterns, weights }) => {
      const bindings = bindingsOf(inputs, patterns);
      return Object.entries(weights).map(([name, { shape: written, init, trainable }]) => {
        const evaluated = evaluateShape('weights', written, bindings);
        const shape = evaluated.ok ? evaluated.value.map(Number) : [];
        return { name, shape, initialiser: initialiserOf(init, shape), trainable };
      });
    },
    cost: (inputs, _outputs, { inputs: patterns, macs, element_ops }) => {
      const bindings = bindingsOf(inputs, patterns);
      const count = (key: string, written: number | string): Dim => {
        const evaluated = evaluateDim(key, written, bindings);
        return evaluated.ok ? evaluated.value : 0;
      };
      return { macs: count('macs', macs), elementOps: count('element_ops', element_ops) };
    },
    receptiveField: (inputs, outputs) => outputs.map(() => inputs.map(({ shape }) => shape.map(() => all))),
    examples: customExamples,
  }),
);

interface Declared {
  readonly inputs: readonly DeclaredShape[];
  readonly output?: DeclaredShape | undefined;
  readonly outputs?: Readonly<Record<string, DeclaredShape>> | undefined;
  readonly dtype?: DType | Readonly<Record<string, DType>> | undefined;
  readonly weights: Readonly<
    Record<string, { readonly shape: DeclaredShape; readonly init: WrittenInitialiser }>
  >;
  readonly macs: number | string;
  readonly element_ops: number | string;
}

function inferCustom(inputs: readonly TensorType[], declared: Declared, judge: Judge): Result<Inferred> {
  const early = [...outputProblems(declared), ...patternProblems(inputs, declared.inputs, judge)];
  if (early.length > 0) return fail(...early);
  const bindings = bindingsOf(inputs, declared.inputs);
  const shapes = Object.entries(declared.outputs ?? { '': declared.output ?? [] });
  const key = declared.outputs === undefined ? 'output' : 'outputs';
  const evaluated = shapes.map(([name, shape]) => ({ name, shape: evaluateShape(key, shape, bindings) }));
  const problems = [
    ...evaluated.flatMap(({ shape }) => (shape.ok ? [] : shape.problems)),
    ...weightProblems(declared, bindings),
    ...costProblems(declared, bindings),
  ];
  if (problems.length > 0) return fail(...problems);
  const outputs = evaluated.flatMap(({ name, shape }) =>
    shape.ok ? [{ dtype: dtypeOf(name, declared, inputs), shape: shape.value }] : [],
  );
  return ok({ outputs, needs: outputs.flatMap((y) => y.shape) });
}

function outputProblems({ output, outputs, dtype }: Declared): readonly Problem[] {
  const names = Object.keys(outputs ?? {});
  if ((output === undefined) === (outputs === undefined) || (outputs !== undefined && names.length === 0)) {
    return [wrong('output', 'give either `output`, a shape, or `outputs`, shapes by their names')];
  }
  const unknown = Object.keys(typeof dtype === 'object' ? dtype : {}).find((name) => !names.includes(name));
  return unknown === undefined ? [] : [wrong('dtype', `there is no output "${unknown}"`)];
}

function dtypeOf(name: string, { dtype }: Declared, [x]: readonly TensorType[]): DType {
  const own = typeof dtype === 'object' ? dtype[name] : dtype;
  return own ?? x?.dtype ?? 'float32';
}

/** A weight has numbers for sizes. */
function weightProblems({ weights }: Declared, bindings: Bindings): readonly Problem[] {
  return Object.entries(weights).flatMap(([name, { shape }]) => {
    const sizes = evaluateShape('weights', shape, bindings);
    if (!sizes.ok) return sizes.problems;
    const open = sizes.value.find((d) => typeof d !== 'number');
    if (open === undefined) return [];
    return [
      problem('symbolic-size', { what: `a size of the weight \`${name}\``, dimension: printDim(open) }),
    ];
  });
}

function costProblems({ macs, element_ops }: Declared, bindings: Bindings): readonly Problem[] {
  return Object.entries({ macs, element_ops }).flatMap(([key, written]) => {
    const evaluated = evaluateDim(key, written, bindings);
    return evaluated.ok ? [] : evaluated.problems;
  });
}

function wrong(key: string, reason: string): Problem {
  return problem('wrong-attribute', { op: 'custom', key, reason });
}
