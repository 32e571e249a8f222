import { expect, test } from 'vitest';
import { bytesInMemory } from '../../src/weights/fileBytes.ts';
import { readSafetensorsIndex } from '../../src/weights/readSafetensorsIndex.ts';
import { counting, safetensorsFile } from './filledFile.ts';

function read(index: string, files: Readonly<Record<string, ReturnType<typeof safetensorsFile>>>) {
  const text = bytesInMemory(new TextEncoder().encode(index));
  return readSafetensorsIndex(text, (path) => files[path] ?? 'there is no such file');
}

const files = {
  'a.safetensors': safetensorsFile({ one: counting(2), spare: counting(1) }),
  'b.safetensors': safetensorsFile({ two: counting(3) }),
  'c.safetensors': bytesInMemory(Uint8Array.of(1)),
};

test('each tensor comes from the file that the index names; what it does not name is left out', () => {
  const both = read('{"weight_map":{"one":"a.safetensors","two":"b.safetensors"}}', files);
  expect(both.ok && both.tensors.map(({ name, shape }) => [name, shape])).toEqual([
    ['one', [2]],
    ['two', [3]],
  ]);
});

const none = 'it has no `weight_map` that names a file for each tensor';

test.each([
  ['{', none],
  ['null', none],
  ['[]', none],
  ['{"weight_map":{}}', none],
  ['{"weight_map":{"one":1}}', none],
  ['{"weight_map":{"one":"b.safetensors"}}', 'b.safetensors does not hold "one", which the index says'],
  ['{"weight_map":{"one":"d.safetensors"}}', 'd.safetensors: there is no such file'],
  [
    '{"weight_map":{"one":"c.safetensors"}}',
    'c.safetensors: it has 1 bytes; the length of the header alone takes 8',
  ],
])('%s is refused', (index, reason) => {
  expect(read(index, files)).toEqual({ ok: false, reason });
});
