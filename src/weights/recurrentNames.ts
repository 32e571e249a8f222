import type { Naming } from './nameSchemes.ts';
import type { WeightPlace } from './storedForm.ts';

/** A weight of a cell: which one, and of which direction. */
interface CellWeight {
  readonly name: string;
  readonly direction: 'forward' | 'backward' | undefined;
}

/** Undefined where the node is no recurrent layer. */
function cellWeight({ weight, node }: WeightPlace): CellWeight | undefined {
  if (!node.weights.some(({ name }) => name.endsWith('recurrent_kernel'))) return undefined;
  const [, direction, name = weight.name] = /^(forward|backward)\/(.*)$/.exec(weight.name) ?? [];
  return { name, direction: direction === 'forward' || direction === 'backward' ? direction : undefined };
}

const torchNames: Readonly<Record<string, readonly string[]>> = {
  kernel: ['weight_ih'],
  recurrent_kernel: ['weight_hh'],
  bias: ['bias_ih', 'bias_hh'],
};

/**
 * The names of PyTorch's RNNBase: `lstm.weight_ih_l0`, `_reverse` behind it from the end. A layer k of several is our step
 * `l<k>` in a group called as the module; an LSTMCell has no number. Undefined where the node is no recurrent layer.
 */
export function torchCell(place: WeightPlace): readonly Naming[] | undefined {
  const weight = cellWeight(place);
  if (weight === undefined) return undefined;
  const { name } = place.node;
  const [, module = '', layer = ''] = /^(?:(.*)\/)?(l\d+)$/.exec(name) ?? [];
  const places = [[name, '_l0'], ...(layer === '' ? [] : [[module, `_${layer}`]]), [name, '']];
  const reverse = weight.direction === 'backward' ? '_reverse' : '';
  const names = torchNames[weight.name] ?? [weight.name];
  return places.map(([path = '', number]) => {
    const before = path === '' ? '' : `${path.replaceAll('/', '.')}.`;
    return names.map((own) => `${before}${own}${number}${reverse}`);
  });
}

/**
 * What stands behind the name of a layer in Keras: the cell is a layer of its own, and so is each direction in a
 * Bidirectional, whose layers are called as they would be alone. Undefined where the node is no recurrent layer.
 */
export function kerasCellWeights(place: WeightPlace): readonly string[] | undefined {
  const weight = cellWeight(place);
  if (weight === undefined) return undefined;
  const { op, name } = place.node;
  const { direction } = weight;
  const own = name.split('/').at(-1);
  const inside =
    direction === undefined ? [''] : [`${direction}_${op}/`, `${direction}_${own}/`, `${direction}/`];
  return inside.flatMap((layer) => [`${layer}${op}_cell/${weight.name}`, `${layer}${weight.name}`]);
}
