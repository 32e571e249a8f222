import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { problem } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../diagnostics/source.ts';
import type { Findings } from './findings.ts';
import { limits } from './limits.ts';
import type { Entry, Located } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';
import { reportRepeatedKeys } from './yamlEntries.ts';

/** Reads JSON (RFC 8259), without comments or trailing commas. Undefined where the text is not JSON. */
export function readJson(source: Source, findings: Findings): Located | undefined {
  // A byte-order mark is no part of the text; a blank in its place keeps the offsets.
  const text = source.text.replace(/^\uFEFF/, ' ');
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    const span = { source, start: deep, end: deep + 1 };
    findings.add(problem('nesting-too-deep', { limit: limits.depth }), span);
    return undefined;
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error === undefined && root !== undefined) return readNode(root, { source, findings });
  const start = error?.offset ?? 0;
  const code = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error);
  const help = helpFor(code, text, start);
  const span = { source, start, end: start + (error?.length ?? 0) };
  const more = help === undefined ? {} : { help };
  findings.add(problem('syntax', { language: 'JSON', reason: words(code), ...more }), span);
  return undefined;
}

/** What JavaScript and YAML allow, and JSON does not. */
function helpFor(code: string, text: string, at: number): string | undefined {
  if (code === 'InvalidCommentToken')
    return 'JSON has no comments; a spec in YAML has, in a file that ends in .yaml';
  const isAfterComma = /,\s*$/.test(text.slice(0, at)) && /^[\]}]/.test(text.slice(at));
  if (isAfterComma) return 'remove the comma before the closing bracket';
  if (code !== 'InvalidSymbol' || /[}\]]\s*$/.test(text.slice(0, at))) return undefined;
  if (!/^\s*[{[]/.test(text)) return 'a file that ends in .json is read as JSON; one in YAML ends in .yaml';
  return 'keys and texts stand in double quotes';
}

/** Where the nesting exceeds its limit. Looked up first, as the reader goes down by calling itself. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > limits.depth) return index;
  }
  return undefined;
}

interface Reading {
  readonly source: Source;
  readonly findings: Findings;
}

function readNode(node: Node, reading: Reading): Located {
  const span: Span = { source: reading.source, start: node.offset, end: node.offset + node.length };
  const children = node.children ?? [];
  if (node.type === 'array') return { kind: 'list', items: children.map((c) => readNode(c, reading)), span };
  if (node.type === 'object') return { kind: 'map', entries: readEntries(children, reading), span };
  return locatedScalar(node.value, span, reading.findings);
}

function readEntries(properties: readonly Node[], reading: Reading): readonly Entry[] {
  const entries = properties.flatMap(({ children: [name, value] = [] }): Entry[] => {
    if (name === undefined || value === undefined) return [];
    const keySpan = { source: reading.source, start: name.offset, end: name.offset + name.length };
    return [{ key: String(name.value), keySpan, value: readNode(value, reading) }];
  });
  return reportRepeatedKeys(entries, reading.findings);
}

/** `PropertyNameExpected` → `property name expected` */
function words(code: string): string {
  return code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
