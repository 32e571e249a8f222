import { positionOf } from '../../diagnostics/source.ts';
import { printDim } from '../../tensor/printDim.ts';
import { printSizes } from '../../tensor/printSizes.ts';
import { contains, nearest, type SizeSet } from '../../tensor/sizeSet.ts';
import type { SizeCondition } from './condition.ts';
import type { SizesReport } from './report.ts';

/** Which sizes a network accepts, for programs. */
export function sizesData({ network, inputs, symbols }: SizesReport, near?: number): object {
  return {
    formatVersion: 1,
    name: network,
    inputs,
    symbols: symbols.map(({ name, written, accepted, lossless, because, triedUpTo }) => ({
      name,
      ...(written === undefined ? {} : { written }),
      proved: triedUpTo === undefined,
      ...(triedUpTo === undefined ? {} : { triedUpTo }),
      accepted: setData(name, accepted, near),
      ...(lossless === undefined ? {} : { lossless: setData(name, lossless, near) }),
      because: because.map(({ condition, sizes }) => ({
        ...conditionData(condition),
        sizes: printSizes(name, sizes),
      })),
    })),
  };
}

function setData(name: string, set: SizeSet, near: number | undefined): object {
  const text = printSizes(name, set);
  return {
    text,
    ...set,
    ...(near === undefined ? {} : { near, holds: contains(set, near), ...nearest(set, near) }),
  };
}

function conditionData({ kind, dim, other, node, reason }: SizeCondition): object {
  const { source, start } = node.span;
  const relation = kind === 'equal' ? '=' : '>=';
  return {
    reason,
    node: node.name,
    condition: `${printDim(dim)} ${relation} ${printDim(other)}`,
    source: { file: source.name, ...positionOf(source, start) },
  };
}
