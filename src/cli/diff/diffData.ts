import { type Dim, type FigureChange, lostWeights, type NodeChange, printDim } from '../../index.ts';
import type { Compared } from './compared.ts';

/** A comparison as data; sizes with symbols are formulas. */
export function diffData({ before, after, diff, misfits }: Compared, breaking: boolean) {
  return {
    formatVersion: 1,
    before,
    after,
    breaking,
    figures: diff.figures.map(figureData),
    inputs: diff.inputs,
    outputs: diff.outputs,
    meanings: diff.meanings,
    weights: diff.weights,
    lostWeights: lostWeights(diff).map(({ name }) => name),
    misfits,
    nodes: diff.nodes.map(nodeData),
    unchanged: diff.unchanged,
  };
}

function nodeData(node: NodeChange) {
  return { ...node, figures: node.figures.map(figureData) };
}

function figureData({ name, before, after, delta }: FigureChange) {
  return {
    name,
    before: plain(before),
    after: plain(after),
    ...(delta === undefined ? {} : { delta: plain(delta) }),
  };
}

function plain(value: Dim): number | string {
  return typeof value === 'number' ? value : printDim(value);
}
