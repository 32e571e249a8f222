import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { type OnnxOptions, onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../../src/ir/graph.ts';
import { decodeModel, infoLines, modelBytes } from './decodeModel.ts';

/** A network of a map and a sequence, written in one order. */
function network(order: 'first' | 'last'): TypedGraph {
  const shape = order === 'first' ? '[1, 3, 4, 5]' : '[1, 4, 5, 3]';
  const { graph, diagnostics } = compile(
    `inception: 1\nname: net\nchannels: ${order}\ninputs: { image: ${shape}, words: [1, 6, 2] }\nnetwork:\n` +
      '  - { conv: { filters: 2, kernel: 3 }, from: image, name: map }\n  - { dense: 3, from: words, name: said }\n' +
      '  - { flatten: , from: map }\n  - { dense: 2, name: logits }\noutputs: [map, said, logits]\n',
  );
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return graph;
}

function ends(graph: TypedGraph, options: OnnxOptions): readonly string[] {
  const { graph: made } = decodeModel(modelBytes(emitOnnx(graph, options)));
  return [...infoLines(made.input), ...infoLines(made.output)];
}

const channelsLast = ['image: 1,4,5,3', 'words: 1,6,2', 'map: 1,2,3,2', 'said: 1,6,3', 'logits: 1,2'];

test.each([
  ['first', 'spec', ['image: 1,3,4,5', 'words: 1,6,2', 'map: 1,2,2,3', 'said: 1,6,3', 'logits: 1,2']],
  ['last', 'spec', channelsLast],
  ['first', 'nhwc', channelsLast],
  ['first', 'nchw', ['image: 1,3,4,5', 'words: 1,2,6', 'map: 1,2,2,3', 'said: 1,3,6', 'logits: 1,2']],
] as const)('written channels %s, layout %s', (order, layout, expected) => {
  expect(ends(network(order), { ...onnxDefaults, layout })).toEqual(expected);
});

async function run(graph: TypedGraph, image: Tensor): Promise<Readonly<Record<string, Tensor>>> {
  const session = await InferenceSession.create(modelBytes(emitOnnx(graph, onnxDefaults)), {
    intraOpNumThreads: 1,
  });
  const words = new Tensor(
    'float32',
    Float32Array.from({ length: 12 }, (_, i) => i / 7),
    [1, 6, 2],
  );
  const results = await session.run({ image, words });
  await session.release();
  return results;
}

/** The number at a place, the same whatever the order of axes is. */
const pixel = (h: number, w: number, c: number) => Math.sin(1 + h + 10 * w + 100 * c);

test('both give the same numbers, each in its order', async () => {
  const first = new Float32Array(60);
  const last = new Float32Array(60);
  for (let h = 0; h < 4; h++)
    for (let w = 0; w < 5; w++)
      for (let c = 0; c < 3; c++) {
        first[(c * 4 + h) * 5 + w] = pixel(h, w, c);
        last[(h * 5 + w) * 3 + c] = pixel(h, w, c);
      }
  const a = await run(network('first'), new Tensor('float32', first, [1, 3, 4, 5]));
  const b = await run(network('last'), new Tensor('float32', last, [1, 4, 5, 3]));
  for (const name of ['said', 'logits']) {
    expect(Array.from(a[name]?.data as Float32Array)).toEqual(Array.from(b[name]?.data as Float32Array));
  }
  const [mapFirst, mapLast] = [a.map?.data as Float32Array, b.map?.data as Float32Array];
  const at = [0, 1, 2].flatMap((w) => [0, 1].flatMap((h) => [0, 1].map((c) => ({ h, w, c }))));
  expect(at.map(({ h, w, c }) => mapFirst[(c * 2 + h) * 3 + w])).toEqual(
    at.map(({ h, w, c }) => mapLast[(h * 3 + w) * 2 + c]),
  );
});
