import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { producersOf } from '../ir/derivation.ts';
import type { Graph } from '../ir/graph.ts';
import type { Inference, Refused } from '../ir/infer.ts';
import { type FittingSizes, sizeSearch } from './fittingSizes.ts';
import { type Known, mismatchRepair } from './mismatchRepair.ts';

/** Problems of values that are joined and differ. */
const mismatches: ReadonlySet<string> = new Set(['concat-mismatch', 'shape-mismatch', 'broadcast-mismatch']);

/** To the first few of these there is an answer; those that follow are mostly about the same sizes. */
const mostAdvised = 3;

/**
 * What inference says, and with it what would make a node fit whose inputs do not: one change of a window before it,
 * or other sizes of the network's inputs.
 */
export function advised(inference: Inference, graph: Graph): readonly Diagnostic[] {
  if (inference.refused.length === 0) return inference.diagnostics;
  const advice = new Map<Diagnostic, string>();
  const known = {
    graph,
    declared: new Set(Object.keys(graph.facts)),
    types: inference.types,
    producers: producersOf(graph),
    sizesFor: sizeSearch(graph),
  };
  for (const { node, diagnostic } of inference.refused) {
    if (advice.size === mostAdvised) break;
    const text = adviceFor({ node, diagnostic }, known);
    if (text !== undefined) advice.set(diagnostic, text);
  }
  return inference.diagnostics.map((d) => withHelp(d, advice.get(d)));
}

function adviceFor(
  { node, diagnostic: { name } }: Refused,
  { sizesFor, ...known }: Known & { readonly sizesFor: ReturnType<typeof sizeSearch> },
): string | undefined {
  const mismatched = mismatches.has(name);
  if (!mismatched && name !== 'window-larger-than-input') return undefined;
  const sizes = printSizes(sizesFor(node));
  const change = mismatched ? mismatchRepair(node, known) : undefined;
  const ways = [sizes, change].filter((text) => text !== undefined);
  return ways.length === 0 ? undefined : `${mismatched ? 'they fit' : 'it fits'} ${ways.join(', or ')}`;
}

/** `with 352 or 360 instead of 358 in the shape of \`image\`` */
function printSizes(found: readonly FittingSizes[]): string | undefined {
  if (found.length === 0) return undefined;
  const changes = found.map(({ given, sizes, orMore }) => {
    return `${sizes.join(' or ')}${orMore ? ' or more' : ''} instead of ${given}`;
  });
  const inputs = [...new Set(found.flatMap((f) => f.inputs))].map((name) => `\`${name}\``);
  return `with ${changes.join(' and ')} in the shape of ${inputs.join(' and ')}`;
}

function withHelp(diagnostic: Diagnostic, advice: string | undefined): Diagnostic {
  if (advice === undefined) return diagnostic;
  const { help } = diagnostic;
  return { ...diagnostic, help: help === undefined ? advice : `${advice}; ${help}` };
}
