import { type CompileOptions, compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { arranged } from '../../src/diagnostics/format.ts';
import { positionOf, type Span } from '../../src/diagnostics/source.ts';

/** Other files that a spec imports, by their path. */
export type Files = Readonly<Record<string, string>>;

/** A spec of these steps on the input `x: [N, 8, 8, 3]`. The first step stands in line 5, and begins in column 3. */
export function network(steps: string): string {
  return `inception: 1\nname: net\ninputs: { x: [N, 8, 8, 3] }\nnetwork:\n${lines(steps)}`;
}

/** The lines of a literal that begins on a line of its own. */
export function lines(text: string): string {
  return text.replace(/^\n/, '');
}

/** A reader of imports that knows only these files. */
export function reading(files: Files): NonNullable<CompileOptions['readFile']> {
  return (path) => {
    const text = files[path];
    return text === undefined ? { reason: 'there is no such file' } : { text };
  };
}

/**
 * All that is said of a spec, in the order of the text: `5:3 INC105 message`, with help, notes and further places on
 * lines of their own. Line and column count from 1.
 */
export function report(text: string, options: CompileOptions & { readonly files?: Files } = {}): string[] {
  const { files, ...others } = options;
  const readFile = files === undefined ? {} : { readFile: reading(files) };
  const { diagnostics } = compile(text, { name: 'net.yaml', ...readFile, ...others });
  return arranged(diagnostics).flatMap(linesOf);
}

/** One diagnostic as lines. */
export function linesOf({ span, code, message, help, notes, related }: Diagnostic): string[] {
  return [
    `${place(span)} ${code} ${message}`,
    ...notes.map((note) => `  note: ${note}`),
    ...related.map((r) => `  see ${place(r.span)}: ${r.message}`),
    ...(help === undefined ? [] : [`  help: ${help}`]),
  ];
}

function place(span: Span | undefined): string {
  if (span === undefined) return '-';
  const { line, column } = positionOf(span.source, span.start);
  const file = /(?:^|\/)net\.(?:yaml|json)$/.test(span.source.name) ? '' : `${span.source.name}:`;
  return `${file}${line}:${column}`;
}
