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
  const reason = words(error === undefined ? 'ValueExpected' : printParseErrorCode(error.error));
  const span = { source, start, end: start + (error?.length ?? 0) };
  findings.add(problem('syntax', { language: 'JSON', reason }), span);
  return undefined;
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
