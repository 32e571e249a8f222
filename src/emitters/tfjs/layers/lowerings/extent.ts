import type { TypedNode } from '../../../../ir/graph.ts';
import { sidesPerAxis } from '../../../../ops/sides.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import type { Shape } from '../../../../tensor/shape.ts';
import { unsupported } from '../../../emitter.ts';
import type { Pads } from '../../border.ts';
import type { LayerLowerings } from '../context.ts';
import { crop, zeroPad } from '../resize.ts';
import { type Chain, helper, linear, own, reshape, type Step, targetShape, twoSymbols } from '../step.ts';

/** Ops that change how far the axes reach. */
export const extentLowerings = {
  pad: (node) => {
    const { mode, value, padding } = node.attributes;
    const x = node.inputs[0]!.type;
    if (mode !== 'constant' || value !== 0) return unsupported(onlyZeros);
    const amounts = sidesPerAxis(padding, x.shape.length);
    const [batch, ...others] = amounts;
    const channels = others.pop() ?? [0, 0];
    if (isSome(batch))
      return unsupported('it pads the batch, and a layer works on every item of a batch alike');
    const around = x.shape.length > 2 ? zeroPad(x.shape, others) : [];
    const behind = isSome(channels) ? padChannels(node, channels) : [];
    if (around === undefined || behind === undefined) return unsupported(twoSymbols);
    return named([...around, ...behind]);
  },

  crop: (node) => {
    const { shape } = node.inputs[0]!.type;
    const cropping = crop(shape, sidesPerAxis(node.attributes.cropping, shape.length - 2));
    return cropping === undefined ? unsupported(symbolicCrop) : named(cropping);
  },

  resize: (node) => {
    const { method, corners } = node.attributes;
    const factors = factorsOf(node);
    const exact = corners === 'asymmetric' || (corners === 'half_pixel' && method === 'nearest');
    if (!exact || factors === undefined) return unsupported(onlyUpSampling);
    const chain = upSampled(node.inputs[0]!.type.shape, factors, method);
    return chain === undefined ? unsupported(twoSymbols) : named(chain);
  },
} satisfies Pick<LayerLowerings, 'pad' | 'crop' | 'resize'>;

const onlyZeros = 'layers of the format pad with zeros only; the graph format has every mode and value';
const symbolicCrop =
  'Cropping2D of tf.js takes a size that is a symbol for zero. Give the input that size, or use the graph format';
// Resizing is no way out: it tells the layers behind it a shape without the batch (image_resizing.ts in tfjs-layers).
const onlyUpSampling =
  'the layers format resizes by UpSampling2D, which repeats positions or interpolates as `corners: asymmetric` says, and by whole numbers only; the graph format has every rule and size';

function isSome(pair: readonly [number, number] | undefined): boolean {
  return pair !== undefined && (pair[0] > 0 || pair[1] > 0);
}

/** The chain whose last layer has the node's name; where there is none, one that passes its input on. */
function named(chain: Chain): Chain {
  const last = chain.at(-1);
  return last === undefined ? [linear] : [...chain.slice(0, -1), own(last.className, last.config)];
}

/** Zeros as further channels: positions and channels are seen as the two axes of a map with one channel. */
function padChannels(node: TypedNode<'pad'>, pair: Pads[number]): Chain | undefined {
  const { shape } = node.outputs[0]!.type;
  const positions = shape.slice(1, -1).reduce<Dim>((n, d) => mul(n, d), 1);
  const map = targetShape([positions, node.inputs[0]!.type.shape.at(-1)!, 1]);
  const back = targetShape(shape.slice(1));
  if (map === undefined || back === undefined) return undefined;
  const padding = [[0, 0], pair];
  const pad = helper('channels_2', 'ZeroPadding2D', { padding, data_format: 'channels_last' });
  return [reshape('channels_1', map), pad, reshape('channels_3', back)];
}

/** What each spatial size is multiplied by; undefined where it is not shown to be a whole number. */
function factorsOf(node: TypedNode<'resize'>): readonly number[] | undefined {
  const before = node.inputs[0]!.type.shape.slice(1, -1);
  const after = node.outputs[0]!.type.shape.slice(1, -1);
  const scales = [node.attributes.scale ?? []].flat();
  const factors = before.map((d, axis) =>
    typeof d === 'number' ? Number(after[axis]) / d : Number(scales[axis]),
  );
  return factors.every((f) => Number.isInteger(f) && f > 0) ? factors : undefined;
}

type Method = TypedNode<'resize'>['attributes']['method'];

function upSampled(shape: Shape, factors: readonly number[], method: Method): Chain | undefined {
  const layer = (suffix: string, size: readonly number[]): Step =>
    helper(suffix, 'UpSampling2D', { size, interpolation: method, data_format: 'channels_last' });
  const [first = 1, second, third] = factors;
  if (third !== undefined) return upSampledVolume(shape, [first, second ?? 1, third], layer);
  if (second !== undefined) return [layer('resize', [first, second])];
  const [, length = 1, channels = 1] = shape;
  const map = targetShape([length, 1, channels]);
  const back = targetShape([mul(length, first), channels]);
  if (map === undefined || back === undefined) return undefined;
  return [reshape('resize_1', map), layer('resize_2', [first, 1]), reshape('resize_3', back)];
}

/** Depth and height as a map whose channels are rows of width·channels, then width. */
function upSampledVolume(
  [, depth = 1, height = 1, width = 1, channels = 1]: Shape,
  [deep, high, wide]: readonly [number, number, number],
  layer: (suffix: string, size: readonly number[]) => Step,
): Chain | undefined {
  const [tall, high2] = [mul(depth, deep), mul(height, high)];
  const rows = targetShape([depth, height, mul(width, channels)]);
  const columns = targetShape([mul(tall, high2), width, channels]);
  const back = targetShape([tall, high2, mul(width, wide), channels]);
  if (rows === undefined || columns === undefined || back === undefined) return undefined;
  return [
    reshape('resize_1', rows),
    layer('resize_2', [deep, high]),
    reshape('resize_3', columns),
    layer('resize_4', [1, wide]),
    reshape('resize_5', back),
  ];
}
