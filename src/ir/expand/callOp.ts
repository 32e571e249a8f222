import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import { type OpName, opNames, opOf } from '../../ops/registry.ts';
import type { Entry } from '../../parser/located.ts';
import { sugarKeys } from '../../parser/parseAttributes.ts';
import type { StepSpec } from '../../parser/spec.ts';
import type { Value } from '../graph.ts';
import {
  checkAttributes,
  type Gathered,
  gatherAttributes,
  isSugar,
  type ResolvedAttributes,
  sugarOf,
} from './attributes.ts';
import { type Expansion, noParts, type Outcome, type StepName } from './expansion.ts';
import { type Flow, flowOf, type Scope, unknownFlow } from './scope.ts';

export type OpStep = Extract<StepSpec, { kind: 'op' }>;

/** One op of a step that is to become a node: the op itself, its norm, its activation. */
interface Part {
  readonly op: OpName;
  readonly resolved: ResolvedAttributes;
}

/** Makes the node of an op, and those of its norm and activation. */
export function callOp(
  step: OpStep,
  name: StepName,
  { scope, input }: { scope: Scope; input: Flow },
  x: Expansion,
): Outcome {
  const parts = partsOf(step, scope, x);
  const values = readInputs(step, input, x);
  if (parts === undefined || values === undefined) return { flow: unknownFlow, parts: noParts };
  return { flow: flowOf(addParts(parts, values, { step, name, scope }, x)), parts: noParts };
}

/** The op, then its norm, then its activation, each with attributes checked. */
function partsOf(
  { op, attributes, callSpan }: OpStep,
  scope: Scope,
  x: Expansion,
): readonly Part[] | undefined {
  const { findings, schemas, symbols } = x;
  const gathered = gatherAttributes(
    op,
    { entries: attributes, env: scope.env },
    { layer: scope.layer, findings },
  );
  if (gathered === undefined) return undefined;
  const own = new Map([...gathered].filter(([key]) => !(sugarKeys as readonly string[]).includes(key)));
  const resolved = checkAttributes(op, own, { schemas, findings, symbols, span: callSpan });
  const fused = sugarKeys.map((key) => sugarPart(key, gathered, { op, scope }, x));
  if (resolved === undefined || fused.includes('failed')) return undefined;
  return [{ op, resolved }, ...fused.filter((p): p is Part => typeof p === 'object')];
}

function sugarPart(
  key: 'norm' | 'activation',
  gathered: Gathered,
  { op, scope }: { op: OpName; scope: Scope },
  x: Expansion,
): Part | 'none' | 'failed' {
  const sugar = sugarOf(gathered, key);
  const found = gathered.get(key);
  if (sugar === undefined || found === undefined) return 'none';
  const { findings, schemas, symbols } = x;
  const span = found.entry.value.span;
  if (!isSugar(sugar.op, key, opNames)) {
    const candidates = opNames.filter((n) => opOf(n).role === key);
    const nearest = didYouMean(sugar.op, candidates);
    const reason = `must be \`none\` or one of ${candidates.join(', ')}, not "${sugar.op}"${nearest === undefined ? '' : ` (did you mean \`${nearest}\`?)`}`;
    findings.add(problem('wrong-attribute', { op, key, reason }), span);
    return 'failed';
  }
  const entries: readonly Entry[] = sugar.entries;
  const inner = gatherAttributes(sugar.op, { entries, env: scope.env }, { layer: scope.layer, findings });
  const resolved = inner && checkAttributes(sugar.op, inner, { schemas, findings, symbols, span });
  return resolved === undefined ? 'failed' : { op: sugar.op, resolved };
}

/** The values the op reads, or undefined where they are not known or not as many as it takes. */
function readInputs(
  { op, callSpan }: OpStep,
  input: Flow,
  { findings }: Expansion,
): readonly Value[] | undefined {
  if (input.kind === 'unset') {
    findings.add(problem('no-current-value', { step: op }), callSpan);
    return undefined;
  }
  if (input.kind === 'unknown') return undefined;
  const { inputs } = opOf(op);
  const found = input.values.length;
  const fits = 'atLeast' in inputs ? found >= inputs.atLeast : found === inputs.length;
  if (fits) return input.values;
  const expected =
    'atLeast' in inputs
      ? `at least ${inputs.atLeast} values`
      : inputs.length === 1
        ? 'one value'
        : `${inputs.length} values`;
  findings.add(problem('input-count', { owner: op, expected, found }), callSpan);
  return undefined;
}

/** The nodes `conv_1`, `conv_1/batch_norm`, `conv_1/relu`; the step's name stands for the value of the last. */
function addParts(
  parts: readonly Part[],
  inputs: readonly Value[],
  { step, name, scope }: { step: OpStep; name: StepName; scope: Scope },
  { builder }: Expansion,
): Value {
  let current = inputs;
  for (const [i, { op, resolved }] of parts.entries()) {
    const inner = `${name.full}/${op}`;
    const value = builder.addNode({
      op,
      resolved,
      name: i === 0 ? name.full : inner,
      valueName: i === parts.length - 1 ? name.full : inner,
      step: name.full,
      inputs: current,
      frame: scope.frame,
      span: step.callSpan,
      note: i === 0 ? step.note : undefined,
    });
    current = [value];
  }
  return current[0] as Value;
}
