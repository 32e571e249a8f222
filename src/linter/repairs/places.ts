import type { Span } from '../../diagnostics/source.ts';
import { Environment } from '../../ir/expand/environment.ts';
import type { Graph, Node } from '../../ir/graph.ts';
import type { Spec, StepSpec } from '../../parser/spec.ts';
import { StepIndex } from '../lintedGraph.ts';
import { stepsOf } from '../steps.ts';
import { writtenAt } from './writtenAt.ts';

/** The attributes that repairs of claims change. */
export const repaired = ['padding', 'stride', 'kernel', 'filters', 'units'] as const;
export type RepairedName = (typeof repaired)[number];

/** An attribute of a node, by the place of the node in the graph. */
export interface Target {
  readonly node: number;
  readonly name: RepairedName;
}

/** A place of the text that gives attributes their values: one edit, however many nodes it reaches. */
export interface Place {
  readonly key: string;
  /** A value that is written is replaced; a step that takes its own from elsewhere gets one. */
  readonly write: { readonly value: Span } | { readonly step: StepSpec; readonly name: RepairedName };
  readonly targets: readonly Target[];
  readonly name: RepairedName;
  /** What messages call the step. */
  readonly step: string;
  readonly now: unknown;
}

/** The places of a network that can be edited, by the node whose attributes they set. */
export type Places = ReadonlyMap<number, readonly Place[]>;

/** Where the values of attributes can be changed in the text of the spec itself; imported files are left alone. */
export function placesOf({ nodes }: Pick<Graph, 'nodes'>, spec: Spec): Places {
  const steps = new StepIndex(stepsOf(spec));
  const made = new Map<string, Place & { readonly targets: Target[] }>();
  const byNode = new Map<number, Place[]>();
  for (const [i, node] of nodes.entries()) {
    for (const name of repaired) {
      const write = name in node.attributes ? writeOf(node, name, { spec, steps }) : undefined;
      if (write === undefined) continue;
      const key = keyOf(write);
      const now = attributeOf(node, name);
      const place = made.get(key) ?? { key, write, targets: [], name, step: node.step, now };
      made.set(key, place);
      place.targets.push({ node: i, name });
      byNode.set(i, [...(byNode.get(i) ?? []), place]);
    }
  }
  return byNode;
}

/** The value that an attribute has. */
export function attributeOf({ attributes }: Node, name: RepairedName): unknown {
  return (attributes as Readonly<Record<string, unknown>>)[name];
}

function writeOf(
  node: Node,
  name: RepairedName,
  { spec, steps }: { readonly spec: Spec; readonly steps: StepIndex },
): Place['write'] | undefined {
  const origin = node.origins[name];
  if (origin?.kind === 'written') {
    const written = writtenAt({ value: origin.value, env: origin.env ?? Environment.empty });
    if (written !== undefined && written.span.source.name === spec.source.name)
      return { value: written.span };
  }
  const step = steps.at(node.span);
  return step?.kind === 'op' && step.op === node.op ? { step, name } : undefined;
}

function keyOf(write: Place['write']): string {
  return 'value' in write ? `${write.value.start}` : `${write.step.callSpan.start} ${write.name}`;
}
