import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../diagnostics/source.ts';
import { parseTemplate } from './expression.ts';
import type { Findings } from './findings.ts';
import { limits } from './limits.ts';
import { brokenAt, type Entry, entryOf, isBroken, type Located } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';
import { mergedEntries, reportRepeatedKeys } from './yamlEntries.ts';
import { syntaxProblem, tokenAt } from './yamlSyntax.ts';

interface Reading {
  readonly source: Source;
  readonly findings: Findings;
  /** The latest node of each anchor, in the order of the text. */
  readonly anchors: Map<string, Node>;
  /** What an alias refers to, found where it stands in the text; a later anchor of that name does not change it. */
  readonly targets: Map<Alias, Node | undefined>;
  /** The anchored nodes being read, outermost first; one that comes again is a circle. */
  readonly open: readonly Node[];
  /** Set inside an alias: everything there is at the place of its use. */
  readonly use?: Span;
  readonly depth: number;
  /** How many values aliases may still expand to. */
  readonly budget: { left: number };
}

/** Reads YAML 1.2; the only file that knows its syntax tree. Undefined where nothing could be made of the text. */
export function readYaml(source: Source, findings: Findings): Located | undefined {
  const document = parseDocument(source.text, { prettyErrors: false, uniqueKeys: false, stringKeys: false });
  if (reportUnreadable(document, source, findings)) return undefined;
  const root = document.contents;
  if (root === null || isNothing(root)) return undefined;
  const budget = { left: limits.values };
  const shared = { source, findings, anchors: new Map(), targets: new Map(), budget };
  const located = readNode(root, { ...shared, open: [], depth: 0 });
  return budget.left < 0 ? undefined : located;
}

/** One mistake often makes dozens of errors; only the first is sure to be about what was written. */
function reportUnreadable(
  { errors, directives }: Document.Parsed,
  source: Source,
  findings: Findings,
): boolean {
  const [error] = errors;
  if (error !== undefined) {
    const { found, span } = syntaxProblem(error, source);
    findings.add(found, span);
    return true;
  }
  if (directives?.yaml.version !== '1.1') return false;
  const help = 'a spec is YAML 1.2: remove the line `%YAML`';
  const start = source.text.indexOf('%YAML');
  findings.add(problem('unsupported-yaml', { what: 'YAML 1.1', help }), tokenAt(source, start));
  return true;
}

/** What `---` or `...` alone leave: a document with nothing in it. */
function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null && node.range?.[0] === node.range?.[1];
}

function readNode(node: Node | null, reading: Reading): Located {
  const { findings, use, depth, budget, open } = reading;
  const span = spanOf(node, reading);
  if (node === null) return { kind: 'scalar', value: null, span };
  if (use !== undefined) budget.left -= 1;
  if (budget.left < 0) return broken(problem('alias-expansion', { limit: limits.values }), span, reading);
  if (depth > limits.depth)
    return broken(problem('nesting-too-deep', { limit: limits.depth }), span, reading);
  const inner = { ...reading, depth: depth + 1 };
  if (isAlias(node)) return readAlias(node, inner, span);
  const tag = (node as { tag?: string }).tag;
  if (tag !== undefined) {
    const help = 'a spec is plain data: remove the tag';
    const before = reading.source.text.slice(0, node.range?.[0]);
    const start = before.search(/![^\s!]*!?\S*\s*$/);
    findings.add(problem('unsupported-yaml', { what: 'a tag', help }), tokenAt(reading.source, start));
    return brokenAt(span);
  }
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined && use === undefined) reading.anchors.set(anchor, node);
  return readPlain(node, anchor === undefined ? inner : { ...inner, open: [...open, node] }, span);
}

function readPlain(node: Node, reading: Reading, span: Span): Located {
  if (isSeq(node)) {
    const items = node.items.map((i) => readNode(i as Node | null, reading));
    return { kind: 'list', items, span: endingWith(items, node, span) };
  }
  if (isMap(node)) {
    const entries = readEntries(node, reading);
    if (entries === undefined) return brokenAt(span);
    const parts = entries.map((e) => e.value);
    return { kind: 'map', entries, span: endingWith(parts, node, span) };
  }
  const scalar: Located = { kind: 'scalar', value: null, span };
  return isScalar(node) ? locatedScalar(node.value, span, reading.findings) : scalar;
}

