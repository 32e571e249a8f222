import type { Related } from '../diagnostics/diagnostic.ts';
import type { Derivation } from './derivation.ts';

/** The `defaults` lines that set a padding or stride on the way, each once: where an author looks last. */
export function decidedBy(ways: readonly Derivation[]): readonly Related[] {
  const related: Related[] = [];
  for (const { name, node } of ways.flat()) {
    for (const attribute of ['padding', 'stride', 'kernel', 'filters', 'units'] as const) {
      const origin = node?.origins[attribute];
      if (origin?.kind !== 'default') continue;
      const { source, start } = origin.span;
      if (related.some((r) => r.span.start === start && r.span.source === source)) continue;
      related.push({ span: origin.span, message: `\`${attribute}\` of ${name} comes from these defaults` });
    }
  }
  return related;
}
