import { type Diagnostic, diagnose, problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { TypedGraph } from '../../ir/graph.ts';
import { changesOf } from '../diff/compareGraphs.ts';
import { type LockEntry, lockEntryOf } from './lockEntry.ts';

const parts = [
  ['inputs', 'input'],
  ['outputs', 'output'],
  ['endPoints', 'end point'],
  ['weights', 'weight'],
] as const;

/** Where a network differs from what is locked of it, each difference at its place; `start` is that of what has none. */
export function driftsOf(
  locked: LockEntry,
  graph: TypedGraph,
  { form, start }: { readonly form: string; readonly start: Span },
): readonly Diagnostic[] {
  const present = lockEntryOf(graph);
  const places = placesOf(graph);
  const found = (what: string, name: string, values: { locked?: string; present?: string }) =>
    diagnose(problem('lock-drift', { what, name, form, ...values }), {
      span: places.get(`${what} ${name}`) ?? start,
    });
  const figures = changesOf(figuresOf(locked), figuresOf(present));
  const named = parts.flatMap(([part, what]) =>
    changesOf(mapOf(locked[part]), mapOf(present[part])).map((change) => ({ what, ...change })),
  );
  return [
    ...figures.map(({ name, before, after }) => found(name, '', sides(before, after))),
    ...named.map(({ what, name, before, after }) => found(what, name, sides(before, after))),
  ];
}

function sides(before: string | undefined, after: string | undefined) {
  return {
    ...(before === undefined ? {} : { locked: before }),
    ...(after === undefined ? {} : { present: after }),
  };
}

function figuresOf({ parameters, macs }: LockEntry): ReadonlyMap<string, string> {
  return new Map([
    ['parameters', String(parameters)],
    ['multiply-adds', macs],
  ]);
}

function mapOf(texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts));
}

/** Where each part of a network stands in the spec. */
function placesOf({ inputs, outputs, endPoints, nodes }: TypedGraph): ReadonlyMap<string, Span> {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map(({ id }) => [id, node.span] as const)));
  const places = new Map<string, Span>();
  for (const { value, span } of inputs) places.set(`input ${value.name}`, span);
  for (const { name, value } of outputs) {
    const span = makers.get(value.id);
    if (span !== undefined) places.set(`output ${name}`, span);
  }
  for (const { name, span } of endPoints) places.set(`end point ${name}`, span);
  for (const node of nodes) {
    for (const { fullName } of node.weights) places.set(`weight ${fullName}`, node.span);
  }
  return places;
}
