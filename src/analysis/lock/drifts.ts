import { type Diagnostic, diagnose, problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { TypedGraph } from '../../ir/graph.ts';
import { type Change, changesOf, labelChanges, orderChange } from '../diff/changes.ts';
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
      // `range of input` `image` is where the input is.
      span: places.get(`${what.split(' of ').at(-1)} ${name}`) ?? start,
    });
  const figures = changesOf(figuresOf(locked), figuresOf(present));
  const named = parts.flatMap(([part, what]) =>
    changesOf(mapOf(locked[part]), mapOf(present[part])).map((change) => ({ what, ...change })),
  );
  const drifts = [
    ...figures.map(({ name, before, after }) => found(name, '', sides(before, after))),
    ...[...named, ...laterDrifts(locked, present)].map(({ what, name, before, after }) =>
      found(what, name, sides(before, after)),
    ),
  ];
  // Where anything else is another, what layers do is too.
  const isSilent = drifts.length === 0 && (locked.computation ?? present.computation) !== present.computation;
  return isSilent ? [diagnose(problem('computation-drift', { form }), { span: start })] : drifts;
}

type Drift = Change & { readonly what: string };

/** Where parts differ that lock files of older versions do not have. */
function laterDrifts(locked: LockEntry, present: Required<LockEntry>): readonly Drift[] {
  const orders = (['inputOrder', 'outputOrder'] as const).flatMap((part): readonly Drift[] => {
    const order = orderChange(locked[part] ?? present[part], present[part]);
    return order === undefined
      ? []
      : [{ ...order, what: part === 'inputOrder' ? 'inputs' : 'outputs', name: '' }];
  });
  const meanings = changesOf(mapOf(locked.meanings ?? present.meanings), mapOf(present.meanings));
  const labels = labelChanges(mapOf(locked.labels ?? present.labels), mapOf(present.labels));
  return [
    ...orders,
    ...meanings.map((change) => ofEnd(change, 'input')),
    ...labels.map((change) => ofEnd(change, 'output')),
  ];
}

/** `image range` as the `range of input` `image`. */
function ofEnd(change: Change, end: 'input' | 'output'): Drift {
  const at = change.name.lastIndexOf(' ');
  return { ...change, what: `${change.name.slice(at + 1)} of ${end}`, name: change.name.slice(0, at) };
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

function mapOf<T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(entries));
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
