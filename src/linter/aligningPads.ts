import type { Misalignment } from '../analysis/field/misalignments.ts';
import type { WindowReach } from '../analysis/field/reach.ts';
import type { TypedNode, TypedValue } from '../ir/graph.ts';
import { opOf } from '../ops/registry.ts';
import { windowsOf } from '../ops/spatial.ts';
import { keyOf } from '../tensor/dim.ts';
import { axisWindow, effectiveKernel } from '../tensor/window.ts';
import type { LintedGraph } from './lintedGraph.ts';
import { isWindowNode, type Pads, padsOf, type WindowNode } from './windowAxes.ts';

/** A window on one of two ways that are apart, and the padding with which they would lie over each other. */
export interface AligningPads {
  readonly node: WindowNode;
  readonly pads: Pads;
}

/** How to align two ways, given each axis along which they are apart: by the second where it can be, else by the first. */
export function aligningPads(
  graph: LintedGraph,
  misaligned: readonly Misalignment[],
): AligningPads | undefined {
  for (const own of [1, 0] as const) {
    const value = misaligned[0]?.ways[own].value;
    for (const node of value === undefined ? [] : windowsBefore(graph, value)) {
      const pads = movedPads(graph, node, { misaligned, own });
      if (pads !== undefined) return { node, pads };
    }
  }
  return undefined;
}

/** The windows that only this value depends on, the last first. */
function* windowsBefore(graph: LintedGraph, value: TypedValue): Generator<WindowNode> {
  let at: TypedValue | undefined = value;
  while (at !== undefined && graph.readersOf(at).length === 1 && !graph.isOutput(at)) {
    const node = graph.producerOf(at);
    if (node === undefined || node.inputs.length > 1) return;
    if (isWindowNode(node)) yield node;
    else if (!keepsPositions(node)) return;
    at = node.inputs[0];
  }
}

/** Whether each position of the output reads the same position of the map, as behind a norm or an activation. */
function keepsPositions(node: TypedNode): boolean {
  const types = (values: readonly TypedValue[]) => values.map(({ type }) => type);
  const [output] = opOf(node.op).receptiveField(types(node.inputs), types(node.outputs), node.attributes);
  const axes = output?.[0]?.slice(1, -1) ?? [];
  return axes.every((field, axis) => field.kind === 'same' && field.axis === axis + 1);
}

interface Moving {
  readonly misaligned: readonly Misalignment[];
  /** Which of the ways is to be moved. */
  readonly own: 0 | 1;
}

/** The padding that moves a window over the other way, at the same size of map; undefined where none does. */
function movedPads(graph: LintedGraph, node: WindowNode, { misaligned, own }: Moving): Pads | undefined {
  const [x] = node.inputs;
  const pads = [...(padsOf(node) ?? [])];
  if (x === undefined) return undefined;
  for (const found of misaligned) {
    const [from, to] = [found.ways[own].centre, found.ways[1 - own]?.centre];
    const reach = reachOf(graph, x, found);
    const [before] = pads[found.along - 1] ?? [];
    if (typeof from !== 'number' || typeof to !== 'number' || !reach || before === undefined)
      return undefined;
    // Half pixels, over the pixels from one position that the window reads to the next.
    const by = ((from - to) * reach.period) / (2 * reach.step);
    const pad = Number.isInteger(by)
      ? padFrom(node, { axis: found.along - 1, before: before + by })
      : undefined;
    if (pad === undefined) return undefined;
    pads[found.along - 1] = pad;
  }
  return pads;
}

function reachOf(graph: LintedGraph, x: TypedValue, { input, axis }: Misalignment): WindowReach | undefined {
  const reach = graph.fields.get(x.id)?.find((field) => field.input === input && field.axis === axis)?.reach;
  return reach?.kind === 'window' ? reach : undefined;
}

/** With as much padding after the map as leaves the size as it is; undefined where a window would lie beyond the map. */
function padFrom(
  { op, inputs: [x], attributes }: WindowNode,
  { axis, before }: { readonly axis: number; readonly before: number },
): Pads[number] | undefined {
  const windows = x === undefined ? undefined : windowsOf(x.type, attributes);
  const window = windows?.ok === true ? windows.value[axis] : undefined;
  const input = x?.type.shape[axis + 1];
  if (window === undefined || input === undefined) return undefined;
  const ceil = 'ceil' in attributes && attributes.ceil;
  // Of a pooling more than half a window holds nothing to pool.
  const pooling = op === 'max_pool' || op === 'avg_pool';
  const most = Math.floor(pooling ? effectiveKernel(window) / 2 : effectiveKernel(window) - 1);
  if (before < 0 || before > most) return undefined;
  for (let after = 0; after <= most; after++) {
    const moved = axisWindow(input, { ...window, padding: [before, after], ceil }, '');
    if (moved.ok && keyOf(moved.value.output) === keyOf(window.output)) return [before, after];
  }
  return undefined;
}
