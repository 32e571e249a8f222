import type { TypedNode } from '../ir/graph.ts';
import { spatialDims, windowsOf } from '../ops/spatial.ts';
import { effectiveKernel, leftOver } from '../tensor/window.ts';

/** A window along one axis whose size is known, in numbers. */
export interface WindowAxis {
  /** From 0, spatial axes only. */
  readonly axis: number;
  /** What lies along it, in words: rows, columns. */
  readonly along: string;
  readonly input: number;
  /** What the kernel covers, dilation counted. */
  readonly extent: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly output: number;
  /** How many positions at the end no window reaches. */
  readonly lost: number;
}

/** What lies along each axis, by the number of spatial axes. */
const contents: Readonly<Record<number, readonly string[]>> = {
  2: ['rows', 'columns'],
  3: ['slices', 'rows', 'columns'],
};

/** What lies along a spatial axis of so many, in words. */
export function contentOf(axis: number, axes: number): string {
  return contents[axes]?.[axis] ?? 'positions';
}

/** Ops that slide a window over the spatial axes of one map. */
export const windowOps = ['conv', 'depthwise_conv', 'separable_conv', 'max_pool', 'avg_pool'] as const;

/** A node of such an op. */
export type WindowNode = TypedNode<(typeof windowOps)[number]>;

const windowNames: ReadonlySet<string> = new Set(windowOps);

/** Whether a node slides a window over one map. */
export function isWindowNode(node: TypedNode): node is WindowNode {
  return windowNames.has(node.op);
}

/** Whether it is a pooling; a convolution else. */
export function isPooling(node: WindowNode): node is TypedNode<'max_pool' | 'avg_pool'> {
  return node.op === 'max_pool' || node.op === 'avg_pool';
}

/** The window along each axis; axes whose size is a symbol are left out. */
export function windowAxes({ inputs: [x], attributes }: WindowNode): readonly WindowAxis[] {
  if (x === undefined) return [];
  const windows = windowsOf(x.type, attributes);
  if (!windows.ok) return [];
  const dims = spatialDims(x.type);
  const axes: WindowAxis[] = [];
  for (const [axis, window] of windows.value.entries()) {
    const { stride, before, after, output } = window;
    const input = dims[axis];
    if (typeof input !== 'number' || typeof output !== 'number') continue;
    if (typeof before !== 'number' || typeof after !== 'number') continue;
    const along = contentOf(axis, dims.length);
    // A window that moves by one position leaves none out.
    const lost = stride === 1 ? 0 : Math.max(0, Number(leftOver(input, window)));
    axes.push({ axis, along, input, output, before, after, lost, extent: effectiveKernel(window), stride });
  }
  return axes;
}

/** What is padded, at both ends of each axis. */
export type Pads = readonly [before: number, after: number][];

/** What a window pads, where it is known; undefined where it follows from a size that is open. */
export function padsOf({ inputs: [x], attributes }: WindowNode): Pads | undefined {
  const windows = x === undefined ? undefined : windowsOf(x.type, attributes);
  if (windows?.ok !== true) return undefined;
  const pads = windows.value.flatMap(({ before, after }) =>
    typeof before === 'number' && typeof after === 'number' ? [[before, after] satisfies Pads[number]] : [],
  );
  return pads.length < windows.value.length ? undefined : pads;
}

/** `[[0, 1], [0, 1]]`, as an attribute has it. */
export function printPads(pads: Pads): string {
  return `[${pads.map(([before, after]) => `[${before}, ${after}]`).join(', ')}]`;
}
