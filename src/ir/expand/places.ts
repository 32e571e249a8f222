import { problem } from '../../diagnostics/diagnostic.ts';
import type { Source } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import { isMapRank } from '../../tensor/channels.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { NewNode } from './builder.ts';
import type { LoadedFile } from './load.ts';

/** Attributes that speak of axes by their place; those of these names do so in every op. */
const placeAttributes = ['axis', 'axes', 'shape', 'repeats', 'equation'];

/** What is asked of each node once the types of its inputs and outputs are known. */
export type NodeCheck = (node: NewNode, types: readonly TensorType[]) => void;

/**
 * Refuses, in files that write channels first, attributes that count the axes of a map: they would mean other axes than
 * the file's shapes show. Axes by name mean the same in both.
 */
export function placesCheck(file: LoadedFile, findings: Findings): NodeCheck | undefined {
  const sources = firstSources(file, new Set());
  if (sources.size === 0) return undefined;
  return ({ op, resolved: { attributes, origins } }, types) => {
    if (!types.some(({ shape }) => isMapRank(shape.length))) return;
    for (const [key, value] of Object.entries(attributes)) {
      const origin = origins[key];
      if (origin === undefined || origin.kind === 'op-default' || !sources.has(origin.span.source)) continue;
      if (!countsAxes(key, value)) continue;
      const reason =
        'counts the axes of a map, and this file has `channels: first`; name an axis (`channel`, `height`, `width`, `depth`), or write the step in a block of a file with `channels: last`';
      findings.add(problem('wrong-attribute', { op, key, reason }), origin.span);
    }
  };
}

/** The batch is axis 0 in both orders. */
function countsAxes(key: string, value: unknown): boolean {
  if (key === 'padding') return Array.isArray(value) && isMapRank(value.length);
  if (!placeAttributes.includes(key)) return false;
  if (key !== 'axis' && key !== 'axes') return value !== undefined;
  return [value].flat().some((axis) => typeof axis === 'number' && axis !== 0);
}

function firstSources({ spec, imports }: LoadedFile, found: Set<Source>): ReadonlySet<Source> {
  if (spec.channels === 'first') found.add(spec.source);
  for (const file of imports.values()) firstSources(file, found);
  return found;
}
