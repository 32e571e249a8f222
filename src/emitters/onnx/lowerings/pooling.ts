import type { TypedNode } from '../../../ir/graph.ts';
import { isUnsupported } from '../../emitter.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { int, ints, type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { paddedInput } from '../paddedInput.ts';
import { type ExplicitWindow, explicitWindow } from '../window.ts';
import { reduction } from './reductions.ts';

const maxPool: OnnxLowering<'max_pool'> = (node, at) => {
  // Padding and overhang are both −∞ to a maximum.
  const { window, source, nodes } = paddedInput(node, at, Number.NEGATIVE_INFINITY);
  const attributes = poolAttributes(window, sums(window.pads, window.overhang));
  return [...nodes, nodeMessage('MaxPool', { ...ends(node, at), inputs: [source], attributes })];
};

/** A mean leaves padding out, which a tensor that was padded first does not show: its padding must be known. */
const avgPool: OnnxLowering<'avg_pool'> = (node, at) => {
  const window = explicitWindow(inputOf(node), node.attributes);
  if (isUnsupported(window)) return window;
  const counted = node.attributes.count_padding && window.pads.some((pad) => pad > 0);
  return counted ? paddedPool(node, at, window) : averagePool(node, at, window);
};

function averagePool(
  node: TypedNode<'avg_pool'>,
  at: OnnxContext,
  window: ExplicitWindow,
): readonly NodeMessage[] {
  const attributes = averageAttributes(window, sums(window.pads, window.overhang));
  return [nodeMessage('AveragePool', { ...ends(node, at), attributes })];
}

/**
 * Counted padding is written into the tensor, as zeros; the overhang stays uncounted. AveragePool's own
 * `count_include_pad` gives wrong means in many releases of onnxruntime, where only the end is padded
 * (microsoft/onnxruntime#24681, #26708) or windows hang over (#29629).
 */
function paddedPool(
  node: TypedNode<'avg_pool'>,
  at: OnnxContext,
  window: ExplicitWindow,
): readonly NodeMessage[] {
  const { name, inputs, outputs } = ends(node, at);
  const padded = at.fresh(`${node.name}/padded`);
  const pads = at.initialisers.int64s(padsOfAllAxes(window.pads));
  const zero = at.initialisers.scalar(0, inputOf(node).type.dtype);
  return [
    nodeMessage('Pad', { name: padded, inputs: [...inputs, pads, zero], outputs: [padded] }),
    nodeMessage('AveragePool', {
      name,
      inputs: [padded],
      outputs,
      attributes: averageAttributes(window, window.overhang),
    }),
  ];
}

/** Pad counts batch and channels among the axes: [0, 0, …begins, 0, 0, …ends]. */
function padsOfAllAxes(pads: readonly number[]): readonly number[] {
  const axes = pads.length / 2;
  return [0, 0, ...pads.slice(0, axes), 0, 0, ...pads.slice(axes)];
}

/** GlobalAveragePool and GlobalMaxPool keep the spatial axes, with size 1; they know maps with channels first only. */
function globalPool(type: 'GlobalAveragePool' | 'GlobalMaxPool') {
  return (node: TypedNode<'global_avg_pool' | 'global_max_pool'>, at: OnnxContext) => {
    const x = inputOf(node);
    if (!at.has(x, 'first')) {
      const { keepdims } = node.attributes;
      const axes = x.type.shape.slice(1, -1).map((_, i) => i + 1);
      const parts = { name: node.name, x: at.read(x, 'last').name, axes, keepdims };
      const outputs = [at.write(outputOf(node), 'last')];
      return [
        reduction(type === 'GlobalAveragePool' ? 'ReduceMean' : 'ReduceMax', { ...parts, outputs }, at),
      ];
    }
    const { name, inputs, outputs } = ends(node, at);
    if (node.attributes.keepdims) return [nodeMessage(type, { name, inputs, outputs })];
    const pooled = at.fresh(`${node.name}/pooled`);
    return [
      nodeMessage(type, { name: pooled, inputs, outputs: [pooled] }),
      nodeMessage('Flatten', { name, inputs: [pooled], outputs, attributes: { axis: int(1) } }),
    ];
  };
}

function ends(node: TypedNode, at: OnnxContext) {
  const inputs = [at.read(inputOf(node), 'first').name];
  return { name: node.name, inputs, outputs: [at.write(outputOf(node), 'first')] };
}

function poolAttributes({ kernel, strides }: ExplicitWindow, pads: readonly number[]) {
  return { kernel_shape: ints(kernel), strides: ints(strides), pads: ints(pads), ceil_mode: int(0) };
}

function averageAttributes(window: ExplicitWindow, pads: readonly number[]) {
  return { ...poolAttributes(window, pads), count_include_pad: int(0) };
}

function sums(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((amount, i) => amount + (right[i] ?? 0));
}

/** Ops that look at windows, or at the whole map, and learn nothing. */
export const pooling = {
  max_pool: maxPool,
  avg_pool: avgPool,
  global_avg_pool: globalPool('GlobalAveragePool'),
  global_max_pool: globalPool('GlobalMaxPool'),
} satisfies Partial<OnnxLowerings>;
