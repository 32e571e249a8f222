import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { encode } from '../../../../src/emitters/onnx/wire/encode.ts';
import { sizeOf } from '../../../../src/emitters/onnx/wire/measure.ts';
import { attributeTypes, dataTypes, type Message } from '../../../../src/emitters/onnx/wire/messages.ts';
import { blobBytes, floatsBlob } from '../../../../src/weights/blob.ts';

test('onnxruntime runs a model that is written here', async () => {
  const model: Message<'Model'> = {
    ir_version: 8,
    producer_name: 'test',
    graph: {
      node: [
        { op_type: 'Add', name: 'shift', input: ['x', 'one'], output: ['shifted'] },
        {
          op_type: 'Gemm',
          name: 'dense',
          input: ['shifted', 'kernel', 'bias'],
          output: ['y'],
          attribute: [
            { name: 'alpha', f: 0.5, type: attributeTypes.FLOAT },
            { name: 'transB', i: 1, type: attributeTypes.INT },
          ],
        },
      ],
      name: 'tiny',
      initializer: [
        weight('one', [2], [1, 1]),
        weight('kernel', [3, 2], [1, 2, 3, 4, 5, 6]),
        weight('bias', [3], [10, 20, 30]),
      ],
      input: [value('x', ['N', 2])],
      output: [value('y', ['N', 3])],
    },
    opset_import: [{ domain: '', version: 17 }],
    metadata_props: [{ key: 'note', value: 'a test' }],
  };
  const session = await InferenceSession.create(
    blobBytes({ byteLength: sizeOf(model), chunks: () => encode(model) }),
  );
  const { y } = await session.run({ x: new Tensor('float32', [0, 1, 2, 3], [2, 2]) });
  // 0.5 · ([1, 2], [3, 4]) · kernelᵀ + bias
  expect(y!.dims).toEqual([2, 3]);
  expect([...(y!.data as Float32Array)]).toEqual([12.5, 25.5, 38.5, 15.5, 32.5, 49.5]);
});

function weight(name: string, dims: readonly number[], values: readonly number[]): Message<'Tensor'> {
  return { name, dims, data_type: dataTypes.FLOAT, raw_data: floatsBlob(Float32Array.from(values)) };
}

function value(name: string, sizes: readonly (number | string)[]): Message<'ValueInfo'> {
  const dim = sizes.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: dataTypes.FLOAT, shape: { dim } } } };
}
