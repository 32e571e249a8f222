import { positionOf, type Source, type Span } from '../diagnostics/source.ts';
import { isJson } from '../parser/read.ts';

/** A comment that switches rules off: for the next line of text, for its own line, or for the whole file. */
export interface Directive {
  readonly reach: 'next-line' | 'line' | 'file';
  /** Rules by id or code, as written, each with its place. */
  readonly rules: readonly { readonly written: string; readonly span: Span }[];
  /** What stands after ` -- `; why the rule does not hold here. */
  readonly reason?: string;
  /** The comment, from its sign to the end of the line. */
  readonly span: Span;
  /** The line it is about, counted from 1; undefined for the whole file. */
  readonly line?: number;
}

const pattern = /(^|[\s,{[])#[ \t]*inception-disable-(next-line|line|file)\b([^\r\n]*)/gm;

/** The comments of a text that switch rules off; JSON has none. */
export function directivesOf(source: Source): readonly Directive[] {
  if (isJson(source)) return [];
  return [...source.text.matchAll(pattern)].map((match) => {
    const [whole, before = '', written, rest = ''] = match;
    // The pattern has no other words there, which the types of a match cannot say.
    const reach = written as Directive['reach'];
    const start = match.index + before.length;
    const end = match.index + whole.length;
    const [listed = '', ...reasons] = rest.split(/\s--\s/);
    const reason = reasons.join(' -- ').trim();
    const at = end - rest.length;
    return {
      reach,
      rules: rulesIn(listed, { source, start: at, end }),
      ...(reason === '' ? {} : { reason }),
      span: { source, start, end },
      ...lineOf(reach, { source, start, end }),
    };
  });
}

function rulesIn(listed: string, { source, start }: Span): Directive['rules'] {
  return [...listed.matchAll(/[^\s,]+/g)].map(({ 0: written, index }) => ({
    written,
    span: { source, start: start + index, end: start + index + written.length },
  }));
}

function lineOf(reach: Directive['reach'], { source, start, end }: Span): { readonly line?: number } {
  if (reach === 'file') return {};
  if (reach === 'line') return { line: positionOf(source, start).line };
  // Comments and empty lines between a directive and what it is about count as nothing.
  const after = source.text.slice(end);
  const gap = /^(?:\s*#[^\r\n]*)*\s*/.exec(after)?.[0].length ?? 0;
  return { line: positionOf(source, Math.min(end + gap, source.text.length)).line };
}
