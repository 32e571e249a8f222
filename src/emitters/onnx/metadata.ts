import type { InputMeaning, TypedGraph, TypedValue } from '../../ir/graph.ts';
import { isMapRank } from '../../tensor/channels.ts';
import { imageEntries } from './images.ts';
import { type Layout, layoutName } from './layout.ts';
import type { Message } from './wire/messages.ts';

/** What the metadata is about. */
export interface Described {
  readonly graph: TypedGraph;
  /** The tensor that holds an end point; undefined where the model's own graph has none. */
  readonly tensorOf: (endPoint: TypedGraph['endPoints'][number]) => string | undefined;
  readonly inputNameOf: (value: TypedValue) => string;
  readonly layoutOf: (value: TypedValue) => Layout;
}

/**
 * What ONNX has no field for. As JSON: `end_points` says which tensor holds each end point of the network, `inputs` what
 * the numbers of each input mean and in which order its axes are, `references` where the network comes from. ONNX' own
 * keys for images follow.
 */
export function metadata(described: Described): readonly Message<'StringStringEntry'>[] {
  const { graph, tensorOf } = described;
  const endPoints = graph.endPoints.flatMap((endPoint) => {
    const tensor = tensorOf(endPoint);
    return tensor === undefined ? [] : [[endPoint.name, tensor] as const];
  });
  return [
    ...entry('end_points', endPoints),
    ...entry('inputs', inputsOf(described)),
    ...(graph.references === undefined
      ? []
      : [{ key: 'references', value: JSON.stringify(graph.references) }]),
    ...imageEntries(graph.inputs).map(([key, value]) => ({ key, value })),
  ];
}

/** The documentation of a model: the title of the network, and where it comes from. */
export function documentation({ title, references = [] }: TypedGraph): string | undefined {
  const lines = [...(title === undefined ? [] : [title]), ...references.map((text) => `* ${text}`)];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function entry(
  key: string,
  items: readonly (readonly [string, unknown])[],
): readonly Message<'StringStringEntry'>[] {
  return items.length === 0 ? [] : [{ key, value: JSON.stringify(Object.fromEntries(items)) }];
}

function inputsOf({ graph, inputNameOf, layoutOf }: Described): readonly (readonly [string, unknown])[] {
  return graph.inputs.flatMap(({ value, meaning }) => {
    const rank = value.type.shape.length;
    const layout = isMapRank(rank) ? { layout: layoutName(rank, layoutOf(value)) } : {};
    const said = { ...meaning, ...layout };
    return isEmpty(said) ? [] : [[inputNameOf(value), said] as const];
  });
}

function isEmpty(said: InputMeaning): boolean {
  return Object.values(said).every((value) => value === undefined);
}
