import { totals } from '../analysis/totals.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { placeText } from '../diagnostics/format.ts';
import { buildPicture } from '../emitters/picture/buildPicture.ts';
import { type FoldChoice, foldStateOf } from '../emitters/picture/foldState.ts';
import type { Picture } from '../emitters/picture/picture.ts';
import { readableCell } from '../emitters/table/readableCell.ts';
import { type Row, tableRows } from '../emitters/table/rows.ts';
import type { TypedGraph, TypedNode } from '../ir/graph.ts';
import type { Dim } from '../tensor/dim.ts';
import { valueOrNaN } from '../tensor/evaluateDim.ts';
import { showShape } from '../tensor/shape.ts';
import { openSymbols } from '../verify/chooseSizes.ts';
import {
  type NodeFacts,
  type PageData,
  type PageDiagnostic,
  type PageNetwork,
  type PageRow,
  symbolSize,
} from './pageData.ts';
import { factsOf, Texts } from './provenance.ts';
import { SizeChains } from './sizeChains.ts';

/** What was compiled, as a page is to show it. */
export interface Viewed {
  readonly source: string;
  readonly graph?: TypedGraph | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The variant that was asked for. */
  readonly variant?: string | undefined;
}

/** Everything that a page shows of a network, as plain data. */
export function buildPageData(
  { source, graph, diagnostics, variant }: Viewed,
  choice: FoldChoice = {},
): PageData {
  const picture = graph === undefined ? undefined : buildPicture(graph);
  const told = diagnostics.map((d) => diagnosticData(d, graph, picture));
  if (graph === undefined || picture === undefined) return { formatVersion: 1, source, diagnostics: told };
  const form = variant === undefined ? [] : [`variant ${variant}`];
  const network = { ...networkData(graph, picture, choice), about: [...form, ...(graph.references ?? [])] };
  return { formatVersion: 1, source, diagnostics: told, network };
}

function networkData(graph: TypedGraph, picture: Picture, choice: FoldChoice): Omit<PageNetwork, 'about'> {
  const texts = new Texts();
  const state = foldStateOf(picture, choice);
  const items = new Map(picture.items.map(({ name }, i) => [name, i]));
  const sizes = Object.fromEntries(openSymbols(graph).map((symbol) => [symbol, symbolSize]));
  const rows = tableRows(graph).rows.flatMap((row): PageRow[] => {
    const item = items.get(row.name);
    return item === undefined ? [] : [rowData(row, item, sizes)];
  });
  const facts: Record<number, NodeFacts[]> = {};
  const chains = new SizeChains(graph, texts);
  const tell = factsOf(graph, texts, chains);
  for (const node of graph.nodes) {
    const item = items.get(node.step);
    if (item === undefined) continue;
    facts[item] ??= [];
    facts[item].push(tell(node));
  }
  return {
    picture,
    folded: [...state.folded],
    unrolled: [...state.unrolled],
    rows,
    facts,
    texts: texts.all,
    links: chains.links,
    totals: totalWords(graph),
  };
}

function rowData(row: Row, item: number, sizes: Readonly<Record<string, number>>): PageRow {
  const { name, op, outputs, trainable, nonTrainable, macs } = row;
  return {
    item,
    name,
    op,
    output: outputs.map(({ shape }) => showShape(shape)).join(' '),
    parameters: trainable + nonTrainable,
    macs: readableCell(macs),
    macsValue: valueAt(macs, sizes),
  };
}

/** A formula at sizes that no network need allow: 0 where it has no value there. */
function valueAt(macs: Dim, sizes: Readonly<Record<string, number>>): number {
  const value = valueOrNaN(macs, sizes);
  return Number.isNaN(value) ? 0 : value;
}

function totalWords({ nodes }: TypedGraph): readonly string[] {
  const { parameters, macs } = totals(nodes);
  return [
    `${readableCell(parameters.trainable + parameters.nonTrainable)} parameters`,
    ...(typeof macs === 'number' ? [`${readableCell(macs)} MACs`] : []),
    `${readableCell(nodes.length)} nodes`,
  ];
}

function diagnosticData(
  { severity, code, message, help = '', span, related, notes }: Diagnostic,
  graph: TypedGraph | undefined,
  picture: Picture | undefined,
): PageDiagnostic {
  const about = graph === undefined || span === undefined ? [] : nodesAt(graph, span);
  const steps = new Set(about.map(({ step }) => step));
  const items = (picture?.items ?? []).flatMap(({ name, kind }, i) =>
    kind === 'step' && steps.has(name) ? [i] : [],
  );
  return {
    severity,
    code,
    message,
    place: span === undefined ? '' : placeText(span),
    help,
    notes: [...notes, ...related.map((r) => `${placeText(r.span)}: ${r.message}`)],
    items,
  };
}

type Span = NonNullable<Diagnostic['span']>;

/** The nodes that a place in the text is about: those whose claim it is, else those of the step that it is in. */
function nodesAt({ claims, nodes }: TypedGraph, place: Span): readonly TypedNode[] {
  const claimed = claims.filter(({ span }) => span.source === place.source && span.start === place.start);
  const makers = claimed.flatMap((claim) =>
    claim.kind === 'shape'
      ? nodes.filter(({ outputs }) => outputs.some(({ id }) => id === claim.value.id))
      : nodes.slice(...(claim.part?.nodes ?? [0, 0])),
  );
  return makers.length > 0 ? makers : nodes.filter((node) => isAt(node, place));
}

/** Whether a place is within the step that made a node. */
function isAt({ span }: TypedNode, { source, start }: Span): boolean {
  return span.source === source && span.start <= start && start < span.end;
}
