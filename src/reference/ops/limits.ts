import type { Example } from '../../ops/op.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import type { Compile } from '../compile.ts';
import { refusal, type TargetName, targetNames, targets } from '../targets.ts';
import { exampleCall, exampleInputs, exampleOutputs, exampleSpec } from './exampleSpec.ts';

/** Something a target cannot say, with the first example that shows it. */
export interface Limit {
  readonly reason: string;
  readonly call: string;
  readonly inputs: string;
}

/** What a target can say of an op: nothing, for a reason, or all but some limits. */
export interface Support {
  readonly target: TargetName;
  readonly never?: string;
  readonly limits: readonly Limit[];
}

/** What each target can say of an op. */
export function supportOf(op: OpName, compile: Compile): readonly Support[] {
  return targetNames.map((target) => {
    const never = refusal(target, op);
    return never === undefined
      ? { target, limits: limitsOf(target, op, compile) }
      : { target, never, limits: [] };
  });
}

/** What a target refuses of an op's examples, as they are and with spatial sizes that are symbols. */
function limitsOf(target: TargetName, op: OpName, compile: Compile): readonly Limit[] {
  const good = opOf(op).examples.filter((example) => exampleOutputs(example) !== undefined);
  const found = [...good, ...good.map(withSymbols)].flatMap((example) =>
    refusals(target, exampleSpec(op, example), compile).map((reason) => ({
      reason,
      call: exampleCall(op, example),
      inputs: exampleInputs(example),
    })),
  );
  return found.filter(({ reason }, i) => found.findIndex((other) => other.reason === reason) === i);
}

function refusals(target: TargetName, spec: string, compile: Compile): readonly string[] {
  const { graph } = compile(spec, {});
  if (graph === undefined) return [];
  const emitted = targets[target].emit(graph, {});
  return emitted.ok ? [] : emitted.problems.map(({ problem }) => String(problem.params.reason));
}

/** What an axis is called, by the rank of the value. */
const symbols: Readonly<Record<number, readonly string[]>> = {
  3: ['N', 'L', 'C'],
  4: ['N', 'H', 'W', 'C'],
  5: ['N', 'D', 'H', 'W', 'C'],
};

/** The example with a symbol for each spatial size on which its inputs agree. */
function withSymbols(example: Example): Example {
  const [first = []] = example.inputs;
  const open = (axis: number, rank: number) =>
    axis > 0 && axis < rank - 1 && example.inputs.every((shape) => shape[axis] === first[axis]);
  const inputs = example.inputs.map((shape) =>
    shape.map((size, axis) => {
      const symbol = typeof size === 'number' ? symbols[shape.length]?.[axis] : undefined;
      return symbol !== undefined && open(axis, shape.length) ? symbol : size;
    }),
  );
  return { ...example, inputs };
}
