import type { Related } from '../diagnostics/diagnostic.ts';
import type { Derivation } from './derivation.ts';

/** The `defaults` lines that decided a size on the way, each once: where an author looks last. */
export function decidedBy(ways: readonly Derivation[]): readonly Related[] {
  const related = new Map<string, Related>();
  for (const { name, defaults } of ways.flat()) {
    for (const { attribute, span } of defaults) {
      const key = JSON.stringify([span.source.name, span.start]);
      if (related.has(key)) continue;
      related.set(key, { span, message: `\`${attribute}\` of ${name} comes from these defaults` });
    }
  }
  return [...related.values()];
}
