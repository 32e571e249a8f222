import { explain } from '../../src/analysis/explain.ts';
import { printValue } from '../../src/analysis/printValue.ts';
import type { CompileOptions } from '../../src/compile.ts';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { positionOf, type Span } from '../../src/diagnostics/source.ts';
import { graphOf } from '../language/graphLines.ts';
import { type Files, linesOf } from '../language/report.ts';

type Options = CompileOptions & { readonly files?: Files };

/** The chain of an attribute as `5:13 what is said: value`, indented by its depth; problems where there is none. */
export function chain(text: string, what: string, options: Options = {}): readonly string[] {
  const explained = explain(graphOf(text, options), what);
  if (!explained.ok) return explained.problems.flatMap((p) => linesOf(diagnose(p)));
  if (explained.value.kind !== 'attribute') return [`a ${explained.value.kind}`];
  return explained.value.links.map(
    (link) => `${'  '.repeat(link.depth)}${place(link.span)} ${link.what}: ${printValue(link.value)}`,
  );
}

function place(span: Span | undefined): string {
  if (span === undefined) return '-';
  const { line, column } = positionOf(span.source, span.start);
  return `${span.source.name === 'net.yaml' ? '' : `${span.source.name}:`}${line}:${column}`;
}
