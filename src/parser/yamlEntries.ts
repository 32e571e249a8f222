import { problem } from '../diagnostics/diagnostic.ts';
import type { Findings } from './findings.ts';
import { type Entry, isNull, type Located } from './located.ts';

/** The entries without those whose key stood before; each of these is reported. */
export function reportRepeatedKeys(entries: readonly Entry[], findings: Findings): readonly Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const { key, keySpan } = entry;
    const before = first.get(key);
    if (before === undefined) first.set(key, entry);
    else {
      const related = [{ span: before.keySpan, message: 'the first is here' }];
      findings.add(problem('duplicate-key', { key }), keySpan, { related });
    }
  }
  return [...first.values()];
}

/** What `<<: *anchor` or `<<: [*a, *b]` brings in; of the same key in several, the first counts. */
export function mergedEntries(value: Located, findings: Findings): readonly Entry[] {
  const maps = value.kind === 'list' ? value.items : [value];
  const seen = new Set<string>();
  return maps.flatMap((map) => {
    if (map.kind === 'map') return map.entries.filter((e) => !seen.has(e.key) && seen.add(e.key));
    if (map.kind === 'list' || !map.broken || isNull(map)) {
      const help = 'write `<<: *anchor`';
      findings.add(problem('unsupported-yaml', { what: '`<<` with anything but a mapping', help }), map.span);
    }
    return [];
  });
}
