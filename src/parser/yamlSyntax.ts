import type { YAMLParseError } from 'yaml';
import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import { lineText, positionOf, type Source, type Span } from '../diagnostics/source.ts';
import { limits } from './limits.ts';

/** Says what a YAML error most likely means in a spec, and where. */
export function syntaxProblem(error: YAMLParseError, source: Source): { found: Problem; span: Span } {
  const open = openQuote(error, source);
  if (open !== undefined) return open;
  const span = placeOf(error, source);
  if (error.code === 'RESOURCE_EXHAUSTION')
    return { found: problem('nesting-too-deep', { limit: limits.depth }), span };
  const line = lineText(source, positionOf(source, span.start).line) ?? '';
  const help = helpFor(error, line);
  const reason = reasonFor(error);
  return {
    found: problem('syntax', { language: 'YAML', reason, ...(help === undefined ? {} : { help }) }),
    span,
  };
}

/** A text whose quote is not closed goes on to the end of the file; what is wrong is where it begins. */
function openQuote(
  { code, message, pos: [end] }: YAMLParseError,
  source: Source,
): { found: Problem; span: Span } | undefined {
  const quote = code === 'MISSING_CHAR' ? /^Missing closing (["'])quote/.exec(message)?.[1] : undefined;
  const start = quote === undefined ? -1 : source.text.lastIndexOf(quote, end - 1);
  if (quote === undefined || start < 0) return undefined;
  const line = /^[^\r\n]*/.exec(source.text.slice(start))?.[0].length ?? 0;
  const reason = 'a text in quotes is not closed';
  const help = `close it with \`${quote}\``;
  return {
    found: problem('syntax', { language: 'YAML', reason, help }),
    span: { source, start, end: start + line },
  };
}

/** An error at the blank space before a line is about what stands in the line. */
function placeOf({ pos: [start, end], code }: YAMLParseError, source: Source): Span {
  if (code === 'TAB_AS_INDENT') return { source, start, end };
  const blank = /^\s*/.exec(source.text.slice(start))?.[0].length ?? 0;
  const at = start + blank < source.text.length ? start + blank : start;
  return at === start ? { source, start, end } : tokenAt(source, at);
}

/** The place of what stands at `start`, up to the next blank. */
export function tokenAt(source: Source, start: number): Span {
  const from = Math.max(0, start);
  return { source, start: from, end: from + (/^\S*/.exec(source.text.slice(from))?.[0].length ?? 0) };
}

function reasonFor({ code, message }: YAMLParseError): string {
  if (code === 'TAB_AS_INDENT') return 'a tab is used as indentation';
  if (code === 'MULTIPLE_DOCS') return 'the file holds several documents';
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function helpFor({ code, message }: YAMLParseError, line: string): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'MULTIPLE_DOCS') return 'one file is one spec: remove the line `---`';
  const bare = /^\s*- ([\w.]+)\s*$/.exec(line);
  if (code === 'MULTILINE_IMPLICIT_KEY' && bare !== null) {
    return `a step with further keys needs a colon: write \`- ${bare[1]}:\``;
  }
  const glued = /^\s*(?:- )?([\w.]+):([^\s:].*)$/.exec(line);
  if (code === 'MULTILINE_IMPLICIT_KEY' && glued !== null) {
    return `a blank stands behind the colon: \`${glued[1]}: ${glued[2]}\``;
  }
  if (line.includes('$(')) {
    return 'an expression with a bracket, a comma or `: ` in it needs quotes: `{ times: "$(layers[s])" }`';
  }
  if (message.startsWith('Flow ')) return 'close the bracket that was opened before';
  if (message.includes('reserved character')) return 'a text that begins with this character needs quotes';
  if (message.startsWith('Nested mappings')) return 'a text with `: ` in it needs quotes';
  const badIndent = code === 'BAD_INDENT' || code === 'BLOCK_AS_IMPLICIT_KEY';
  return badIndent
    ? 'the keys of one mapping stand in one column, and so do the `- ` of one list'
    : undefined;
}
