import { hasErrors, problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import { Findings } from '../../parser/findings.ts';
import type { OutputSpec, Spec } from '../../parser/spec.ts';
import type { GraphOutput } from '../graph.ts';
import { copiesOf, reportSameNames } from './copies.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import { outputLabels } from './outputLabels.ts';
import { resolveReference, targetOf } from './references.ts';
import { type Flow, type Scope, unknownFlow } from './scope.ts';

export interface Outputs {
  readonly outputs: readonly GraphOutput[];
  /** The names of those that are declared and left out: nothing that is claimed of them is checked. */
  readonly leftOut: ReadonlySet<string>;
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
  const placed = found.flatMap((f) => f ?? []);
  const outputs = reportSameNames(placed, 'outputs', x.findings);
  const complete = !found.includes(undefined) && outputs.length === placed.length;
  for (const output of outputs) reportForeignName(output, x);
  if (complete && outputs.length === 0)
    reportNone(spec, 'every output was left out by its `when`: keep one, or take `outputs` away', x);
  const leftOut = new Set(spec.outputs.flatMap((output) => namesOf(output, at.scope.env)));
  for (const { name } of outputs) leftOut.delete(name);
  return { outputs: outputs.map(({ span, ...output }) => output), leftOut, complete };
}

/** Every name that one declaration can give; what cannot be worked out is reported where its values are read. */
function namesOf(spec: OutputSpec, env: Environment): readonly string[] {
  const at = { env, findings: new Findings() };
  if (spec.name !== spec.reference) return copiesOf(spec, at)?.map((copy) => copy.name) ?? [];
  const evaluated = evaluateLocated(spec.reference, env, at.findings);
  return evaluated === undefined ? [] : [String(evaluated.value)];
}

function lastValue(spec: Spec, { last }: At, x: Expansion): Outputs {
  if (last.kind === 'unset') reportNone(spec, 'say with `from` which of the inputs its first step reads', x);
  const values = last.kind === 'values' ? last.values : [];
  const outputs = values.map((value) => ({ name: value.name, value }));
  return { outputs, leftOut: new Set(), complete: last.kind === 'values' };
}

/** Says so where nothing else was said that explains it. */
function reportNone({ span, outputs }: Spec, help: string, { findings }: Expansion): void {
  if (hasErrors(findings.diagnostics)) return;
  const place = outputs?.[0]?.span ?? { ...span, end: span.start };
  findings.add(problem('wrong-value', { what: 'the network', reason: 'gives no value', help }), place);
}

/** A declared output, alone or as a copy of a repeat: its name and what it leads to. */
export interface ReadOutput {
  readonly name: string;
  readonly flow: Flow;
  /** What expressions beside it see. */
  readonly env: Environment;
}

/** What one declaration stands for; those that their own `when`, or that of their step, takes away are not among it. */
export function readOutput(spec: OutputSpec, at: At, x: Expansion): readonly ReadOutput[] {
  const { findings } = x;
  const { env } = at.scope;
  const isListed = spec.name === spec.reference;
  if (isListed) return readReference(spec, { name: undefined, env }, at, x);
  const copies = copiesOf(spec, { env, findings });
  if (copies === undefined) return [{ name: '', flow: unknownFlow, env }];
  return copies.filter((c) => !c.leftOut).flatMap((copy) => readReference(spec, copy, at, x));
}

function readReference(
  { reference }: OutputSpec,
  { name, env }: { name: string | undefined; env: Environment },
  { last, scope }: At,
  x: Expansion,
): readonly ReadOutput[] {
  const evaluated = evaluateLocated(reference, env, x.findings);
  if (evaluated === undefined) return [{ name: name ?? '', flow: unknownFlow, env }];
  const written = String(evaluated.value);
  const { builder, findings } = x;
  const reading = { scope, current: last, findings, builder, span: reference.span };
  if (targetOf(written, reading).kind === 'left-out') return [];
  return [{ name: name ?? written, flow: resolveReference(written, reference.span, reading), env }];
}

interface PlacedOutput extends GraphOutput {
  readonly span: Span;
}

/** The values of one declaration of the network; none where it is left out, undefined where they are not known. */
function outputOf(spec: OutputSpec, at: At, x: Expansion): readonly PlacedOutput[] | undefined {
  const read = readOutput(spec, at, x);
  const outputs = read.map(({ name, flow, env }) => {
    const labels = outputLabels(spec, env, x);
    if (flow.kind !== 'values') return undefined;
    const single = flow.values.length === 1;
    return flow.values.map((value, i) => ({
      name: single ? name : `${name}_${i}`,
      value,
      ...(labels === undefined ? {} : { labels }),
      span: spec.span,
    }));
  });
  return outputs.includes(undefined) ? undefined : outputs.flatMap((o) => o ?? []);
}

/** An output called as something else that the author points out would stand for both in an emitted model. */
function reportForeignName({ name, value, span }: PlacedOutput, x: Expansion): void {
  const inputs = x.builder.inputs.map((i) => ({ name: i.value.name, value: i.value, span: i.span }));
  const other = [...inputs, ...x.endPoints].find((e) => e.name === name && e.value.id !== value.id);
  if (other === undefined) return;
  const help = 'an output has the name of its own value, or one that no other end point or input has';
  const related = [{ span: other.span, message: 'the other is here' }];
  x.findings.add(problem('duplicate-name', { name, what: 'values', help }), span, { related });
}
