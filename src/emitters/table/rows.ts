import type { Convention } from '../../analysis/conventions/names.ts';
import { type CostCounter, costCounter } from '../../analysis/cost.ts';
import { parametersOf, sumOf, usesOthers } from '../../analysis/totals.ts';
import { groupBy } from '../../common/groups.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';
import { opOf } from '../../ops/registry.ts';
import { type Channels, inOrderOf } from '../../tensor/channels.ts';
import type { Dim } from '../../tensor/dim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { describe } from './describe.ts';
import { type Measures, type Measuring, measuring } from './measures.ts';
import { sizeNeeds } from './sizeNeeds.ts';

/** One line of a shape table: an input, a step of the network with what is fused into it, or a folded block. */
export interface Row {
  readonly name: string;
  /** `conv 3x3/2 valid, batch_norm, relu`; `12 steps` for a folded block. */
  readonly op: string;
  readonly outputs: readonly TensorType[];
  readonly trainable: number;
  readonly nonTrainable: number;
  readonly macs: Dim;
  /** By the convention of the table. */
  readonly cost: Dim;
  /** Only those whose columns were asked for. */
  readonly measures: Measures;
  /** Names of the end points that its output is. */
  readonly endPoints: readonly string[];
  readonly note: string;
}

export interface Table {
  /** In which order the shapes of maps stand in the rows; channels last where absent. */
  readonly channels?: Channels;
  /** How `cost` is counted, where that was asked for; multiply-adds else. */
  readonly convention?: Convention;
  readonly rows: readonly Row[];
  readonly total: Row;
  /** `H ≥ 75, because of Mixed_7a/Branch_0/Conv2d_1a_3x3`: what the network asks of the sizes of its inputs. */
  readonly needs: readonly string[];
}

export interface RowOptions {
  /** Names of more parts are folded into one row per block. */
  readonly depth?: number;
  readonly convention?: Convention;
  /** Measures that are columns are worked out. */
  readonly columns?: readonly string[];
}

/** The rows of a network's shape table. */
export function tableRows(
  graph: TypedGraph,
  { depth = Infinity, convention, columns }: RowOptions = {},
): Table {
  const { channels = 'last' } = graph;
  const measures = measuring(graph, columns);
  const context: RowContext = {
    endPoints: endPointNames(graph),
    isRead: reads(graph),
    written: ({ shape, dtype }) => ({ shape: inOrderOf(channels, shape), dtype }),
    counted: graph.nodes.some(usesOthers) ? new Set() : undefined,
    cost: costCounter(graph, convention ?? 'macs'),
    measures,
  };
  const steps = groupBy(graph.nodes, (node) => node.step);
  const folded = groupBy([...steps.values()], ([first]) => prefix(first?.step ?? '', depth));
  const rows = graph.inputs.map((input) => inputRow(input, context));
  for (const [name, group] of folded) rows.push(row(name, group, context));
  const macs = sumOf(graph.nodes, 'macs');
  return {
    channels,
    ...(convention === undefined ? {} : { convention }),
    rows,
    total: {
      // Each weight stands in one row, and no two rows count the same.
      trainable: rows.reduce((sum, row) => sum + row.trainable, 0),
      nonTrainable: rows.reduce((sum, row) => sum + row.nonTrainable, 0),
      macs,
      cost: costOf(graph.nodes, macs, context),
      name: 'total',
      op: counted(steps.size),
      outputs: [],
      endPoints: [],
      measures: measures.total(rows.map((row) => row.measures)),
      note: '',
    },
    needs: sizeNeeds(graph),
  };
}

type EndPointNames = ReadonlyMap<number, ReadonlySet<string>>;

interface RowContext {
  readonly endPoints: EndPointNames;
  /** Whether something reads a value. */
  readonly isRead: (value: TypedValue) => boolean;
  /** A type as the table shows it. */
  readonly written: (type: TensorType) => TensorType;
  /** Weights that stand in a row already: where one is used again, it is not counted again. Absent where none is. */
  readonly counted: Set<string> | undefined;
  readonly cost: CostCounter;
  readonly measures: Measuring;
}

