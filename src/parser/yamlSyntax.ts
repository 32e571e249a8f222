import type { YAMLParseError } from 'yaml';
import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import { lineText, positionOf, type Source } from '../diagnostics/source.ts';

/** Says what a YAML error most likely means in a spec. */
export function syntaxProblem(error: YAMLParseError, source: Source): Problem {
  const line = lineText(source, positionOf(source, error.pos[0]).line) ?? '';
  const help = helpFor(error.code, line);
  const reason = reasonFor(error);
  return problem('syntax', { language: 'YAML', reason, ...(help === undefined ? {} : { help }) });
}

function reasonFor({ code, message }: YAMLParseError): string {
  if (code === 'TAB_AS_INDENT') return 'a tab is used as indentation';
  if (code === 'MULTIPLE_DOCS') return 'the file holds several documents';
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function helpFor(code: string, line: string): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'MULTIPLE_DOCS') return 'one file is one spec: remove the line `---`';
  const bare = /^\s*- ([\w.]+)\s*$/.exec(line);
  if (code === 'MULTILINE_IMPLICIT_KEY' && bare !== null) {
    return `a step with further keys needs a colon: write \`- ${bare[1]}:\``;
  }
  if (line.includes('$('))
    return 'inside { } and [ ] an expression needs quotes: `{ times: "$(layers[s])" }`';
  return undefined;
}
