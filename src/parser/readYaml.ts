import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { problem } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../diagnostics/source.ts';
import type { Findings } from './findings.ts';
import { limits } from './limits.ts';
import type { Entry, Located } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';
import { syntaxProblem } from './yamlSyntax.ts';

interface Reading {
  readonly source: Source;
  readonly document: Document.Parsed;
  readonly findings: Findings;
  /** The anchors being expanded, outermost first; one that comes again is a circle. */
  readonly open: readonly string[];
  /** Set inside an alias: everything there is at the place of its use. */
  readonly use?: Span;
  readonly depth: number;
  readonly budget: { left: number };
}

/** Reads YAML 1.2; the only file that knows its syntax tree. Undefined where nothing could be made of the text. */
export function readYaml(source: Source, findings: Findings): Located | undefined {
  const document = parseDocument(source.text, { prettyErrors: false, uniqueKeys: false, stringKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    // One mistake often makes dozens of errors; only the first is sure to be about what was written.
    const [start, end] = error.pos;
    findings.add(syntaxProblem(error, source), { source, start, end });
    return undefined;
  }
  for (const warning of document.warnings) {
    const [start, end] = warning.pos;
    findings.add(
      problem('unsupported-yaml', { what: 'a tag', help: 'a spec is plain data: remove the tag' }),
      { source, start, end },
    );
  }
  const root = document.contents;
  if (root === null) return undefined;
  const budget = { left: limits.values };
  return readNode(root, { source, document, findings, open: [], depth: 0, budget });
}

function readNode(node: Node | null, reading: Reading): Located {
  const span = spanOf(node, reading);
  const empty: Located = { kind: 'scalar', value: null, span };
  if (node === null) return empty;
  if (reading.depth > limits.depth) {
    reading.findings.add(problem('nesting-too-deep', { limit: limits.depth }), span);
    return empty;
  }
  reading.budget.left -= 1;
  if (reading.budget.left < 0) {
    reading.findings.add(problem('alias-expansion', { limit: limits.values }), span);
    return empty;
  }
  const inner = { ...reading, depth: reading.depth + 1 };
  if (isAlias(node)) return readAlias(node, inner, span);
  if (isSeq(node))
    return { kind: 'list', items: node.items.map((i) => readNode(i as Node | null, inner)), span };
  if (isMap(node)) return { kind: 'map', entries: readEntries(node, inner), span };
  return isScalar(node) ? locatedScalar(node.value, span, reading.findings) : empty;
}

function spanOf(node: Node | null, { source, use }: Reading): Span {
  if (use !== undefined) return use;
  const [start, end] = node?.range ?? [0, 0];
  return { source, start, end };
}

function readAlias(alias: Alias, reading: Reading, span: Span): Located {
  const empty: Located = { kind: 'scalar', value: null, span };
  if (reading.open.includes(alias.source)) {
    reading.findings.add(problem('alias-cycle', { anchor: alias.source }), span);
    return empty;
  }
  const target = alias.resolve(reading.document);
  if (target === undefined) {
    const reason = `the alias \`*${alias.source}\` has no anchor \`&${alias.source}\` before it`;
    reading.findings.add(problem('syntax', { language: 'YAML', reason }), span);
    return empty;
  }
  return readNode(target, { ...reading, use: span, open: [...reading.open, alias.source] });
}

/** The entries of a mapping in document order, with `<<` merged in; a key of the mapping itself wins over a merged one. */
function readEntries(map: YAMLMap, reading: Reading): readonly Entry[] {
  const entries: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    const key = readKey(pair, reading);
    if (key === undefined) continue;
    const value = readNode(pair.value, reading);
    if (key.key === '<<') merged.push(...mergedEntries(value, reading));
    else if (entries.some((e) => e.key === key.key)) {
      reading.findings.add(problem('duplicate-key', { key: key.key }), key.keySpan);
    } else entries.push({ ...key, value: pair.value === null ? { ...value, span: key.keySpan } : value });
  }
  const own = new Set(entries.map((e) => e.key));
  return withoutSplinters([...merged.filter((e) => !own.has(e.key)), ...entries]);
}

/** In `{ filters: $(max(1, c // 4)) }` YAML cuts at the comma; the torn-off key is not worth a second error. */
function withoutSplinters(entries: readonly Entry[]): readonly Entry[] {
  const torn = entries.some(
    ({ value }) => value.kind === 'scalar' && value.template === undefined && opensExpression(value.value),
  );
  return torn ? entries.filter((e) => !/[()]/.test(e.key)) : entries;
}

function opensExpression(value: unknown): boolean {
  return typeof value === 'string' && value.includes('$(');
}

function readKey({ key }: Pair<Node | null>, reading: Reading): Pick<Entry, 'key' | 'keySpan'> | undefined {
  const keySpan = spanOf(key, reading);
  if (isScalar(key) && key.value !== null && typeof key.value !== 'object')
    return { key: String(key.value), keySpan };
  const help = 'a key is a single word, such as `conv`';
  reading.findings.add(problem('unsupported-yaml', { what: 'a key that is not a word', help }), keySpan);
  return undefined;
}

function mergedEntries(value: Located, { findings }: Reading): readonly Entry[] {
  const maps = value.kind === 'list' ? value.items : [value];
  const seen = new Set<string>();
  return maps.flatMap((map) => {
    if (map.kind === 'map') return map.entries.filter((e) => !seen.has(e.key) && seen.add(e.key));
    findings.add(
      problem('unsupported-yaml', { what: '`<<` with anything but a mapping', help: 'write `<<: *anchor`' }),
      map.span,
    );
    return [];
  });
}
