import { opOf } from '../../ops/registry.ts';
import type { Value } from '../graph.ts';
import type { Expansion, Outcome, StepName } from './expansion.ts';
import { type ReadInputs, readInputs } from './opInputs.ts';
import { type OpStep, type Part, partsOf } from './parts.ts';
import { type Flow, flowOf, noParts, type Scope, unknownOutcome } from './scope.ts';

/** Makes the node of an op, and those of its norm and activation. */
export function callOp(
  step: OpStep,
  name: StepName,
  { scope, input }: { scope: Scope; input: Flow },
  x: Expansion,
): Outcome {
  const parts = partsOf(step, scope, x);
  const { inputs } = opOf(step.op);
  const read = readInputs({ op: step.op, inputs, span: step.callSpan }, input, x);
  if (parts === undefined || read === undefined) return unknownOutcome;
  const made = addParts(parts, read, { step, name, scope }, x);
  const goesOn = made.parts.get(opOf(step.op).goesOn ?? '');
  return { flow: goesOn ?? flowOf(...made.values), parts: made.parts };
}

/** The nodes `conv_1`, `conv_1/batch_norm`, `conv_1/relu`; the step's name stands for the value of the last. */
function addParts(
  parts: readonly Part[],
  { values: inputs, roles }: ReadInputs,
  { step, name, scope }: { step: OpStep; name: StepName; scope: Scope },
  { builder }: Expansion,
): { readonly values: readonly Value[]; readonly parts: Outcome['parts'] } {
  let current = inputs;
  for (const [i, { op, resolved }] of parts.entries()) {
    const inner = `${name.full}/${op}`;
    const last = i === parts.length - 1;
    const outputs = opOf(op).outputs?.(resolved.attributes);
    current = builder.addNode({
      op,
      resolved,
      name: i === 0 ? name.full : inner,
      valueNames: outputs?.map((o) => `${name.full}/${o}`) ?? [last ? name.full : inner],
      step: name.full,
      inputs: current,
      roles: i === 0 ? roles : undefined,
      frame: scope.frame,
      span: step.callSpan,
      note: i === 0 ? step.note : undefined,
    });
  }
  return { values: current, parts: partsByName(parts, current) };
}

/** `step/name` for each value of an op that gives several. */
function partsByName(parts: readonly Part[], values: readonly Value[]): Outcome['parts'] {
  const [only] = parts;
  const names = only === undefined ? undefined : opOf(only.op).outputs?.(only.resolved.attributes);
  if (names === undefined) return noParts;
  return new Map(values.map((value, i) => [names[i] ?? String(i), flowOf(value)]));
}
