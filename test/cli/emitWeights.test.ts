import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

const specs = { 'net.yaml': smallSpec };

/** A folder with the spec, and its weights under seed 4 in every form that is read. */
function folderWithModels(): string {
  const cwd = folderWith(specs);
  for (const [target, output] of [
    ['safetensors', 'w.safetensors'],
    ['onnx', 'w.onnx'],
    ['tfjs', 'w'],
  ] as const) {
    runCli(['emit', 'net.yaml', '-t', target, '-o', output, '--seed', '4'], { cwd });
  }
  return cwd;
}

test('safetensors: our names and shapes in the header, and nothing but the tensors after it', () => {
  const cwd = folderWith(specs);
  const run = runCli(['emit', 'net.yaml', '-t', 'safetensors', '-o', 'w.safetensors'], { cwd });
  expect(run.status).toBe(0);
  const bytes = readFileSync(join(cwd, 'w.safetensors'));
  const length = Number(bytes.readBigUInt64LE(0));
  // A conv of 3·3·3·8 and 8 numbers, and a dense layer of 8·10 and 10.
  expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toEqual({
    __metadata__: { producer: 'inception-cli v0.1.0', network: 'small' },
    'conv_1/kernel': { dtype: 'F32', shape: [3, 3, 3, 8], data_offsets: [0, 864] },
    'conv_1/bias': { dtype: 'F32', shape: [8], data_offsets: [864, 896] },
    'logits/kernel': { dtype: 'F32', shape: [8, 10], data_offsets: [896, 1216] },
    'logits/bias': { dtype: 'F32', shape: [10], data_offsets: [1216, 1256] },
  });
  expect([length % 8, bytes.length]).toEqual([0, 8 + length + 1256]);
});

test('safetensors: without weights there is nothing to write, and another ending is refused', () => {
  const cwd = folderWith(specs);
  const args = ['emit', 'net.yaml', '-t', 'safetensors', '-o'];
  expect(runCli([...args, 'w.safetensors', '--weights', 'none'], { cwd })).toMatchObject({ status: 1 });
  expect(runCli([...args, 'w.bin'], { cwd })).toMatchObject({
    status: 2,
    err: 'error: --output w.bin: name a file that ends in .safetensors\n',
  });
  expect(readdirSync(cwd)).toEqual(['net.yaml']);
});

test('every form of the weights gives the same model again', () => {
  const cwd = folderWithModels();
  for (const [i, file] of ['w.safetensors', 'w.onnx', 'w', 'w/model.json'].entries()) {
    const run = runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', `${i}.onnx`, '--weights', file], { cwd });
    expect(run).toMatchObject({ status: 0, out: '' });
    expect(run.err.split('\n')[0]).toBe(`4 weights from ${file}`);
    expect(readFileSync(join(cwd, `${i}.onnx`)).equals(readFileSync(join(cwd, 'w.onnx')))).toBe(true);
  }
});

test('a checkpoint in several files, by its index or its folder, as Hugging Face writes it', () => {
  const cwd = folderWithModels();
  const whole = readFileSync(join(cwd, 'w.safetensors'));
  const start = 8 + Number(whole.readBigUInt64LE(0));
  // The convolution's 896 bytes in one file, the dense layer's 360 in another, with offsets of its own.
  const shards = {
    'model-00001-of-00002.safetensors': shard(whole.subarray(start, start + 896), {
      'conv_1/kernel': { dtype: 'F32', shape: [3, 3, 3, 8], data_offsets: [0, 864] },
      'conv_1/bias': { dtype: 'F32', shape: [8], data_offsets: [864, 896] },
    }),
    'model-00002-of-00002.safetensors': shard(whole.subarray(start + 896), {
      'logits/kernel': { dtype: 'F32', shape: [8, 10], data_offsets: [0, 320] },
      'logits/bias': { dtype: 'F32', shape: [10], data_offsets: [320, 360] },
    }),
  };
  const [first, second] = Object.keys(shards);
  const weight_map = {
    'conv_1/bias': first,
    'conv_1/kernel': first,
    'logits/bias': second,
    'logits/kernel': second,
  };
  mkdirSync(join(cwd, 'hub'));
  const index = JSON.stringify({ metadata: { total_size: 1256 }, weight_map });
  writeFileSync(join(cwd, 'hub/model.safetensors.index.json'), index);
  for (const [name, bytes] of Object.entries(shards)) writeFileSync(join(cwd, 'hub', name), bytes);
  for (const [i, given] of ['hub', 'hub/model.safetensors.index.json'].entries()) {
    const run = runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', `${i}.onnx`, '--weights', given], { cwd });
    expect(run.err.split('\n')[0]).toBe(`4 weights from ${given}`);
    expect(readFileSync(join(cwd, `${i}.onnx`)).equals(readFileSync(join(cwd, 'w.onnx')))).toBe(true);
  }
});

