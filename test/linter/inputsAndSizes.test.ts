import { describe, expect, test } from 'vitest';
import { applyFixes } from '../../src/linter/applyFixes.ts';
import { findingsOf, messagesOf, network } from './findings.ts';

describe('an image whose channels stand at the other end', () => {
  const conv = '  - conv: { filters: 8, kernel: 1 }\n    name: c\n';
  const swapped = (shape: string, channels: string) =>
    findingsOf('INC803', network(conv, { shape, more: `channels: ${channels}\n` })).map(({ help }) => help);

  test.each([
    ['[N, 3, 224, 224]', 'last', 'first', '[N, 224, 224, 3]'],
    ['[N, 3, H, 64]', 'last', 'first', '[N, H, 64, 3]'],
    ['[N, 1, 28, 28]', 'last', 'first', '[N, 28, 28, 1]'],
    ['[N, 224, 200, 3]', 'first', 'last', '[N, 3, 224, 200]'],
    ['[N, 28, 28, 1]', 'first', 'last', '[N, 1, 28, 28]'],
  ])('%s with channels %s', (shape, channels, other, repaired) => {
    expect(swapped(shape, channels)).toEqual([
      `write \`channels: ${other}\` at the top of the file, or the shape as ${repaired}`,
    ]);
  });

  test.each([
    ['[N, 224, 224, 3]', 'last'],
    ['[N, 3, 224, 224]', 'first'],
    ['[N, 3, 3, 64]', 'last'],
    ['[N, 1, 100, 64]', 'last'],
    ['[N, 3, 8, 4]', 'last'],
    ['[N, 7, 7, 512]', 'last'],
    ['[N, 3, 224]', 'last'],
  ])('%s with channels %s is as it should be', (shape, channels) => {
    expect(swapped(shape, channels)).toEqual([]);
  });
});

describe('what is not said of an input', () => {
  const dense = (inputs: string) =>
    `inception: 1\nname: test\ninputs:${inputs}network:\n  - dense: 4\n    name: d\n`;

  test.each([
    [' { x: [N, 4] }\n', ' { x: { shape: [N, 4], dtype: float32 } }\n'],
    [' { x: { shape: [N, 4] } }\n', ' { x: { shape: [N, 4], dtype: float32 } }\n'],
    ['\n  x: [N, 4]\n', '\n  x: { shape: [N, 4], dtype: float32 }\n'],
    ['\n  x:\n    shape: [N, 4]\n', '\n  x:\n    shape: [N, 4]\n'],
  ])('the dtype of%s', (inputs, repaired) => {
    const text = dense(inputs);
    const found = findingsOf('INC804', text);
    expect(found.map(({ params }) => params.name)).toEqual(['x']);
    expect(applyFixes({ name: 'test.yaml', text }, found, ({ safety }) => safety === 'safe').text).toBe(
      dense(repaired),
    );
  });

  test('a dtype that is there', () => {
    expect(messagesOf('INC804', dense(' { x: { shape: [N, 4], dtype: float32 } }\n'))).toEqual([]);
  });

  test.each([
    ['RGB', 0],
    ['"pixels, BGR as OpenCV reads them"', 0],
    ['A photograph', 1],
    ['Argbot', 1],
  ])('the order of colours in the description %s', (description, count) => {
    const text = network('  - conv: { filters: 8, kernel: 1 }\n    name: c\n', {
      shape: `[N, 8, 8, 3], description: ${description}`,
    });
    expect(findingsOf('INC805', text)).toHaveLength(count);
  });

  test.each(['[N, 8, 8, 1]', '[N, 8, 8, 4]', '[N, 8, 3]'])('%s has no three colours', (shape) => {
    expect(findingsOf('INC805', network('  - dense: 8\n    name: c\n', { shape }))).toEqual([]);
  });
});

