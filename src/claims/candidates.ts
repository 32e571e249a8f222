import { attributeValues } from '../ir/attributeValues.ts';
import type { Frame, TypedGraph, TypedNode } from '../ir/graph.ts';
import { innerSteps } from '../linter/steps.ts';
import type { Spec, StepSpec } from '../parser/spec.ts';
import type { Shape } from '../tensor/shape.ts';

/** A step of the network that a row may be about, once for each copy of it that is built. */
export interface Candidate {
  readonly step: StepSpec;
  readonly name: string;
  /** The op, or the block. */
  readonly op: string;
  readonly isBlock: boolean;
  readonly kernel?: readonly [number, number];
  readonly stride?: number;
  readonly shape: Shape;
  /** The ids of the value that it gives. */
  readonly value: number;
  /** In the graph, where it ends. */
  readonly place: number;
}

/**
 * The steps of the network in the order in which they are computed: ops, and calls of blocks as wholes. What is inside a
 * block is not among them, since a claim there would be one on every call.
 */
export function candidatesOf(spec: Spec, graph: TypedGraph): readonly Candidate[] {
  const steps = below(spec.network ?? []);
  return steps.flatMap((step) => [...copiesOf(step, graph)]).sort((a, b) => a.place - b.place);
}

function below(steps: readonly StepSpec[]): readonly StepSpec[] {
  return steps.flatMap((step) => (step.kind === 'tap' ? [] : [step, ...below(innerSteps(step))]));
}

function copiesOf(step: StepSpec, graph: TypedGraph): readonly Candidate[] {
  if (step.kind === 'invalid' || step.kind === 'steps' || step.kind === 'tap') return [];
  const groups = new Map<unknown, (readonly [TypedNode, number])[]>();
  for (const [place, node] of graph.nodes.entries()) {
    const key = step.kind === 'block' ? callOf(node.frame, step) : isOwn(node, step) ? node.step : undefined;
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), [node, place]]);
  }
  return [...groups.values()].flatMap((nodes) => candidate(step, nodes, graph) ?? []);
}

/** The call of a block by this step, of the network itself, that a node is inside of. */
function callOf(frame: Frame | undefined, step: StepSpec): Frame | undefined {
  for (let f = frame; f !== undefined; f = f.parent) {
    if (f.parent !== undefined && f.parent.parent === undefined && f.call !== undefined) {
      const { source, start, end } = f.call;
      const isIn = source.name === step.span.source.name && start >= step.span.start && end <= step.span.end;
      return isIn ? f : undefined;
    }
  }
  return undefined;
}

function isOwn({ frame, span }: TypedNode, { callSpan }: StepSpec): boolean {
  return (
    frame.parent === undefined && span.source.name === callSpan.source.name && span.start === callSpan.start
  );
}

function candidate(
  step: StepSpec,
  nodes: readonly (readonly [TypedNode, number])[],
  graph: TypedGraph,
): Candidate | undefined {
  const [[first] = []] = nodes;
  const [last, place] = nodes.at(-1) ?? [];
  if (first === undefined || last === undefined || place === undefined) return undefined;
  const isBlock = step.kind === 'block';
  const name = isBlock ? blockName(first, step) : first.step;
  const named = graph.endPoints.find((point) => point.name === name);
  const output = named?.value ?? last.outputs[0];
  const type =
    last.outputs.find((v) => v.id === output?.id)?.type ??
    graph.nodes.flatMap((n) => n.outputs).find((v) => v.id === output?.id)?.type;
  if (output === undefined || type === undefined) return undefined;
  const { kernel, stride } = attributeValues(first);
  const window = isBlock ? undefined : pair(kernel);
  const steps = isBlock ? undefined : pair(stride);
  return {
    step,
    name,
    op: isBlock ? step.block : first.op,
    isBlock,
    ...(window === undefined ? {} : { kernel: window }),
    ...(steps === undefined ? {} : { stride: steps[0] }),
    shape: type.shape,
    value: output.id,
    place,
  };
}

/** The name of the call: what all its nodes begin with. */
function blockName({ name }: TypedNode, step: StepSpec): string {
  const written = step.name?.value;
  return typeof written === 'string' && !written.includes('$') ? written : (name.split('/')[0] ?? name);
}

function pair(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [h, w]: readonly unknown[] = value;
  return typeof h === 'number' && typeof w === 'number' ? [h, w] : undefined;
}