/** Whether values are read; looked up from the first question on, which only ops with side outputs ask. */
function reads({ nodes, outputs, endPoints }: TypedGraph): RowContext['isRead'] {
  let read: ReadonlySet<number> | undefined;
  return ({ id }) => {
    read ??= new Set(
      [...nodes.flatMap((n) => n.inputs), ...valuesOf(outputs), ...valuesOf(endPoints)].map((v) => v.id),
    );
    return read.has(id);
  };
}

function valuesOf(named: readonly { readonly value: TypedValue }[]): readonly TypedValue[] {
  return named.map(({ value }) => value);
}

/** The names of each value that is an end point, by its id; a value may be pointed out under several. */
function endPointNames({ endPoints }: TypedGraph): EndPointNames {
  const byValue = groupBy(endPoints, (e) => e.value.id);
  return new Map([...byValue].map(([id, points]) => [id, new Set(points.map((p) => p.name))]));
}

function prefix(name: string, depth: number): string {
  return depth === Infinity ? name : name.split('/').slice(0, depth).join('/');
}

function inputRow({ value, meaning }: TypedGraph['inputs'][number], { measures, written }: RowContext): Row {
  return {
    name: value.name,
    op: 'input',
    outputs: [written(value.type)],
    trainable: 0,
    nonTrainable: 0,
    macs: 0,
    cost: 0,
    endPoints: [],
    measures: measures.ofInput(value),
    note: meaning.description ?? '',
  };
}

/** The row of some steps, each a list of nodes; what the last of them gives is what the block gives. */
function row(name: string, steps: readonly (readonly TypedNode[])[], context: RowContext): Row {
  const { counted: known, endPoints, measures } = context;
  const nodes = steps.flat();
  const last = steps.findLast(([node]) => !isReadWeight(node)) ?? steps.at(-1) ?? [];
  const { trainable, nonTrainable } = parametersOf(nodes, known);
  const macs = sumOf(nodes, 'macs');
  return {
    trainable,
    nonTrainable,
    macs,
    cost: costOf(nodes, macs, context),
    name,
    op: steps.length === 1 ? last.map(describe).join(', ') : counted(steps.length),
    outputs: shownOutputs(last.at(-1), context),
    endPoints: last.flatMap((n) => pointsOf(n, endPoints)),
    measures: measures.of(nodes, last.at(-1)?.outputs[0]),
    note: [...new Set(last.flatMap((n) => n.note ?? []))].join('; '),
  };
}

/** Whether it only makes a weight of another node a value (`from: embedding/embeddings`); it has that weight's name. */
function isReadWeight(node: TypedNode | undefined): boolean {
  return node?.op === 'parameter' && node.weights[0]?.fullName === node.name;
}

/** Of an op with side outputs, those that nothing reads are not shown. */
function shownOutputs(node: TypedNode | undefined, { isRead, written }: RowContext): readonly TensorType[] {
  if (node === undefined) return [];
  const hasSides = opOf(node.op).goesOn !== undefined;
  const shown = hasSides ? node.outputs.filter((v, i) => i === 0 || isRead(v)) : node.outputs;
  return shown.map((v) => written(v.type));
}

/** The names under which values of a node are end points; there are few, and most nodes have none. */
function pointsOf({ outputs }: TypedNode, endPoints: EndPointNames): readonly string[] {
  return endPoints.size === 0 ? [] : outputs.flatMap((v) => [...(endPoints.get(v.id) ?? [])]);
}

/** What some nodes cost by the convention of the table, given how many multiply-adds they have. */
function costOf(nodes: readonly TypedNode[], macs: Dim, { cost }: RowContext): Dim {
  return cost.convention === 'macs' ? macs : cost.sum(nodes);
}

function counted(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}
