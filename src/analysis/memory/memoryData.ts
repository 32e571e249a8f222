import type { TypedGraph } from '../../ir/graph.ts';
import { dimData } from '../../tensor/printDim.ts';
import type { Memory } from './memory.ts';

/** What a network takes in memory as plain data. `formatVersion` changes only when something is taken away. */
export function memoryData({ name }: Pick<TypedGraph, 'name'>, memory: Memory) {
  const { weights, activations, peaks, lowerBound, best } = memory;
  return {
    formatVersion: 1,
    name,
    weights,
    activations: dimData(activations),
    peaks: peaks.map((peak) => ({
      node: peak.node.name,
      bytes: dimData(peak.bytes),
      live: peak.live.map((live) => ({ name: live.value.name, bytes: dimData(live.bytes) })),
    })),
    lowerBound: lowerBound.map(dimData),
    best:
      best === undefined
        ? null
        : {
            peak: best.peak,
            proved: best.proved,
            asWritten: best.asWritten,
            order: best.nodes.map((node) => node.name),
          },
  };
}