/** Reported once, however often an alias leads there. */
function broken(found: Problem, span: Span, { findings, budget }: Reading): Located {
  if (budget.left >= -1) findings.add(found, span);
  return brokenAt(span);
}

function spanOf(node: Node | null, { source, use }: Reading): Span {
  if (use !== undefined) return use;
  const [start, end] = node?.range ?? [0, 0];
  return { source, start, end };
}

/** A block collection ends with its last part; YAML counts the blank lines after it, too. */
function endingWith(parts: readonly Located[], node: Node, span: Span): Span {
  const last = parts.at(-1)?.span;
  const inFlow = isCollection(node) && node.flow === true;
  return inFlow || last === undefined || last.end < span.start ? span : { ...span, end: last.end };
}

function readAlias(alias: Alias, reading: Reading, span: Span): Located {
  const { targets, anchors, findings, open } = reading;
  if (!targets.has(alias)) targets.set(alias, anchors.get(alias.source));
  const target = targets.get(alias);
  if (target === undefined) {
    const reason = `the alias \`*${alias.source}\` has no anchor \`&${alias.source}\` before it`;
    findings.add(problem('syntax', { language: 'YAML', reason }), span);
    return brokenAt(span);
  }
  if (open.includes(target)) {
    findings.add(problem('alias-cycle', { anchor: alias.source }), span);
    return brokenAt(span);
  }
  return readNode(target, { ...reading, use: span });
}

/**
 * The entries of a mapping in document order, with `<<` merged in; a key of the mapping itself wins over a merged one.
 * Undefined where a key could not be read: what the mapping says is then not known.
 */
function readEntries(map: YAMLMap, reading: Reading): readonly Entry[] | undefined {
  const all: Entry[] = [];
  let complete = true;
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    const key = readKey(pair, reading);
    const value = readNode(pair.value, reading);
    if (key === undefined) complete = false;
    else all.push(entryOf(key, pair.value === null ? { ...value, span: key.keySpan } : value));
  }
  if (!complete) return undefined;
  const entries = reportRepeatedKeys(all, reading.findings);
  const own = entries.filter((e) => e.key !== '<<');
  const named = new Set(own.map((e) => e.key));
  const merged = entries.flatMap((e) => (e.key === '<<' ? mergedEntries(e.value, reading.findings) : []));
  return withoutSplinters([...merged.filter((e) => !named.has(e.key)), ...own]);
}

/** In `{ filters: $(max(1, c // 4)) }` YAML cuts at the comma; the torn-off key is not worth a second error. */
function withoutSplinters(entries: readonly Entry[]): readonly Entry[] {
  const torn = entries.some(({ value }) => isBroken(value) && opensExpression(value));
  return torn ? entries.filter((e) => !/[()]/.test(e.key)) : entries;
}

function opensExpression(located: Located): boolean {
  if (located.kind === 'list') return located.items.some(opensExpression);
  return located.kind === 'scalar' && typeof located.value === 'string' && located.value.includes('$(');
}

/** A key that is a word; one that was cut inside an expression is reported like a value that was. */
function readKey({ key }: Pair<Node | null>, reading: Reading): Pick<Entry, 'key' | 'keySpan'> | undefined {
  const keySpan = spanOf(key, reading);
  if (!isScalar(key) || key.value === null || typeof key.value === 'object') {
    const help = 'a key is a single word, such as `conv`';
    reading.findings.add(problem('unsupported-yaml', { what: 'a key that is not a word', help }), keySpan);
    return undefined;
  }
  // As it is written: `1.0` is the name of a version, not the number 1.
  const word = key.source ?? String(key.value);
  const template = word.includes('$(') ? parseTemplate(word) : undefined;
  if (template === undefined || template.ok) return { key: word, keySpan };
  reading.findings.addAll(template.problems, keySpan);
  return undefined;
}
