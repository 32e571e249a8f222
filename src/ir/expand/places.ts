import { problem } from '../../diagnostics/diagnostic.ts';
import type { Source } from '../../diagnostics/source.ts';
import { opOf } from '../../ops/registry.ts';
import type { Findings } from '../../parser/findings.ts';
import { isMapRank } from '../../tensor/channels.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { LoadedFile } from './load.ts';
import type { NewNode } from './newNode.ts';

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
    for (const [key, counts] of Object.entries(opOf(op).countsAxes ?? {})) {
      const origin = origins[key];
      if (origin === undefined || origin.kind === 'op-default' || !sources.has(origin.span.source)) continue;
      if (counts?.(attributes[key]) !== true) continue;
      const reason =
        'counts the axes of a map, and this file has `channels: first`; name an axis (`channel`, `height`, `width`, `depth`), or write the step in a block of a file with `channels: last`';
      findings.add(problem('wrong-attribute', { op, key, reason }), origin.span);
    }
  };
}

function firstSources({ spec, imports }: LoadedFile, found: Set<Source>): ReadonlySet<Source> {
  if (spec.channels === 'first') found.add(spec.source);
  for (const file of imports.values()) firstSources(file, found);
  return found;
}
