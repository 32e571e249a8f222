import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { problem } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../diagnostics/source.ts';
import type { Findings } from './findings.ts';
import { limits } from './limits.ts';
import type { Entry, Located } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';

/** Reads JSON (RFC 8259), without comments or trailing commas. Undefined where the text is not JSON. */
export function readJson(source: Source, findings: Findings): Located | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const start = error?.offset ?? 0;
    const reason = words(error === undefined ? 'ValueExpected' : printParseErrorCode(error.error));
    findings.add(problem('syntax', { language: 'JSON', reason }), {
      source,
      start,
      end: start + (error?.length ?? 0),
    });
    return undefined;
  }
  return readNode(root, { source, findings, depth: 0 });
}

interface Reading {
  readonly source: Source;
  readonly findings: Findings;
  readonly depth: number;
}

function readNode(node: Node, reading: Reading): Located {
  const span: Span = { source: reading.source, start: node.offset, end: node.offset + node.length };
  if (reading.depth > limits.depth) {
    reading.findings.add(problem('nesting-too-deep', { limit: limits.depth }), span);
    return { kind: 'scalar', value: null, span };
  }
  const inner = { ...reading, depth: reading.depth + 1 };
  const children = node.children ?? [];
  if (node.type === 'array') return { kind: 'list', items: children.map((c) => readNode(c, inner)), span };
  if (node.type === 'object') return { kind: 'map', entries: readEntries(children, inner), span };
  return locatedScalar(node.value, span, reading.findings);
}

function readEntries(properties: readonly Node[], reading: Reading): readonly Entry[] {
  const entries: Entry[] = [];
  for (const { children = [] } of properties) {
    const [name, value] = children;
    if (name === undefined || value === undefined) continue;
    const key = String(name.value);
    const keySpan = { source: reading.source, start: name.offset, end: name.offset + name.length };
    if (entries.some((e) => e.key === key)) reading.findings.add(problem('duplicate-key', { key }), keySpan);
    else entries.push({ key, keySpan, value: readNode(value, reading) });
  }
  return entries;
}

/** `PropertyNameExpected` → `property name expected` */
function words(code: string): string {
  return code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
