import type { TypedNode } from '../ir/graph.ts';

/** Layers with multiply-adds (convolutions, dense layers) on the longest path: what "ResNet-50" counts. */
export function depthOf(nodes: readonly TypedNode[]): number {
  const depths = new Map<number, number>();
  let deepest = 0;
  for (const node of nodes) {
    const before = Math.max(0, ...node.inputs.map((v) => depths.get(v.id) ?? 0));
    const depth = before + (node.macs === 0 ? 0 : 1);
    for (const value of node.outputs) depths.set(value.id, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
