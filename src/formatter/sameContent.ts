import type { Source } from '../diagnostics/source.ts';
import { Findings } from '../parser/findings.ts';
import type { Located } from '../parser/located.ts';
import { isJson } from '../parser/read.ts';
import { readText } from '../parser/readText.ts';
import { yamlComments } from '../parser/readYamlLayout.ts';

/** Whether two texts of one file say the same, but for the order of keys, and hold the same comments. */
export function isSameContent(before: Source, after: Source): boolean {
  return contentOf(before) === contentOf(after);
}

function contentOf(source: Source): string {
  const findings = new Findings();
  const root = readText(source, findings);
  const comments = isJson(source) ? [] : yamlComments(source.text).map((text) => text.trimEnd());
  return JSON.stringify([
    root === undefined ? '' : dataOf(root),
    comments.sort(),
    findings.diagnostics.length,
  ]);
}

/** A value as data, with the entries of a mapping in the order of their keys. */
function dataOf(located: Located): unknown {
  if (located.kind === 'scalar') return located.value;
  if (located.kind === 'list') return located.items.map(dataOf);
  const entries = located.entries.map(({ key, value }) => [key, dataOf(value)] as const);
  return { map: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
