import { type Diagnostic, diagnose, problem } from '../diagnostics/diagnostic.ts';
import type { Span } from '../diagnostics/source.ts';
import type { TypedGraph } from '../ir/graph.ts';
import { add, type Dim, mul } from '../tensor/dim.ts';
import { withinLimits } from '../tensor/integers.ts';
import type { Convention } from './conventions/names.ts';
import { costCounter } from './cost.ts';
import { activationBytes } from './memory/memory.ts';
import { parametersOf } from './totals.ts';

/** What a report shows beside what the compiler counts itself. */
export interface ReportFigures {
  readonly convention?: Convention | undefined;
  readonly memory?: boolean;
}

/**
 * A report, or the diagnostic that its figures go beyond what can be computed exactly, at the node with which they do.
 * What a convention counts, and bytes, are several times the numbers that the compiler has checked.
 */
export function exactReport<T>(
  graph: TypedGraph,
  figures: ReportFigures,
  make: () => T,
): { readonly report: T } | { readonly diagnostic: Diagnostic } {
  const report = withinLimits(() => ({ report: make() }));
  if (report !== undefined) return report;
  for (const { what, items } of sums(graph, figures)) {
    const span = firstBeyond(items);
    if (span !== undefined) return { diagnostic: diagnose(problem('size-too-large', { what }), { span }) };
  }
  return { diagnostic: diagnose(problem('size-too-large', { what: 'a figure of this report' })) };
}

/** One part of a sum, and where it comes from. */
interface Item {
  readonly span: Span;
  readonly of: () => Dim;
}

function sums(graph: TypedGraph, { convention, memory }: ReportFigures) {
  const { inputs, nodes } = graph;
  const bytes = activationBytes(graph);
  const given = inputs.map(({ value, span }) => ({
    span,
    of: () => bytes({ op: 'identity', outputs: [value] }),
  }));
  const found: { readonly what: string; readonly items: readonly Item[] }[] = [];
  if (convention !== undefined) {
    const counter = costCounter(graph, convention);
    const items = nodes.map((node) => ({ span: node.span, of: () => counter.of(node) }));
    found.push({ what: `the cost by \`${convention}\` up to here`, items });
  }
  if (memory !== true) return found;
  const made = nodes.map((node) => ({ span: node.span, of: () => bytes(node) }));
  found.push({ what: 'the number of bytes of the values up to here', items: [...given, ...made] });
  const counted = new Set<string>();
  const weights = nodes.map((node) => {
    const { trainable, nonTrainable } = parametersOf([node], counted);
    return { span: node.span, of: () => mul(4, trainable + nonTrainable) };
  });
  found.push({ what: 'the number of bytes of the weights up to here', items: weights });
  return found;
}

function firstBeyond(items: readonly Item[]): Span | undefined {
  let sum: Dim | undefined = 0;
  for (const { span, of } of items) {
    sum = plus(sum, of);
    if (sum === undefined) return span;
  }
  return undefined;
}

function plus(sum: Dim, of: () => Dim): Dim | undefined {
  return withinLimits(() => add(sum, of()));
}
