import type { Claim, Graph, Node } from '../ir/graph.ts';
import { inferNode } from '../ir/inferNode.ts';
import { judgeWith } from '../ir/judge.ts';
import type { TensorType } from '../tensor/shape.ts';

type ShapeClaim = Extract<Claim, { kind: 'shape' }>;

/** Paddings to write at nodes, and every size tried of the inputs' spatial axes with which all claims then hold. */
export interface ClaimRepair {
  readonly paddings: ReadonlyMap<string, string>;
  readonly sizes: readonly number[];
}

export interface ClaimRepairs {
  readonly repairs: readonly ClaimRepair[];
  /** The claim before which no combination was left; undefined where every claim is met. */
  readonly stuckAt?: string;
  /** Set where the search ended at `stuckAt` because more combinations than this were left. */
  readonly tooMany?: number;
  /** The greatest size that was tried. */
  readonly greatestSize: number;
}

/** More combinations than these are not followed; `tooMany` then says so. */
const mostRepairs = 64;
const paddings = ['valid', 'same', 'half'] as const;

/**
 * The changes of padding (one for each failing claim) and of the inputs' size that make the claims on shapes true, claim
 * by claim from the input on. Undefined where the inputs have no single spatial size.
 */
export function claimRepairs(graph: Graph): ClaimRepairs | undefined {
  const given = sizeOf(graph);
  if (given === undefined) return undefined;
  const greatestSize = 2 * given + 64;
  let found: readonly ClaimRepair[] = [
    { paddings: new Map(), sizes: Array.from({ length: greatestSize }, (_, i) => i + 1) },
  ];
  const claimed = new Set<number>();
  for (const claim of graph.claims) {
    if (claim.kind !== 'shape') continue;
    const windows = windowsSince(claim, graph, claimed);
    found = found.flatMap((repair) => extended(repair, claim, { graph, given, windows }));
    if (found.length === 0) return { repairs: [], stuckAt: claim.name, greatestSize };
    if (found.length > mostRepairs)
      return { repairs: [], stuckAt: claim.name, tooMany: mostRepairs, greatestSize };
    claimed.add(claim.value.id);
  }
  return { repairs: found, greatestSize };
}

interface At {
  readonly graph: Graph;
  readonly given: number;
  readonly windows: readonly Node[];
}

/** The repair with the sizes at which the claim holds too; and, where the claim fails, with one padding more. */
function extended(repair: ClaimRepair, claim: ShapeClaim, { graph, given, windows }: At): ClaimRepair[] {
  const fitting = (other: ClaimRepair['paddings']) =>
    repair.sizes.filter((size) => holds(claim, graph, { size, paddings: other }));
  const sizes = fitting(repair.paddings);
  const kept = sizes.length === 0 ? [] : [{ ...repair, sizes }];
  if (sizes.includes(given) || sizes.length === repair.sizes.length) return kept;
  const covered = new Set(sizes);
  const changed = windows.flatMap(({ name }) =>
    paddings.flatMap((padding) => {
      const other = new Map(repair.paddings).set(name, padding);
      // What fits without the change needs no change.
      const more = fitting(other).filter((size) => !covered.has(size));
      return more.length === 0 ? [] : [{ paddings: other, sizes: more }];
    }),
  );
  return [...kept, ...changed];
}

/** The nodes with a padding on the ways to the claim's value, back to the values claimed before. */
function windowsSince(claim: ShapeClaim, { nodes }: Graph, claimed: ReadonlySet<number>): readonly Node[] {
  const wanted = new Set([claim.value.id]);
  const way = nodes.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some(({ id }) => wanted.has(id))) return false;
    for (const { id } of inputs) if (!claimed.has(id)) wanted.add(id);
    return true;
  });
  return way.filter(({ attributes }) => 'padding' in attributes);
}

interface Change {
  readonly size: number;
  readonly paddings: ClaimRepair['paddings'];
}

function holds(claim: ShapeClaim, graph: Graph, change: Change): boolean {
  const shape = typeOf(claim, graph, change)?.shape;
  const judge = judgeWith(graph.facts);
  return (
    shape?.length === claim.shape.length &&
    shape.every((dim, axis) => {
      const wanted = claim.shape[axis];
      return wanted === '_' || (wanted !== undefined && judge.differ(dim, wanted) === undefined);
    })
  );
}

function typeOf({ value }: ShapeClaim, graph: Graph, { size, paddings }: Change): TensorType | undefined {
  const types = new Map(graph.inputs.map(({ value: { id }, type }) => [id, withSize(type, size)]));
  const known = { facts: graph.facts, declared: new Set(Object.keys(graph.facts)) };
  for (const node of graph.nodes) {
    if (types.has(value.id)) break;
    const inputs = node.inputs.flatMap(({ id }) => types.get(id) ?? []);
    if (inputs.length !== node.inputs.length) continue;
    const padding = paddings.get(node.name);
    // Only nodes that have a padding are given another, and all that have one know these three.
    const other =
      padding === undefined ? node : ({ ...node, attributes: { ...node.attributes, padding } } as Node);
    const inferred = inferNode(other, inputs, known);
    if (!inferred.ok) continue;
    node.outputs.forEach(({ id }, i) => {
      const type = inferred.value.outputs[i];
      if (type !== undefined) types.set(id, type);
    });
  }
  return types.get(value.id);
}

function withSize(type: TensorType, size: number): TensorType {
  const last = type.shape.length - 1;
  const shape = type.shape.map((d, i) => (i > 0 && i < last && typeof d === 'number' ? size : d));
  return { ...type, shape };
}

/** The one size of all spatial axes of all inputs. */
function sizeOf({ inputs }: Graph): number | undefined {
  const sizes = inputs.flatMap(({ type: { shape } }) => shape.slice(1, -1));
  const [size] = sizes;
  return typeof size === 'number' && sizes.every((d) => d === size) ? size : undefined;
}
