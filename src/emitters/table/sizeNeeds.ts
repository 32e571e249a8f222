import type { TypedGraph } from '../../ir/graph.ts';
import { decidingSizes } from '../../ir/requirements.ts';
import { printDim } from '../../tensor/printDim.ts';

/** What a network asks of the sizes of its inputs, a line each; nothing where every size is a number. */
export function sizeNeeds(graph: TypedGraph): readonly string[] {
  const { leastSizes, equalSizes } = sizeNeedsData(graph);
  return [
    ...leastSizes.map(({ symbol, min, node }) => `${symbol} ≥ ${min}, because of ${node}`),
    ...equalSizes.map(
      ({ left, right, where, node }) =>
        `${where === undefined ? `${left} = ${right}` : where}, because ${node} needs ${left} = ${right}`,
    ),
  ];
}

/** The same as data. */
export function sizeNeedsData({ leastSizes, requirements }: Pick<TypedGraph, 'leastSizes' | 'requirements'>) {
  return {
    leastSizes: decidingSizes(leastSizes).map(({ symbol, min, node }) => ({ symbol, min, node: node.step })),
    equalSizes: requirements.flatMap((requirement) => {
      if (requirement.kind !== 'equal') return [];
      const { node, dim, other, where } = requirement;
      const sides = { node: node.step, left: printDim(dim), right: printDim(other) };
      return [{ ...sides, ...(where === undefined ? {} : { where }) }];
    }),
  };
}
