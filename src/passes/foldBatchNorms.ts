import type { TypedGraph, TypedNode, Weight } from '../ir/graph.ts';
import { normWeightsOf, weightNamed } from '../ir/normWeights.ts';
import { soleReaders } from '../ir/soleReaders.ts';
import { weightUsers } from '../ir/weightUsers.ts';
import { type Pass, pinnedIds } from './pass.ts';

/** The weight whose output channels a batch norm scales, of each op that can do its work. */
const kernels = {
  conv: 'kernel',
  depthwise_conv: 'depthwise_kernel',
  separable_conv: 'pointwise_kernel',
  conv_transpose: 'kernel',
  dense: 'kernel',
} as const;

type Affine = TypedNode<keyof typeof kernels>;

/** A layer and the batch norm that alone reads it. */
interface Pair {
  readonly layer: Affine;
  readonly norm: TypedNode<'batch_norm'>;
}

/**
 * Takes batch norms into the kernel and bias of the layer before them. What the layer gave is gone then, so nobody else
 * may read it; weights that several steps use stay as they are, since each has numbers of its own before its norm.
 */
export const foldBatchNorms: Pass = (graph, options) => {
  const pairs = options.foldsWeights ? pairsIn(graph, pinnedIds(graph, options)) : [];
  if (pairs.length === 0) return { graph, nodes: [] };
  const folded = new Map<TypedNode, TypedNode>(pairs.map((pair) => [pair.layer, withNorm(pair)]));
  const norms = new Set<TypedNode>(pairs.map(({ norm }) => norm));
  const nodes = graph.nodes.filter((n) => !norms.has(n)).map((n) => folded.get(n) ?? n);
  return { graph: { ...graph, nodes }, nodes: pairs.map(({ norm }) => norm.name) };
};

function pairsIn(graph: TypedGraph, pinned: ReadonlySet<number>): readonly Pair[] {
  const soleReader = soleReaders(graph, pinned);
  const users = weightUsers(graph);
  const isAlone = ({ weights }: TypedNode) => weights.every((w) => users.get(w.fullName) === 1);
  return graph.nodes.flatMap((layer) => {
    const [y] = layer.outputs;
    const norm = y === undefined ? undefined : soleReader(y);
    const folds = isAffine(layer) && norm?.op === 'batch_norm' && isAlone(layer) && isAlone(norm);
    return folds ? [{ layer, norm }] : [];
  });
}

function isAffine(node: TypedNode): node is Affine {
  return node.op in kernels;
}

/** The layer with its norm's work, and with the value that the norm made. */
function withNorm({ layer, norm }: Pair): TypedNode {
  const made = { outputs: norm.outputs, weights: foldedWeights({ layer, norm }) };
  // Spreading keeps op and attributes paired as the node had them; every op of `kernels` has a bias.
  return { ...layer, ...made, attributes: { ...layer.attributes, bias: true } } as TypedNode;
}

function foldedWeights({ layer, norm }: Pair): readonly Weight[] {
  const numbers = normWeightsOf(norm);
  const bias = weightNamed(layer.weights, 'bias');
  const kernels = layer.weights
    .filter((w) => w !== bias)
    .map((w): Weight => {
      if (w.name !== kernelOf(layer)) return w;
      return { ...w, folded: { kind: 'kernel', kernel: w, norm: numbers, run: runOf(layer, w) } };
    });
  const own: Weight = {
    name: 'bias',
    fullName: `${layer.name}/bias`,
    shape: numbers.mean.shape,
    initialiser: { kind: 'zeros' },
    trainable: true,
  };
  const before = bias === undefined ? {} : { bias };
  return [...kernels, { ...(bias ?? own), folded: { kind: 'bias', norm: numbers, ...before } }];
}

function kernelOf({ op }: Affine): string {
  return kernels[op];
}

/** Of a transposed convolution the kernel ends [filters, channels]; of all others with the output channels. */
function runOf({ op }: Affine, { shape }: Weight): number {
  return op === 'conv_transpose' ? (shape.at(-1) ?? 1) : 1;
}
