import { expect, test } from 'vitest';
import { lowerGraph } from '../../../src/emitters/onnx/lower.ts';
import { type OnnxOptions, onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { compileText } from '../../golden/compileSpec.ts';

/** The model of a network that gives the mean of each channel of its input. */
function model(inputs: string, options: Partial<OnnxOptions> = {}, head = '') {
  const steps = 'network:\n  - { global_avg_pool: {}, name: y }\n';
  const text = `inception: 1\nname: net\n${head}inputs:\n${inputs}\n${steps}`;
  const { graph, diagnostics } = compileText(text, 'net.yaml');
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  const lowered = lowerGraph(graph, { ...onnxDefaults, ...options });
  if (!lowered.ok) throw new Error('not lowered');
  const { metadata_props: props = [], ...rest } = lowered.model;
  const [input] = rest.graph?.input ?? [];
  return {
    ...rest,
    props: props.map(({ key, value }) => [key, value]),
    input,
    denotation: input?.type?.denotation,
    axes: (input?.type?.tensor_type?.shape?.dim ?? []).map((dim) => dim.denotation),
  };
}

const endPoints = ['end_points', '{"y":"y"}'];

test('title and sources are the documentation of the model', () => {
  const head = 'title: A net\nsource:\n  - https://arxiv.org/abs/1602.07261\n  - table 3\n';
  const { doc_string, props } = model('  x: [N, 4, 4, 8]', {}, head);
  expect(doc_string).toBe('A net\n* https://arxiv.org/abs/1602.07261\n* table 3');
  expect(props).toContainEqual(['references', '["https://arxiv.org/abs/1602.07261","table 3"]']);
  expect(model('  x: [N, 4, 4, 8]').doc_string).toBe(undefined);
});

test('one source is a list of one', () => {
  const { doc_string, props } = model('  x: [N, 4, 4, 8]', {}, 'source: table 3\n');
  expect(doc_string).toBe('* table 3');
  expect(props).toContainEqual(['references', '["table 3"]']);
});

test('an input says in which order its axes are, and what its numbers mean', () => {
  const { props, input } = model(
    '  x: { shape: [N, 4, 4, 8], range: [0, 2], mean: [1], std: [3], description: depth in metres }',
    { layout: 'nchw' },
  );
  expect(props).toEqual([
    endPoints,
    ['inputs', '{"x":{"range":[0,2],"mean":[1],"std":[3],"description":"depth in metres","layout":"nchw"}}'],
  ]);
  expect(input?.doc_string).toBe('depth in metres');
  expect(input?.type?.denotation).toBe(undefined);
});

// docs/TypeDenotation.md, DimensionDenotation.md and MetadataProps.md of onnx/onnx.
test.each([
  ['[0, 255]', 'NominalRange_0_255'],
  ['[0, 1]', 'Normalized_0_1'],
  ['[-1, 1]', 'Normalized_1_1'],
])('an image with numbers in %s', (range, nominal) => {
  const inputs = `  image: { shape: [N, 4, 4, 3], range: ${range} }`;
  const { props, denotation, axes } = model(inputs);
  expect(denotation).toBe('IMAGE');
  expect(axes).toEqual(['DATA_BATCH', 'DATA_FEATURE', 'DATA_FEATURE', 'DATA_CHANNEL']);
  expect(props.slice(2)).toEqual([['Image.NominalPixelRange', nominal]]);
  expect(model(inputs, { layout: 'nchw' }).axes).toEqual([
    'DATA_BATCH',
    'DATA_CHANNEL',
    'DATA_FEATURE',
    'DATA_FEATURE',
  ]);
});

test('a grey image', () => {
  const { props } = model('  image: { shape: [N, 4, 4, 1], range: [0, 1] }');
  expect(props.slice(2)).toEqual([
    ['Image.BitmapPixelFormat', 'Gray8'],
    ['Image.NominalPixelRange', 'Normalized_0_1'],
  ]);
});

test('an image from which a mean is taken has no nominal range', () => {
  const { props, denotation } = model('  image: { shape: [N, 4, 4, 3], mean: [0.5], std: [0.5] }');
  expect(denotation).toBe('IMAGE');
  expect(props.map(([key]) => key)).toEqual(['end_points', 'inputs']);
});

test('a map of which nothing is said is no image', () => {
  const { props, denotation, axes } = model('  x: [N, 4, 4, 3]');
  expect([denotation, ...axes]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(props).toEqual([endPoints, ['inputs', '{"x":{"layout":"nhwc"}}']]);
});

test('what differs between two images is not said of both', () => {
  const text = `
inception: 1
name: net
inputs:
  a: { shape: [N, 4, 4, 1], range: [0, 1] }
  b: { shape: [N, 4, 4, 1], range: [0, 255] }
network:
  - add: [a, b]
`;
  const lowered = lowerGraph(compileText(text, 'net.yaml').graph!, onnxDefaults);
  const props = lowered.ok ? lowered.model.metadata_props : [];
  expect(props?.slice(2)).toEqual([{ key: 'Image.BitmapPixelFormat', value: 'Gray8' }]);
});