function shard(tensors: Uint8Array, header: object): Uint8Array {
  const text = JSON.stringify(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, Buffer.from(text), tensors]);
}

test('a model of tf.js in more files than are kept open', () => {
  const cwd = folderWithModels();
  const shards = ['emit', 'net.yaml', '-t', 'tfjs', '-o', 'many', '--seed', '4', '--shard-bytes', '10'];
  expect(runCli(shards, { cwd }).status).toBe(0);
  expect(readdirSync(join(cwd, 'many'))).toHaveLength(1 + 126);
  const args = ['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', '--weights', 'many'];
  expect(runCli(args, { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'x.onnx')).equals(readFileSync(join(cwd, 'w.onnx')))).toBe(true);
});

test('the graph format of tf.js, which computes with weights before they are written, takes them too', () => {
  const cwd = folderWithModels();
  const args = ['emit', 'net.yaml', '-t', 'tfjs', '--tfjs-format', 'graph', '-o'];
  runCli([...args, 'seeded', '--seed', '4'], { cwd });
  expect(runCli([...args, 'given', '--weights', 'w.safetensors'], { cwd }).status).toBe(0);
  const filesOf = (folder: string) =>
    readdirSync(join(cwd, folder)).map((name) => [name, readFileSync(join(cwd, folder, name))]);
  expect(filesOf('given')).toHaveLength(2);
  expect(filesOf('given')).toEqual(filesOf('seeded'));
});

test('a file may be replaced by what is made of it', () => {
  const cwd = folderWithModels();
  const before = readFileSync(join(cwd, 'w.safetensors'));
  const args = ['emit', 'net.yaml', '-t', 'safetensors', '-o', 'w.safetensors', '--weights', 'w.safetensors'];
  expect(runCli([...args, '--force'], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'w.safetensors')).equals(before)).toBe(true);
});

test('weights that do not fit: what is wrong, status 1, and nothing is written', () => {
  const cwd = folderWithModels();
  const args = [
    'emit',
    'net.yaml',
    '-t',
    'onnx',
    '-o',
    'x.onnx',
    '--weights',
    'w.safetensors',
    '--set',
    'classes=3',
  ];
  expect(runCli(args, { cwd })).toEqual({
    status: 1,
    out: '',
    err: [
      'error[INC504] 2 tensors of w.safetensors have another shape: logits/kernel: [8, 10] in the file, [8, 3] here; logits/bias: [10] in the file, [3] here',
      '',
      '1 error',
      'nothing was written',
      '',
    ].join('\n'),
  });
  expect(readdirSync(cwd)).not.toContain('x.onnx');
});

test('another last layer: a mapping file leaves it out, and it is drawn', () => {
  const cwd = folderWithModels();
  writeFileSync(join(cwd, 'names.yaml'), "ignore: ['logits/.*']\n");
  const args = [
    'emit',
    'net.yaml',
    '-t',
    'onnx',
    '-o',
    'x.onnx',
    '--weights',
    'w.safetensors',
    '--set',
    'classes=3',
  ];
  const named = [...args, '--names', 'names.yaml'];
  expect(runCli(named, { cwd }).err).toContain('error[INC502] 2 of 4 weights are not in w.safetensors');
  const { status, err } = runCli([...named, '--allow-missing'], { cwd });
  expect(status).toBe(0);
  expect(err.split('\n')[0]).toBe('2 weights from w.safetensors, 2 drawn');
});

test.each([['--names', 'torch'], ['--allow-missing'], ['--allow-unexpected']])(
  '%s without a file is refused',
  (...option) => {
    const cwd = folderWith(specs);
    expect(runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', ...option], { cwd })).toMatchObject({
      status: 2,
      err: `error: ${option[0]} says how a file of weights is read; --weights names no file\n`,
    });
  },
);

