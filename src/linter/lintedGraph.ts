import { type ReceptiveFields, receptiveFields } from '../analysis/field/receptiveFields.ts';
import { addToGroup, groupBy } from '../common/groups.ts';
import type { Span } from '../diagnostics/source.ts';
import type { Origin, TypedGraph, TypedNode, Value } from '../ir/graph.ts';
import type { OpName } from '../ops/registry.ts';
import type { StepSpec } from '../parser/spec.ts';
import { type WindowAxis, type WindowNode, windowAxes, windowOps } from './windowAxes.ts';

/** A network as rules look at it: its nodes, and who makes and reads what. An index is made when a rule asks for it. */
export class LintedGraph {
  private readonly results: ReadonlySet<number>;

  readonly graph: TypedGraph;
  private readonly steps: StepIndex;
  private known: ReceptiveFields | undefined;
  private byOp: ReadonlyMap<string, readonly TypedNode[]> | undefined;
  private slid: readonly WindowNode[] | undefined;
  private readonly axes = new Map<WindowNode, readonly WindowAxis[]>();
  private producers: readonly TypedNode[] | undefined;
  private read: readonly true[] | undefined;
  private readers: ReadonlyMap<number, readonly TypedNode[]> | undefined;

  constructor(graph: TypedGraph, steps: StepIndex) {
    this.graph = graph;
    this.steps = steps;
    this.results = new Set(graph.outputs.map(({ value }) => value.id));
  }

  /** In the order of the network; narrow by `op`, and the attributes follow. */
  get nodes(): readonly TypedNode[] {
    return this.graph.nodes;
  }

  /** The nodes of an op, or of one of several, in the order of the network. */
  nodesOf<K extends OpName>(...ops: readonly K[]): readonly TypedNode<K>[] {
    this.byOp ??= groupBy(this.nodes, ({ op }) => op);
    const found = nodesAmong(this.nodes, this.byOp, ops);
    // All have one of the ops, which types do not follow through the map.
    return found as readonly TypedNode<K>[];
  }

  /** The nodes whose op slides a window over one map, in the order of the network. */
  get windows(): readonly WindowNode[] {
    this.slid ??= this.nodesOf(...windowOps);
    return this.slid;
  }

  /** The window along each axis whose size is known. */
  axesOf(node: WindowNode): readonly WindowAxis[] {
    const known = this.axes.get(node) ?? windowAxes(node);
    this.axes.set(node, known);
    return known;
  }

  /** What makes a value; undefined for an input of the network. */
  producerOf(value: Value): TypedNode | undefined {
    this.producers ??= producersIn(this.nodes);
    return this.producers[value.id];
  }

  /** Whether a node reads a value. */
  isRead(value: Value): boolean {
    this.read ??= readIn(this.nodes);
    return this.read[value.id] ?? false;
  }

  /** The nodes that read a value, each once for every input that reads it. */
  readersOf(value: Value): readonly TypedNode[] {
    this.readers ??= readersIn(this.nodes);
    return this.readers.get(value.id) ?? [];
  }

  /** The node that alone reads the one value of another; undefined where that is an output, or read by none or several. */
  onlyReaderOf(node: TypedNode): TypedNode | undefined {
    const [output, ...others] = node.outputs;
    if (output === undefined || others.length > 0 || this.isOutput(output)) return undefined;
    const readers = this.readersOf(output);
    return readers.length === 1 ? readers[0] : undefined;
  }

  /** Whether a value is an output of the network. */
  isOutput(value: Value): boolean {
    return this.results.has(value.id);
  }

  /** What its values read of the inputs; worked out once, for the rules that ask. */
  get fields(): ReceptiveFields {
    this.known ??= receptiveFields(this.graph);
    return this.known;
  }

  /** The step as written that made a node; undefined where a structure or another op made it. */
  stepOf(node: TypedNode): StepSpec | undefined {
    return this.steps.at(node.span);
  }
}

/** The group of the only op that there is; where there are several, what has one of them. */
function nodesAmong(
  nodes: readonly TypedNode[],
  groups: ReadonlyMap<string, readonly TypedNode[]>,
  ops: readonly string[],
): readonly TypedNode[] {
  const present = ops.filter((op) => groups.has(op));
  const [first, ...others] = present;
  if (first === undefined) return [];
  return others.length === 0 ? (groups.get(first) ?? []) : nodes.filter(({ op }) => present.includes(op));
}

/** What makes each value, by its id: ids count from 0. */
function producersIn(nodes: readonly TypedNode[]): readonly TypedNode[] {
  const producers: TypedNode[] = [];
  for (const node of nodes) for (const output of node.outputs) producers[output.id] = node;
  return producers;
}

/** Which values are read, by id. */
function readIn(nodes: readonly TypedNode[]): readonly true[] {
  const read: true[] = [];
  for (const { inputs } of nodes) for (const input of inputs) read[input.id] = true;
  return read;
}

function readersIn(nodes: readonly TypedNode[]): ReadonlyMap<number, readonly TypedNode[]> {
  const readers = new Map<number, TypedNode[]>();
  for (const node of nodes) for (const input of node.inputs) addToGroup(readers, input.id, node);
  return readers;
}

/** Steps by the place of their op, block or structure key. */
export class StepIndex {
  /** By the name of the text, then by where in it the key begins. */
  private readonly steps = new Map<string, Map<number, StepSpec>>();

  constructor(steps: Iterable<StepSpec>) {
    for (const step of steps) {
      const { source, start } = step.callSpan;
      const known = this.steps.get(source.name);
      if (known === undefined) this.steps.set(source.name, new Map([[start, step]]));
      else known.set(start, step);
    }
  }

  /** The step whose key begins there. */
  at({ source, start }: Span): StepSpec | undefined {
    return this.steps.get(source.name)?.get(start);
  }
}

/** Whether nobody wrote the attribute: neither the step nor a line of `defaults`. */
export function isLeftToDefault(origin: Origin | undefined): boolean {
  return origin === undefined || origin.kind === 'op-default';
}
