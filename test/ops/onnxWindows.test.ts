import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { type AttributeValue, int, ints, nodeMessage } from '../../src/emitters/onnx/nodeMessage.ts';
import { encode } from '../../src/emitters/onnx/wire/encode.ts';
import { sizeOf } from '../../src/emitters/onnx/wire/measure.ts';
import { attributeTypes, dataTypes, type Message } from '../../src/emitters/onnx/wire/messages.ts';
import { type AxisWindowSpec, axisWindow } from '../../src/tensor/window.ts';
import { blobBytes, floatsBlob } from '../../src/weights/blob.ts';

const plain: AxisWindowSpec = { kernel: 1, stride: 1, dilation: 1, padding: 'valid', ceil: false };

/**
 * Which position each tap of each window sees, as onnxruntime convolves: the numbers 1 to 9 by taps that weigh …, 100,
 * 10 and 1. The sum 120 is a window of three taps on the first position, the second and padding.
 */
async function convolved(size: number, taps: number, attributes: Attributes): Promise<readonly number[]> {
  const kernel = { name: 'w', dims: [1, 1, taps], data_type: dataTypes.FLOAT };
  const weights = Float32Array.from({ length: taps }, (_, tap) => 10 ** (taps - 1 - tap));
  return run('Conv', size, attributes, [{ ...kernel, raw_data: floatsBlob(weights) }]);
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Runs one operator of ONNX on the numbers 1, 2, … in a row. */
async function run(
  operator: string,
  size: number,
  attributes: Attributes,
  constants: readonly Message<'Tensor'>[] = [],
): Promise<readonly number[]> {
  const row = (name: string) => ({
    name,
    type: { tensor_type: { elem_type: dataTypes.FLOAT, shape: { dim: [1, 1, name].map(sizeOfAxis) } } },
  });
  const inputs = ['x', ...constants.map(({ name }) => String(name))];
  const model: Message<'Model'> = {
    ir_version: 8,
    graph: {
      name: operator,
      node: [nodeMessage(operator, { name: operator, inputs, outputs: ['y'], attributes })],
      initializer: constants,
      input: [row('x')],
      output: [row('y')],
    },
    opset_import: [{ domain: '', version: 17 }],
  };
  const bytes = blobBytes({ byteLength: sizeOf(model), chunks: () => encode(model) });
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const x = Float32Array.from({ length: size }, (_, i) => i + 1);
  const { y } = await session.run({ x: new Tensor('float32', x, [1, 1, size]) });
  await session.release();
  return [...(y!.data as Float32Array)];
}

function sizeOfAxis(size: number | string) {
  return typeof size === 'number' ? { dim_value: size } : { dim_param: size };
}

/** The same digits, from where axisWindow places the windows. */
function placed(size: number, spec: AxisWindowSpec): readonly number[] {
  const window = axisWindow(size, spec, 'wide');
  if (!window.ok) throw new Error(JSON.stringify(window.problems));
  const [output, before] = [Number(window.value.output), Number(window.value.before)];
  return Array.from({ length: output }, (_, window) =>
    Array.from({ length: spec.kernel }, (_, tap) => window * spec.stride - before + tap * spec.dilation)
      .map((position) => (position >= 0 && position < size ? position + 1 : 0))
      .reduce((digits, digit) => digits * 10 + digit, 0),
  );
}

const grid = [5, 8, 9].flatMap((size) =>
  [1, 2, 3, 4].flatMap((kernel) => [1, 2, 3].map((stride) => ({ size, kernel, stride }))),
);

describe('windows lie where onnxruntime lays them', () => {
  test.each([
    ['same', 'SAME_UPPER'],
    ['same_lower', 'SAME_LOWER'],
    ['valid', 'VALID'],
  ] as const)('%s is its %s', async (padding, mode) => {
    for (const { size, kernel, stride } of grid) {
      const spec = { ...plain, kernel, stride, padding };
      const auto_pad = { s: mode, type: attributeTypes.STRING };
      expect(await convolved(size, kernel, { auto_pad, strides: ints([stride]) })).toEqual(
        placed(size, spec),
      );
    }
  });

  test.each<[number, number]>([
    [1, 1],
    [0, 2],
    [3, 0],
  ])('pads of %d and %d, with every dilation that fits', async (before, after) => {
    for (const { size, kernel, stride } of grid) {
      for (const dilation of [1, 2].filter((d) => d * (kernel - 1) < size + before + after)) {
        const spec: AxisWindowSpec = { ...plain, kernel, stride, dilation, padding: [before, after] };
        const pads = ints([before, after]);
        const attributes = { pads, strides: ints([stride]), dilations: ints([dilation]) };
        expect(await convolved(size, kernel, attributes)).toEqual(placed(size, spec));
      }
    }
  });

  test.each([0, 1])('ceil is its ceil_mode, with pads of %d', async (pad) => {
    for (const { size, kernel, stride } of grid.filter((g) => g.kernel > pad)) {
      const spec: AxisWindowSpec = { ...plain, kernel, stride, padding: [pad, pad], ceil: true };
      const attributes = { kernel_shape: ints([kernel]), strides: ints([stride]), pads: ints([pad, pad]) };
      const maxima = await run('MaxPool', size, { ...attributes, ceil_mode: int(1) });
      expect(maxima).toEqual(placed(size, spec).map(largestDigit));
    }
  });
});

function largestDigit(digits: number): number {
  return Math.max(...[...String(digits)].map(Number));
}