describe('files that cannot be read: why, status 2, and nothing is written', () => {
  const cut = (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 3);
  const huge = (bytes: Uint8Array) => bytes.with(7, 255);

  test.each([
    ['cut.safetensors', cut, 'its tensors take 1256 bytes, but only 1253 follow the header: it is cut short'],
    [
      'huge.safetensors',
      huge,
      /^its first 8 bytes announce a header of 183\d{17} bytes, more than the 100000000 that the format allows$/,
    ],
    ['empty.safetensors', () => new Uint8Array(0), 'it has 0 bytes; the length of the header alone takes 8'],
  ] as const)('%s', (name, spoilt, reason) => {
    const cwd = folderWithModels();
    writeFileSync(join(cwd, name), spoilt(new Uint8Array(readFileSync(join(cwd, 'w.safetensors')))));
    const { status, err } = runCli(['emit', 'net.yaml', '-t', 'tfjs', '-o', 'x', '--weights', name], { cwd });
    expect(status).toBe(2);
    const [first = '', ...rest] = err.split('\n');
    const beginning = `error[INC501] cannot read weights from ${name}: `;
    expect(first.startsWith(beginning)).toBe(true);
    expect(first.slice(beginning.length)).toMatch(reason);
    expect(rest).toEqual(['', '1 error', 'nothing was written', '']);
    expect(readdirSync(cwd)).not.toContain('x');
  });

  test.each([
    ['nowhere.onnx', 'there is no such file or folder'],
    ['folder', 'there is no such file or folder', 'folder/model.json'],
    [
      'net.yaml',
      'its ending names no format; weights are read from .safetensors, .safetensors.index.json, model.json of tf.js and .onnx',
    ],
  ])('%s', (name, reason, called = name) => {
    const cwd = folderWith(specs);
    mkdirSync(join(cwd, 'folder'));
    expect(runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', '--weights', name], { cwd })).toEqual({
      status: 2,
      out: '',
      err: `error[INC501] cannot read weights from ${called}: ${reason}\n\n1 error\nnothing was written\n`,
    });
  });

  test('a mapping file that is not there', () => {
    const cwd = folderWithModels();
    const args = [
      'emit',
      'net.yaml',
      '-t',
      'onnx',
      '-o',
      'x.onnx',
      '--weights',
      'w.onnx',
      '--names',
      'pytorch',
    ];
    const { status, err } = runCli(args, { cwd });
    expect(status).toBe(2);
    expect(err).toContain(
      'error[INC508] pytorch does not say how weights are called: there is no such file or folder, and it is no scheme of names',
    );
  });
});

test('--weights-dtype: a smaller file, and how far its weights can be off', () => {
  const cwd = folderWith(specs);
  const args = ['emit', 'net.yaml', '-t', 'tfjs', '-o', 'w', '--weights-dtype', 'uint8'];
  const run = runCli([...args, '--weights-dtype', 'logits/*=float16'], { cwd });
  // The kernel of the conv takes a byte for each of 3·3·3·8 numbers, its bias four for each of 8; the dense layer has
  // 8·10 and 10 of two bytes.
  expect(run.err).toContain('wrote w/group1-shard1of1.bin  428 bytes');
  // A Glorot uniform kernel of 3·3·3 in and 3·3·8 out reaches to √(6/99) = 0.246: 255 steps of at most 0.00193.
  expect(run.err.split('\n').at(-2)).toBe('uint8: no weight is off by more than 0.00096 (conv_1/kernel)');
  expect(run.status).toBe(0);
  const again = runCli(['emit', 'net.yaml', '-t', 'onnx', '-o', 'x.onnx', '--weights', 'w'], { cwd });
  expect(again).toMatchObject({ status: 0, out: '' });
});

test('--weights-dtype with --external-data: the second file holds what is stored', () => {
  const wide = 'inception: 1\nname: wide\ninputs: { x: [N, 64] }\nnetwork:\n  - dense: 64\n';
  const cwd = folderWith({ 'wide.yaml': wide });
  const args = ['emit', 'wide.yaml', '-t', 'onnx', '-o', 'w.onnx', '--external-data'];
  expect(runCli([...args, '--weights-dtype', 'uint16'], { cwd }).err).toContain('w.onnx.data  8,192 bytes');
  expect(runCli([...args, '--weights-dtype', 'uint8', '--force'], { cwd }).err).toContain(
    'w.onnx.data  4,096 bytes',
  );
});

test.each([
  [
    ['-t', 'shapes', '-o', '-', '--weights-dtype', 'float16'],
    2,
    'error: --weights-dtype is not an option of --target shapes\n',
  ],
  [
    ['-t', 'onnx', '-o', 'x.onnx', '--weights', 'none', '--weights-dtype', 'float16'],
    2,
    'error: --weights-dtype says how weights are stored; with --weights none there are none\n',
  ],
  [
    ['-t', 'safetensors', '-o', 'w.safetensors', '--weights-dtype', 'uint8'],
    1,
    'error[INC403] the safetensors target does not know --weights-dtype uint8; it knows float32, float16, bfloat16, as it has no place for the scale of whole numbers\n',
  ],
  [
    ['-t', 'onnx', '-o', 'x.onnx', '--weights-dtype', 'conv=float16'],
    1,
    'error[INC510] no weight of the network is called conv\n',
  ],
])('%j is refused', (args, status, message) => {
  const cwd = folderWith(specs);
  const run = runCli(['emit', 'net.yaml', ...args], { cwd });
  expect(run.status).toBe(status);
  expect(run.err).toContain(message);
  expect(readdirSync(cwd)).toEqual(['net.yaml']);
});
