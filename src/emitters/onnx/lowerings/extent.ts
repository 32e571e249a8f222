import { ratioOf } from '../../../ops/ratio.ts';
import { sidesPerAxis } from '../../../ops/sides.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { arranged, axisIn } from '../layout.ts';
import { type AttributeValue, int, nodeMessage, string } from '../nodeMessage.ts';

const pad: OnnxLowering<'pad'> = (node, at) => {
  const x = inputOf(node);
  const { name, layout } = at.read(x, 'any');
  const { mode, value, padding } = node.attributes;
  const amounts = arranged(sidesPerAxis(padding, x.type.shape.length), layout);
  const pads = at.initialisers.int64s([
    ...amounts.map(([before]) => before),
    ...amounts.map(([, end]) => end),
  ]);
  const constant = mode === 'constant' ? [at.initialisers.scalar(value, x.type.dtype)] : [];
  return [
    nodeMessage('Pad', {
      name: node.name,
      inputs: [name, pads, ...constant],
      outputs: [at.write(outputOf(node), layout)],
      attributes: { mode: string(mode) },
    }),
  ];
};

/** ONNX takes an end beyond the axis for the end of the axis. */
const open = 2 ** 31 - 1;

const crop: OnnxLowering<'crop'> = (node, at) => {
  const x = inputOf(node);
  const { name, layout } = at.read(x, 'any');
  const rank = x.type.shape.length;
  const amounts = sidesPerAxis(node.attributes.cropping, rank - 2);
  const vectors = [
    amounts.map(([before]) => before),
    amounts.map(([, after]) => (after === 0 ? open : -after)),
    amounts.map((_, axis) => axisIn(layout, rank, axis + 1)),
  ];
  return [
    nodeMessage('Slice', {
      name: node.name,
      inputs: [name, ...vectors.map((v) => at.initialisers.int64s(v))],
      outputs: [at.write(outputOf(node), layout)],
    }),
  ];
};

const coordinates = {
  half_pixel: 'half_pixel',
  align: 'align_corners',
  asymmetric: 'asymmetric',
} as const;

/** ⌊p⌋ or ⌊p + ½⌋: with half_pixel TensorFlow takes ⌊(i + ½)·r⌋, which is p + ½ rounded down. */
const roundings = {
  half_pixel: 'round_prefer_ceil',
  align: 'round_prefer_ceil',
  asymmetric: 'floor',
} as const;

/** Always by sizes, which are exact; scales are float32, and the output their product rounded down. */
const resize: OnnxLowering<'resize'> = (node, at) => {
  const { method, corners } = node.attributes;
  const chain = new Chain(node, at);
  const x = at.read(inputOf(node), 'first').name;
  const attributes: Readonly<Record<string, AttributeValue>> = {
    mode: string(method === 'nearest' ? 'nearest' : 'linear'),
    coordinate_transformation_mode: string(coordinates[corners]),
    ...(method === 'nearest' ? { nearest_mode: string(roundings[corners]) } : {}),
  };
  const sizes = newShape(node, { x, chain, at });
  chain.add('Resize', 'resized', [x, '', '', sizes], attributes);
  return chain.end(outputOf(node), 'first');
};

/** The shape of the output: numbers as far as they are known, the rest from the shape of the input. */
function newShape(
  node: Parameters<typeof resize>[0],
  { x, chain, at }: { readonly x: string; readonly chain: Chain; readonly at: OnnxContext },
): string {
  const shape = arranged(outputOf(node).type.shape, 'first');
  if (shape.every((d) => typeof d === 'number')) return at.initialisers.int64s(shape);
  const scale = [node.attributes.scale ?? []].flat();
  const parts = shape.map((size, axis) => {
    if (typeof size === 'number') return at.initialisers.int64s([size]);
    const old = sizeOfAxis(axis);
    return axis < 2 ? old : scaled(old, scale[axis - 2] ?? 1);
  });
  return chain.add('Concat', 'shape', parts, { axis: int(0) });

  /** Shape has bounds from opset 15 on. */
  function sizeOfAxis(axis: number): string {
    if (at.opset >= 15) return chain.add('Shape', 'size', [x], { start: int(axis), end: int(axis + 1) });
    const place = at.initialisers.int64s([axis]);
    return chain.add('Gather', 'size', [chain.add('Shape', 'sizes', [x]), place], { axis: int(0) });
  }

  function scaled(size: string, written: number | string): string {
    const { numerator = 1, denominator = 1 } = ratioOf(written) ?? {};
    const product =
      numerator === 1 ? size : chain.add('Mul', 'scaled', [size, at.initialisers.int64s([numerator])]);
    return denominator === 1
      ? product
      : chain.add('Div', 'rounded', [product, at.initialisers.int64s([denominator])]);
  }
}

/** Ops that change how far the spatial axes reach. */
export const extent = { pad, crop, resize } satisfies Partial<OnnxLowerings>;