describe('widths', () => {
  const conv = (filters: number, name: string) =>
    `  - conv: { filters: ${filters}, kernel: 1 }\n    name: ${name}\n`;

  test('inside the network, not of its last layer', () => {
    const found = findingsOf(
      'INC806',
      network(`${conv(33, 'a')}  - relu\n${conv(10, 'b')}  - softmax: -1\n`),
    );
    expect(found.map(({ message, help }) => [message, help])).toEqual([
      ['this conv gives 33 channels, which is not a multiple of 8', 'use 32 or 40'],
    ]);
    expect(findingsOf('INC806', network(`${conv(3, 'a')}${conv(8, 'b')}`)).map(({ help }) => help)).toEqual([
      'use 8',
    ]);
  });

  test('of a map that many ways lead from, before anything that reads it', () => {
    // 2^40 ways through forty sums of two.
    const sums = '  - residual: [relu]\n    repeat: 40\n    name: r$i\n';
    expect(findingsOf('INC806', network(`${conv(33, 'a')}${sums}`))).toEqual([]);
    expect(findingsOf('INC806', network(`${conv(33, 'a')}${sums}${conv(8, 'b')}`))).toHaveLength(1);
  });

  test('the multiple can be set, and copies are one finding', () => {
    const repeated = `${conv(24, 'a')}    repeat: 3\n${conv(10, 'b')}`.replace('name: a', 'name: a$i');
    expect(findingsOf('INC806', network(repeated))).toEqual([]);
    const set = `${network(repeated)}lint: { INC806: [warn, { multiple: 16 }] }\n`;
    expect(messagesOf('INC806', set)).toEqual(['this conv gives 24 channels, which is not a multiple of 16']);
  });

  test.each([
    // 64·64 + 9·64·128 = 77,824; 9·64·128 = 73,728.
    [64, 64, '', ['77824 multiply-adds for each place of its output, where the 3x3 alone would need 73728']],
    // 64·8 + 9·8·128 = 9,728.
    [64, 8, '', []],
    // With stride 2 the 1x1 works at four places for each of the output: 4·64·54 + 9·54·128 = 76,032.
    [
      64,
      54,
      ', stride: 2',
      ['76032 multiply-adds for each place of its output, where the 3x3 alone would need 73728'],
    ],
    // 64·54 + 9·54·128 = 65,664.
    [64, 54, '', []],
  ])('%i channels to %i before a 3x3 with 128%s', (input, reduced, more, expected) => {
    const steps = `${conv(reduced, 'r')}  - batch_norm\n  - relu\n  - conv: { filters: 128, kernel: 3, padding: same${more} }\n    name: c\n`;
    const messages = messagesOf('INC807', network(steps, { shape: `[N, 8, 8, ${input}]` }));
    expect(messages.map((m) => m.split(': ')[1])).toEqual(expected);
  });

  test('and below which width it does', () => {
    // 9·64·128 / (64 + 9·128) = 60.6, so that 61 channels cost more.
    const steps = `${conv(61, 'r')}  - conv: { filters: 128, kernel: 3 }\n    name: c\n`;
    const help = (text: string) => findingsOf('INC807', text).map((d) => d.help);
    expect(help(network(steps, { shape: '[N, 8, 8, 64]' }))).toEqual([
      'give fewer than 61 channels, or leave it out',
    ]);
    expect(help(network(steps.replace('61', '60'), { shape: '[N, 8, 8, 64]' }))).toEqual([]);
  });

  test('an expansion before a depthwise convolution is none', () => {
    const steps = `${conv(96, 'e')}  - depthwise_conv: { kernel: 3 }\n    name: d\n`;
    expect(messagesOf('INC807', network(steps, { shape: '[N, 8, 8, 16]' }))).toEqual([]);
  });
});

describe('a count of parameters', () => {
  // 8·3 + 8 of the convolution, 2·8 and 2·8 of the norm.
  const steps = '  - conv: { filters: 8, kernel: 1 }\n    name: c\n  - batch_norm\n';

  test('is missing', () => {
    expect(messagesOf('INC615', network(steps))).toEqual([
      'nothing holds the number of parameters: 48 that are trained, and 16 that are not',
    ]);
  });

  test.each([
    'expect: { parameters: 48 }\n',
    'expect: { parameters: { total: 64 } }\n',
    'expect: { parameters: "<= 50" }\n',
  ])('is there: %s', (expected) => {
    expect(messagesOf('INC615', `${network(steps)}${expected}`)).toEqual([]);
  });

  test('is not asked for of a network without weights, and not given by other claims', () => {
    expect(messagesOf('INC615', network('  - relu\n'))).toEqual([]);
    expect(
      messagesOf('INC615', `${network(steps)}expect: { outputs: { batch_norm: [N, 8, 8, 8] } }\n`),
    ).toHaveLength(1);
  });
});

describe('textures', () => {
  test('a map that is too large, for one item of any batch', () => {
    // 1024·1024·64 = 4·4096·4096.
    const conv = '  - conv: { filters: 64, kernel: 1 }\n    name: c\n';
    expect(findingsOf('INC822', network(conv, { shape: '[N, 1024, 1024, 3]' }))).toEqual([]);
    expect(messagesOf('INC822', network(conv, { shape: '[N, 1025, 1024, 3]' }))).toEqual([
      '[N, 1025, 1024, 64] has 67174400 numbers for each item, more than the 67108864 that a texture of 4096x4096 holds',
    ]);
    expect(findingsOf('INC822', network(conv, { shape: '[N, H, 4096, 3]' }))).toEqual([]);
  });

  test('a vector is no long axis', () => {
    const text = network('  - batch_norm\n', { shape: '[N, 20000]' });
    expect(findingsOf('INC821', text)).toEqual([]);
  });
});
