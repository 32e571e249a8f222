import type { TypedNode, Weight } from '../../../ir/graph.ts';
import { type TransposedWindow, transposedWindows } from '../../../ops/transposedWindow.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { type AttributeValue, int, ints, type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { paddedInput } from '../paddedInput.ts';
import type { ExplicitWindow } from '../window.ts';

const depthwiseConv: OnnxLowering<'depthwise_conv'> = (node, at) => {
  const { window, source, nodes } = paddedInput(node, at, 0);
  const inputs = [source, ...weightsOf(node, at)];
  const outputs = [at.write(outputOf(node), 'first')];
  const attributes = depthwiseAttributes(node, window);
  return [...nodes, nodeMessage('Conv', { name: node.name, inputs, outputs, attributes })];
};

const separableConv: OnnxLowering<'separable_conv'> = (node, at) => {
  const { window, source, nodes } = paddedInput(node, at, 0);
  const [depthwise = '', ...pointwise] = weightsOf(node, at);
  const chain = new Chain(node, at);
  const mapped = chain.add('Conv', 'depthwise', [source, depthwise], depthwiseAttributes(node, window));
  const ones = inputOf(node)
    .type.shape.slice(2)
    .map(() => 1);
  chain.add('Conv', 'pointwise', [mapped, ...pointwise], { kernel_shape: ints(ones), group: int(1) });
  return [...nodes, ...chain.end(outputOf(node), 'first')];
};

type Depthwise = TypedNode<'depthwise_conv'> | TypedNode<'separable_conv'>;

/** The attributes of a Conv with a group for each channel. */
function depthwiseAttributes(
  node: Depthwise,
  window: ExplicitWindow,
): Readonly<Record<string, AttributeValue>> {
  return {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    pads: ints(window.pads),
    dilations: ints(window.dilations),
    group: int(Number(inputOf(node).type.shape.at(-1))),
  };
}

function weightsOf({ weights }: TypedNode, at: OnnxContext): readonly string[] {
  return weights.map((w) => {
    if (w.name === 'bias') return at.initialisers.weight(w);
    const permutation = channelsFirst(w);
    return at.initialisers.weight(w, permutation, w.name === 'depthwise_kernel' ? perChannel(w) : undefined);
  });
}

/** Keras' [...kernel, a, b] as [b, a, ...kernel]; of a depthwise kernel [channels, multiplier, ...kernel]. */
function channelsFirst({ name, shape }: Weight): readonly number[] {
  const spatial = shape.length - 2;
  const channels = name === 'depthwise_kernel' ? [spatial, spatial + 1] : [spatial + 1, spatial];
  return [...channels, ...shape.slice(0, spatial).keys()];
}

/** [channels·multiplier, 1, ...kernel]: ONNX counts filters over all groups. */
function perChannel({ shape }: Weight): readonly number[] {
  const [channels = 1, multiplier = 1] = shape.slice(-2);
  return [channels * multiplier, 1, ...shape.slice(0, -2)];
}

/** What is cut off and what is added stands in attributes: runtimes disagree on auto_pad where the kernel is small. */
const convTranspose: OnnxLowering<'conv_transpose'> = (node, at): readonly NodeMessage[] => {
  const windows = transposedWindows(inputOf(node).type, node.attributes);
  if (!windows.ok)
    throw new Error(`the window of ${node.name} does not fit: inference would have refused it`);
  const each = (amount: (window: TransposedWindow) => number) => windows.value.map(amount);
  const inputs = [at.read(inputOf(node), 'first').name, ...weightsOf(node, at)];
  const outputs = [at.write(outputOf(node), 'first')];
  const attributes = {
    kernel_shape: ints(each((w) => w.kernel)),
    strides: ints(each((w) => w.stride)),
    pads: ints([...each((w) => w.before), ...each((w) => w.after)]),
    output_padding: ints(each((w) => w.tail)),
  };
  return [nodeMessage('ConvTranspose', { name: node.name, inputs, outputs, attributes })];
};

/** Ops with a kernel, beside conv itself. */
export const kernels = {
  depthwise_conv: depthwiseConv,
  separable_conv: separableConv,
  conv_transpose: convTranspose,
} satisfies Partial<OnnxLowerings>;
