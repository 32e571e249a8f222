import type { TypedNode, Weight } from '../../../ir/graph.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { float, int, ints, type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { paddedInput } from '../paddedInput.ts';

const conv: OnnxLowering<'conv'> = (node, at) => {
  const { window, source, nodes } = paddedInput(node, at, 0);
  const { kernel, strides, pads, dilations } = window;
  const weights = node.weights.map((w) =>
    at.initialisers.weight(w, w.name === 'kernel' ? filtersFirst(w) : undefined),
  );
  const inputs = [source, ...weights];
  const outputs = [at.write(outputOf(node), 'first')];
  const attributes = {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    pads: ints(pads),
    dilations: ints(dilations),
    group: int(node.attributes.groups),
  };
  return [...nodes, nodeMessage('Conv', { name: node.name, inputs, outputs, attributes })];
};

/** Keras' [...kernel, channels / groups, filters] as ONNX' [filters, channels / groups, ...kernel]. */
function filtersFirst({ shape }: Weight): readonly number[] {
  const spatial = shape.length - 2;
  return [spatial + 1, spatial, ...shape.slice(0, spatial).keys()];
}

const dense: OnnxLowering<'dense'> = (node, at) =>
  inputOf(node).type.shape.length === 2 ? gemm(node, at) : matMul(node, at);

/** The kernel stays [width, units]: Gemm's transB is 0. */
function gemm(node: TypedNode<'dense'>, at: OnnxContext): readonly NodeMessage[] {
  const weights = node.weights.map((w) => at.initialisers.weight(w));
  const inputs = [at.read(inputOf(node), 'last').name, ...weights];
  const outputs = [at.write(outputOf(node), 'last')];
  const attributes = { alpha: float(1), beta: float(1), transA: int(0), transB: int(0) };
  return [nodeMessage('Gemm', { name: node.name, inputs, outputs, attributes })];
}

function matMul(node: TypedNode<'dense'>, at: OnnxContext): readonly NodeMessage[] {
  const x = at.read(inputOf(node), 'last').name;
  const [kernel = '', bias] = node.weights.map((w) => at.initialisers.weight(w));
  const y = at.write(outputOf(node), 'last');
  if (bias === undefined) {
    return [nodeMessage('MatMul', { name: node.name, inputs: [x, kernel], outputs: [y] })];
  }
  const product = at.fresh(`${node.name}/product`);
  return [
    nodeMessage('MatMul', { name: product, inputs: [x, kernel], outputs: [product] }),
    nodeMessage('Add', { name: node.name, inputs: [product, bias], outputs: [y] }),
  ];
}

/**
 * `epsilon` is always written: ONNX' default is 1e-5. ONNX' momentum is the share of the old average, as here.
 * A missing gamma or beta is a constant of the model, not one of its weights. `training_mode` came with opset 14.
 */
const batchNorm: OnnxLowering<'batch_norm'> = (node, at) => {
  const { epsilon, momentum } = node.attributes;
  const channels = Number(inputOf(node).type.shape.at(-1));
  const weight = (name: string) => {
    const found = node.weights.find((w) => w.name === name);
    return found === undefined
      ? at.initialisers.filled(name === 'gamma' ? 1 : 0, channels)
      : at.initialisers.weight(found);
  };
  const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
  return [
    nodeMessage('BatchNormalization', {
      name: node.name,
      inputs: [at.read(inputOf(node), 'first').name, ...names.map(weight)],
      outputs: [at.write(outputOf(node), 'first')],
      attributes: {
        epsilon: float(epsilon),
        momentum: float(momentum),
        ...(at.opset >= 14 ? { training_mode: int(0) } : {}),
      },
    }),
  ];
};

/** Ops with learned numbers. */
export const learned = { conv, dense, batch_norm: batchNorm } satisfies Partial<OnnxLowerings>;
