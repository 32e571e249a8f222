import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { Problem } from '../../src/diagnostics/diagnostic.ts';
import { type GivenFile, weightsFromFile } from '../../src/emitters/weightsFromFile.ts';
import type { TypedGraph, Weight } from '../../src/ir/graph.ts';
import { parseNameMap, schemeMap } from '../../src/weights/nameMap.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { counting, nothingBeside, safetensorsFile, type Written } from './filledFile.ts';

function graphOf(steps: string, input = '[N, 4, 5, 3]'): TypedGraph {
  const text = `inception: 1\nname: net\ninputs: { x: ${input} }\nnetwork:\n${steps}`;
  const { graph, diagnostics } = compile(text, { name: 'net.yaml' });
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return graph;
}

function given(tensors: Readonly<Record<string, Written>>, more: Partial<GivenFile> = {}): GivenFile {
  return {
    name: 'w.safetensors',
    bytes: safetensorsFile(tensors),
    open: nothingBeside,
    names: schemeMap('ours'),
    allowMissing: false,
    allowUnexpected: false,
    ...more,
  };
}

const seeded = weightSource({ kind: 'init', seed: 0 })!;

function fitted(graph: TypedGraph, file: GivenFile) {
  const result = weightsFromFile(graph, file, seeded);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function problemsOf(graph: TypedGraph, file: GivenFile): readonly Problem[] {
  const result = weightsFromFile(graph, file, seeded);
  return result.ok ? [] : result.problems;
}

function weightOf(graph: TypedGraph, fullName: string): Weight {
  const found = graph.nodes.flatMap((n) => n.weights).find((w) => w.fullName === fullName);
  if (found === undefined) throw new Error(`there is no ${fullName}`);
  return found;
}

const torch = { names: schemeMap('torch') };

describe("PyTorch's layouts, by hand", () => {
  test('a kernel [filters, channels, height, width] becomes [height, width, channels, filters]', () => {
    const graph = graphOf('  - conv: { filters: 2, kernel: [1, 2], bias: false }\n    name: c\n');
    const { source } = fitted(graph, given({ 'c.weight': counting(2, 3, 1, 2) }, torch));
    // Filter f, channel c, column x is number 6f + 2c + x there, and stands at (x, c, f) here.
    expect([...source.values(weightOf(graph, 'c/kernel'))]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  });

  test('a depthwise kernel [channels·multiplier, 1, …] becomes [height, width, channels, multiplier]', () => {
    const graph = graphOf(
      '  - depthwise_conv: { kernel: [1, 2], multiplier: 2, bias: false }\n    name: c\n',
    );
    const { source } = fitted(graph, given({ 'c.weight': counting(6, 1, 1, 2) }, torch));
    // Channel c, multiple m, column x is number 2(2c + m) + x there, and stands at (x, c, m) here.
    expect([...source.values(weightOf(graph, 'c/depthwise_kernel'))]).toEqual([
      0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11,
    ]);
  });

  test('a transposed convolution has [channels, filters, height, width]', () => {
    const graph = graphOf('  - conv_transpose: { filters: 2, kernel: [1, 2], bias: false }\n    name: c\n');
    const { source } = fitted(graph, given({ 'c.weight': counting(3, 2, 1, 2) }, torch));
    // Channel c, filter f, column x is number 4c + 2f + x there, and stands at (x, f, c) here.
    expect([...source.values(weightOf(graph, 'c/kernel'))]).toEqual([0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11]);
  });

  test('a dense kernel [units, width] becomes [width, units]', () => {
    const graph = graphOf('  - dense: { units: 2, bias: false }\n    name: d\n', '[N, 3]');
    const { source } = fitted(graph, given({ 'd.weight': counting(2, 3) }, torch));
    expect([...source.values(weightOf(graph, 'd/kernel'))]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  test('behind a flatten its rows go from channel, height, width to height, width, channel', () => {
    const steps = '  - flatten\n  - relu\n  - dense: { units: 2, bias: false }\n    name: d\n';
    const graph = graphOf(steps, '[N, 2, 2, 3]');
    const { source } = fitted(graph, given({ 'd.weight': counting(2, 12) }, torch));
    // Row (y, x, c) here is number 4c + 2y + x of unit 0 there, and 12 more of unit 1.
    const first = [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11];
    expect([...source.values(weightOf(graph, 'd/kernel'))]).toEqual(first.flatMap((n) => [n, n + 12]));
  });

  test('and so do the numbers of a normalisation there, but not those of a second dense layer', () => {
    const steps =
      '  - flatten\n  - batch_norm: { scale: false, center: false }\n    name: n\n  - dense: { units: 12, bias: false }\n    name: d\n  - dense: { units: 1, bias: false }\n    name: e\n';
    const graph = graphOf(steps, '[N, 2, 2, 3]');
    const tensors = {
      'n.running_mean': counting(12),
      'n.running_var': counting(12),
      'd.weight': counting(12, 12),
      'e.weight': counting(1, 12),
    };
    const { source } = fitted(graph, given(tensors, torch));
    const mean = [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11];
    expect([...source.values(weightOf(graph, 'n/moving_mean'))]).toEqual(mean);
    expect([...source.values(weightOf(graph, 'e/kernel'))]).toEqual([...counting(12).values]);
  });
});

const named =
  '  - conv: { filters: 4, kernel: 3, padding: same, bias: false, norm: batch_norm }\n    name: conv1\n';
const inStem = `\
blocks:
  stem:
    - conv: { filters: 4, kernel: 3, bias: false, norm: { batch_norm: { scale: false } } }
      name: Conv2d_1a_3x3
`;

describe('names', () => {
  const vectors = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, counting(4)]));

  test.each([
    ['torchvision', 'conv1.weight', ['bn1.weight', 'bn1.bias', 'bn1.running_mean', 'bn1.running_var']],
    [
      'a module around the network',
      'module.conv1.weight',
      ['module.bn1.weight', 'module.bn1.bias', 'module.bn1.running_mean', 'module.bn1.running_var'],
    ],
    [
      'timm',
      'conv1.conv.weight',
      ['conv1.bn.weight', 'conv1.bn.bias', 'conv1.bn.running_mean', 'conv1.bn.running_var'],
    ],
    [
      'a Sequential',
      'conv1.0.weight',
      ['conv1.1.weight', 'conv1.1.bias', 'conv1.1.running_mean', 'conv1.1.running_var'],
    ],
  ])('torch: %s', (_, kernel, norm) => {
    const graph = graphOf(named);
    const file = given(
      { [kernel]: counting(4, 3, 3, 3), ...vectors(norm), 'bn1.num_batches_tracked': counting() },
      torch,
    );
    const { matched, unexpected } = fitted(graph, file);
    expect({ matched, unexpected }).toEqual({ matched: 5, unexpected: [] });
  });

  test.each([
    ['keras.applications', 'conv1_conv/kernel', 'conv1_bn'],
    ['with the suffix of variables', 'conv1/kernel:0', 'bn1'],
  ])('keras: %s', (_, kernel, norm) => {
    const parts = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => `${norm}/${part}`);
    const file = given({ [kernel]: counting(3, 3, 3, 4), ...vectors(parts) }, { names: schemeMap('keras') });
    expect(fitted(graphOf(named), file).matched).toBe(5);
  });

  test('slim: scopes, below the name of the network; a block of ours that it does not have; no optimiser', () => {
    const graph = compile(
      `inception: 1\nname: net\ninputs: { x: [N, 8, 8, 3] }\n${inStem}network:\n  - stem\n  - global_avg_pool\n  - dense: 2\n    name: Logits\n`,
    ).graph!;
    const scope = 'InceptionV4/Conv2d_1a_3x3';
    const tensors = {
      [`${scope}/weights`]: counting(3, 3, 3, 4),
      [`${scope}/weights/RMSProp`]: counting(3, 3, 3, 4),
      ...vectors(['beta', 'moving_mean', 'moving_variance'].map((part) => `${scope}/BatchNorm/${part}`)),
      'InceptionV4/Logits/weights': counting(4, 2),
      'InceptionV4/Logits/biases': counting(2),
      global_step: counting(),
    };
    const { matched, unexpected, source } = fitted(graph, given(tensors, { names: schemeMap('slim') }));
    expect({ matched, unexpected }).toEqual({ matched: 6, unexpected: [] });
    const kernel = graph.nodes.flatMap((n) => n.weights).find((w) => w.name === 'kernel')!;
    expect(source.values(kernel)).toEqual(counting(3, 3, 3, 4).values);
  });

  test('a mapping file: names of the file changed before a scheme holds, and names left out', () => {
    const map = parseNameMap(
      'names.yaml',
      "names: torch\nrename:\n  'features\\.(\\d+)\\.(.+)': 'conv\\1.\\2'\nignore: ['aux\\..*']\n",
    );
    if (!map.ok) throw new Error(JSON.stringify(map.problems));
    const graph = graphOf('  - conv: { filters: 2, kernel: 1 }\n    name: conv7\n');
    const tensors = {
      'features.7.weight': counting(2, 3, 1, 1),
      'features.7.bias': counting(2),
      'aux.weight': counting(9),
    };
    expect(fitted(graph, given(tensors, { names: map.value })).matched).toBe(2);
  });

  test.each([
    ['names: pytorch', '`names` is one of ours, torch, keras, slim'],
    ['layout: nchw', '`layout` is keras or torch'],
    ['renames: {}', '`renames` is not known'],
    ['rename: [a]', '`rename` gives a text for each pattern'],
    ['ignore: a', '`ignore` is a list of patterns'],
    ["ignore: ['a(']", '`a(` is no regular expression'],
    ['- a', 'it is no mapping'],
    ['', 'it is no mapping'],
  ])('a mapping file that says %j is refused', (text, reason) => {
    const map = parseNameMap('names.yaml', text);
    expect(map.ok ? [] : map.problems).toEqual([
      { name: 'weight-names', params: { file: 'names.yaml', reason } },
    ]);
  });
});

describe('what does not fit', () => {
  const graph = graphOf('  - conv: { filters: 2, kernel: 3 }\n    name: c\n');
  const right = { 'c/kernel': counting(3, 3, 3, 2), 'c/bias': counting(2) };
  const common = { file: 'w.safetensors', of: 2 };

  test('a weight that is not there, and a tensor that is no weight', () => {
    const file = given({ 'c/kernel': right['c/kernel'], 'b/bias': counting(2) });
    expect(problemsOf(graph, file)).toEqual([
      { name: 'weights-missing', params: { ...common, items: ['c/bias'], scheme: undefined } },
      { name: 'weights-unexpected', params: { ...common, items: ['b/bias [2]'] } },
    ]);
  });

  test.each([
    ['c.weight', 'torch'],
    ['net/c/weights', 'slim'],
    ['conv2d/kernel', 'keras'],
  ] as const)('a name as %s points to the scheme %s', (name, scheme) => {
    const [missing] = problemsOf(graph, given({ [name]: counting(1) }));
    expect(missing?.params.scheme).toBe(scheme);
  });

  test('another shape', () => {
    const file = given({ ...right, 'c/bias': counting(3) });
    expect(problemsOf(graph, file)).toEqual([
      {
        name: 'weights-shape',
        params: { ...common, layout: 'keras', items: ['c/bias: [3] in the file, [2] here'] },
      },
    ]);
  });

  test('axes in the order of PyTorch under our names, and in that of Keras under its names', () => {
    const shapes = '[2, 3, 3, 3] in the file, [3, 3, 3, 2] here';
    expect(problemsOf(graph, given({ ...right, 'c/kernel': counting(2, 3, 3, 3) }))).toEqual([
      { name: 'weights-transposed', params: { ...common, layout: 'keras', items: [`c/kernel: ${shapes}`] } },
    ]);
    const file = given({ 'c.weight': counting(3, 3, 3, 2), 'c.bias': counting(2) }, torch);
    expect(problemsOf(graph, file).map(({ name }) => name)).toEqual(['weights-transposed']);
  });

  test('allowed: missing weights are drawn, tensors left alone', () => {
    const file = given(
      { 'c/bias': counting(2), b: counting(1) },
      { allowMissing: true, allowUnexpected: true },
    );
    const { source, matched, missing, unexpected } = fitted(graph, file);
    expect({ matched, missing, unexpected }).toEqual({
      matched: 1,
      missing: ['c/kernel'],
      unexpected: ['b'],
    });
    const kernel = weightOf(graph, 'c/kernel');
    expect(source.values(kernel)).toEqual(seeded.values(kernel));
  });

  test('a wrong shape stays wrong, whatever is allowed', () => {
    const file = given({ ...right, 'c/bias': counting(3) }, { allowMissing: true, allowUnexpected: true });
    expect(problemsOf(graph, file).map(({ name }) => name)).toEqual(['weights-shape']);
  });
});

test('a 1×1 kernel may be kept as a matrix', () => {
  const graph = graphOf('  - conv: { filters: 2, kernel: 1, bias: false }\n    name: c\n');
  const { source } = fitted(graph, given({ 'c.weight': counting(2, 3) }, torch));
  expect([...source.values(weightOf(graph, 'c/kernel'))]).toEqual([0, 3, 1, 4, 2, 5]);
});

test('nothing but the header is read to compare, and one tensor at a time to write', () => {
  const graph = graphOf('  - conv: { filters: 2, kernel: 3 }\n    name: c\n');
  const file = given({ 'c/kernel': counting(3, 3, 3, 2), 'c/bias': counting(2) });
  const reads: [number, number][] = [];
  const bytes = {
    byteLength: file.bytes.byteLength,
    read: (start: number, length: number) => {
      reads.push([start, length]);
      return file.bytes.read(start, length);
    },
  };
  const header = file.bytes.byteLength - 4 * (54 + 2) - 8;
  const { source } = fitted(graph, { ...file, bytes });
  expect(reads).toEqual([
    [0, 8],
    [8, header],
  ]);
  expect([...source.blob(weightOf(graph, 'c/bias')).chunks()]).toHaveLength(1);
  expect(reads.slice(2)).toEqual([[8 + header + 4 * 54, 8]]);
});

test.each([
  ['model.h5', [0x89, 0x48, 0x44, 0x46], 'it is HDF5, as Keras saves it'],
  ['model.pt', [0x50, 0x4b, 3, 4], 'it is a zip archive, as PyTorch and Keras save them'],
  ['model.bin', [0x80, 2], 'it is a Python pickle, as older versions of PyTorch save it'],
  ['model.xyz', [], 'its ending names no format'],
])('%s is no file of weights', (name, start, what) => {
  const bytes = { byteLength: start.length, read: () => Uint8Array.from(start) };
  expect(problemsOf(graphOf('  - relu\n'), given({}, { name, bytes }))).toEqual([
    {
      name: 'unreadable-weights',
      params: {
        file: name,
        reason: `${what}; weights are read from .safetensors, .safetensors.index.json, model.json of tf.js and .onnx`,
      },
    },
  ]);
});
