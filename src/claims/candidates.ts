import { addToGroup } from '../common/groups.ts';
import type { Span } from '../diagnostics/source.ts';
import { attributeValues } from '../ir/attributeValues.ts';
import type { Frame, TypedGraph, TypedNode } from '../ir/graph.ts';
import { innerSteps } from '../linter/steps.ts';
import type { Spec, StepSpec } from '../parser/spec.ts';
import { type Shape, showShape } from '../tensor/shape.ts';

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
  /** In the graph, where it begins and where it ends. */
  readonly from: number;
  readonly place: number;
}

/** A step inside a block, which is built once for each call. */
export interface InnerCandidate extends Candidate {
  /** What its copies give, each shape once. */
  readonly shapes: readonly string[];
}

/** Whether a step is inside a block. */
export function isInner(candidate: Candidate): candidate is InnerCandidate {
  return 'shapes' in candidate;
}

/** The steps of the network in the order in which they are computed: ops, and calls of blocks as wholes. */
export function candidatesOf(spec: Spec, graph: TypedGraph): readonly Candidate[] {
  const steps = below(spec.network ?? []);
  return steps.flatMap((step) => [...copiesOf(step, graph)]).sort((a, b) => a.place - b.place);
}

/** The steps inside the blocks of this file, in the order in which they are computed. */
export function innerCandidatesOf(spec: Spec, graph: TypedGraph): readonly InnerCandidate[] {
  const steps = [...spec.blocks.values()].flatMap((block) => below(block.steps));
  return steps
    .flatMap((step) => {
      const copies = copiesOf(step, graph);
      const shapes = [...new Set(copies.map(({ shape }) => showShape(shape)))];
      return copies.map((copy) => ({ ...copy, shapes }));
    })
    .sort((a, b) => a.place - b.place);
}

function below(steps: readonly StepSpec[]): readonly StepSpec[] {
  return steps.flatMap((step) => (step.kind === 'tap' ? [] : [step, ...below(innerSteps(step))]));
}

function copiesOf(step: StepSpec, graph: TypedGraph): readonly Candidate[] {
  if (step.kind === 'invalid' || step.kind === 'steps' || step.kind === 'tap') return [];
  const groups = new Map<unknown, (readonly [TypedNode, number])[]>();
  for (const [place, node] of graph.nodes.entries()) {
    const key =
      step.kind === 'block' ? callOf(node.frame, step) : isAt(node.span, step) ? node.step : undefined;
    if (key !== undefined) addToGroup(groups, key, [node, place]);
  }
  return [...groups.values()].flatMap((nodes) => candidate(step, nodes, graph) ?? []);
}

/** The call of a block by this step that a node is inside of. */
function callOf(frame: Frame | undefined, step: StepSpec): Frame | undefined {
  for (let f = frame; f !== undefined; f = f.parent) {
    if (f.call !== undefined && isAt(f.call, step)) return f;
  }
  return undefined;
}

function isAt({ source, start }: Span, { callSpan }: StepSpec): boolean {
  return source.name === callSpan.source.name && start === callSpan.start;
}

function candidate(
  step: StepSpec,
  nodes: readonly (readonly [TypedNode, number])[],
  graph: TypedGraph,
): Candidate | undefined {
  const [[first, from] = []] = nodes;
  const [last, place] = nodes.at(-1) ?? [];
  if (first === undefined || from === undefined || last === undefined || place === undefined)
    return undefined;
  const isBlock = step.kind === 'block';
  const name = isBlock ? (callOf(first.frame, step)?.path ?? first.step) : first.step;
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
    from,
    place,
  };
}

function pair(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [h, w]: readonly unknown[] = value;
  return typeof h === 'number' && typeof w === 'number' ? [h, w] : undefined;
}
