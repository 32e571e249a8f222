import { type ReceptiveFields, receptiveFields } from '../analysis/field/receptiveFields.ts';
import type { Span } from '../diagnostics/source.ts';
import type { Origin, TypedGraph, TypedNode, Value } from '../ir/graph.ts';
import type { StepSpec } from '../parser/spec.ts';

/** A network as rules look at it: its nodes, and who makes and reads what. */
export class LintedGraph {
  private readonly producers = new Map<number, TypedNode>();
  private readonly readers = new Map<number, TypedNode[]>();
  private readonly results: ReadonlySet<number>;

  readonly graph: TypedGraph;
  private readonly steps: StepIndex;
  private known: ReceptiveFields | undefined;

  constructor(graph: TypedGraph, steps: StepIndex) {
    this.graph = graph;
    this.steps = steps;
    for (const node of graph.nodes) {
      for (const output of node.outputs) this.producers.set(output.id, node);
      for (const input of node.inputs) {
        const known = this.readers.get(input.id);
        if (known === undefined) this.readers.set(input.id, [node]);
        else known.push(node);
      }
    }
    this.results = new Set(graph.outputs.map(({ value }) => value.id));
  }

  /** In the order of the network; narrow by `op`, and the attributes follow. */
  get nodes(): readonly TypedNode[] {
    return this.graph.nodes;
  }

  /** What makes a value; undefined for an input of the network. */
  producerOf(value: Value): TypedNode | undefined {
    return this.producers.get(value.id);
  }

  /** The nodes that read a value, each once for every input that reads it. */
  readersOf(value: Value): readonly TypedNode[] {
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

/** Steps by the place of their op, block or structure key. */
export class StepIndex {
  private readonly steps = new Map<string, StepSpec>();

  constructor(steps: Iterable<StepSpec>) {
    for (const step of steps) this.steps.set(keyOf(step.callSpan), step);
  }

  /** The step whose key begins there. */
  at(span: Span): StepSpec | undefined {
    return this.steps.get(keyOf(span));
  }
}

function keyOf({ source, start }: Span): string {
  return `${source.name}:${start}`;
}

/** Whether nobody wrote the attribute: neither the step nor a line of `defaults`. */
export function isLeftToDefault(origin: Origin | undefined): boolean {
  return origin === undefined || origin.kind === 'op-default';
}
