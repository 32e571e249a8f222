import { hasErrors, problem } from '../../diagnostics/diagnostic.ts';
import type { OutputSpec, Spec } from '../../parser/spec.ts';
import type { GraphOutput } from '../graph.ts';
import { evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import { resolveReference, targetOf } from './references.ts';
import { type Flow, type Scope, unknownFlow } from './scope.ts';

export interface Outputs {
  readonly outputs: readonly GraphOutput[];
  /** False where one is not known, for a reason already reported. */
  readonly complete: boolean;
}

interface At {
  readonly last: Flow;
  readonly scope: Scope;
}

/** The network's outputs: those it lists, without the ones whose step was left out by `when`; else its last value. */
export function outputsOf(spec: Spec, at: At, x: Expansion): Outputs {
  if (spec.outputs === undefined) return lastValue(spec, at, x);
  const found = spec.outputs.map((output) => outputOf(output, at, x));
  const outputs = found.flatMap((f) => f ?? []);
  const complete = !found.includes(undefined);
  if (complete && outputs.length === 0)
    reportNone(spec, 'every output was left out by its `when`: keep one, or take `outputs` away', x);
  return { outputs, complete };
}

function lastValue(spec: Spec, { last }: At, x: Expansion): Outputs {
  if (last.kind === 'unset') reportNone(spec, 'say with `from` which of the inputs its first step reads', x);
  const values = last.kind === 'values' ? last.values : [];
  const outputs = values.map((value) => ({ name: value.name, value }));
  return { outputs, complete: last.kind === 'values' };
}

/** Says so where nothing else was said that explains it. */
function reportNone({ span, outputs }: Spec, help: string, { findings }: Expansion): void {
  if (hasErrors(findings.diagnostics)) return;
  const place = outputs?.[0]?.span ?? { ...span, end: span.start };
  findings.add(problem('wrong-value', { what: 'the network', reason: 'gives no value', help }), place);
}

/** One declared output: its name and what it leads to; undefined where its step was left out by `when`. */
export function readOutput(
  { name, reference }: OutputSpec,
  { last, scope }: At,
  x: Expansion,
): { readonly name: string; readonly flow: Flow } | undefined {
  const evaluated = evaluateLocated(reference, scope.env, x.findings);
  if (evaluated === undefined) return { name: name ?? '', flow: unknownFlow };
  const written = String(evaluated.value);
  const { builder, findings } = x;
  const reading = { scope, current: last, findings, builder, span: reference.span };
  if (targetOf(written, reading).kind === 'left-out') return undefined;
  return { name: name ?? written, flow: resolveReference(written, reference.span, reading) };
}

/** The values of one output of the network; none where it was left out, undefined where they are not known. */
function outputOf(output: OutputSpec, at: At, x: Expansion): readonly GraphOutput[] | undefined {
  const read = readOutput(output, at, x);
  if (read === undefined) return [];
  const { name, flow } = read;
  if (flow.kind !== 'values') return undefined;
  const single = flow.values.length === 1;
  return flow.values.map((value, i) => ({ name: single ? name : `${name}_${i}`, value }));
}
