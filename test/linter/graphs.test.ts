import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { settingsOf } from '../../src/linter/settings.ts';
import { found } from './found.ts';

describe('graph/batch-in-reshape', () => {
  const rule = 'graph/batch-in-reshape';
  const reshaped = (shape: string, input = '[N, 8, 8, 3]') =>
    found(rule, { inputs: `x: ${input}`, step: `reshape: ${shape}` });

  test('a number before the batch in another axis', () => {
    expect(reshaped('[1, -1]')).toEqual(['the batch `N` of [N, 8, 8, 3] goes into another axis: [1, 192*N]']);
    expect(reshaped('[8, 8, -1]')).toEqual([
      'the batch `N` of [N, 8, 8, 3] goes into another axis: [8, 8, 3*N]',
    ]);
  });

  test('nothing where the batch stays, holds parts of items, is put behind an axis of 1, or is a number', () => {
    expect(reshaped('[_, -1]')).toEqual([]);
    expect(reshaped('[-1, 3]')).toEqual([]);
    expect(reshaped('[N * 4, 16, 3]')).toEqual([]);
    expect(reshaped('[1, T, 8]', '[T, 8]')).toEqual([]);
    expect(reshaped('[4, -1]', '[1, 8, 8, 3]')).toEqual([]);
  });
});

describe('graph/portable-name', () => {
  const rule = 'graph/portable-name';
  const named = (...names: readonly string[]) =>
    found(rule, {
      inputs: 'x: [N, 8]',
      rest: `network:\n${names.map((name) => `  - dense: { units: 4, activation: relu }\n    name: ${name}`).join('\n')}`,
    });

  test('names that differ in case only; what a step is made of counts with it', () => {
    expect(named('Fc', 'fc')).toEqual(['the name `fc` differs from `Fc` in case only']);
    expect(named('fc', 'fc_2', 'fc.3', 'fc-4')).toEqual([]);
  });

  test("what TensorFlow's pattern of a name refuses", () => {
    expect(named('größe')).toEqual(['the name `größe` has `ö`, which TensorFlow refuses in a name']);
    expect(named('_fc')).toEqual(['the name `_fc` begins with `_`, which TensorFlow refuses']);
    expect(named('1', '.fc')).toEqual([]);
  });

  test('in a scope the name is the whole path', () => {
    const rest = `network:
  - steps:
      - dense: 4
        name: fc
    name: Head
  - steps:
      - dense: 4
        name: fc
    name: head`;
    expect(found(rule, { inputs: 'x: [N, 8]', rest })).toEqual([
      'the name `head/fc` differs from `Head/fc` in case only',
    ]);
  });
});

describe('graph/no-effect', () => {
  const rule = 'graph/no-effect';
  const effect = (step: string, input = '[N, 4, 4, 8]') => found(rule, { inputs: `x: ${input}`, step });

  test.each([
    ['pad: { padding: 0 }', 'this pad gives what it is given: the shape stays'],
    ['crop: { cropping: 0 }', 'this crop gives what it is given: the shape stays'],
    ['slice: { axis: 1, from: 0, to: 4 }', 'this slice gives what it is given: the shape stays'],
    ['tile: [1, 1, 1, 1]', 'this tile gives what it is given: the shape stays'],
    ['permute: [0, 1, 2, 3]', 'this permute gives what it is given: the axes stay in order'],
    ['cast: float32', 'this cast gives what it is given: it is float32 already'],
    ['concat: [_]', 'this concat gives what it is given: it joins one value'],
    ['add: [_]', 'this add gives what it is given: it joins one value'],
    ['multiply: 1.0', 'this multiply gives what it is given: it multiplies by 1'],
    ['subtract: 0.0', 'this subtract gives what it is given: it subtracts 0'],
    ['leaky_relu: { slope: 1.0 }', 'this leaky_relu gives what it is given: its slope is 1 on both sides'],
    [
      'channel_shuffle: { groups: 1 }',
      'this channel_shuffle gives what it is given: one group is all channels',
    ],
    ['roll: { axes: [1, 2], by: [0, 0] }', 'this roll gives what it is given: it moves nothing'],
  ])('%s', (step, says) => {
    expect(effect(step)).toEqual([says]);
  });

  test.each([
    'roll: { axes: [1, 2], by: [0, 1] }',
    'permute: [0, 2, 1, 3]',
    'cast: float16',
    'add: 1.0',
    'identity:',
    'slice: { axis: 1, from: 1 }',
  ])('nothing of %s', (step) => {
    expect(effect(step)).toEqual([]);
  });

  test('a flatten of rows', () => {
    expect(effect('flatten:', '[N, 8]')).toEqual(['this flatten gives what it is given: the shape stays']);
    expect(effect('flatten:')).toEqual([]);
  });
});

describe('defaults/changes-size', () => {
  const rule = 'defaults/changes-size';

  test('the five steps of the published listing of the stem that should say VALID, and no other', () => {
    const file = 'specs/seed_stem_listing.yaml';
    const settingsFor = () => settingsOf(['strict']);
    const { diagnostics } = lint(readFileSync(file, 'utf8'), { name: file, settingsFor });
    const said = diagnostics.filter(({ name }) => name === rule);
    // The paper has 149, 73 and 35 there, the listing 150, 74 and 36.
    expect(said.map(({ params }) => [params.op, params.output, params.own])).toEqual([
      ['conv', '150', '149'],
      ['max_pool', '74', '73'],
      ['conv', '74', '73'],
      ['max_pool', '36', '35'],
      ['conv', '36', '35'],
    ]);
  });

  test('a stride of a scope', () => {
    const rest = `defaults: { conv: { stride: 2 } }
network:
  - conv: { filters: 4, kernel: 1 }
    name: halved
  - conv: { filters: 4, kernel: 1, stride: 1 }
    name: kept`;
    expect(found(rule, { inputs: 'x: [N, 8, 8, 3]', rest })).toEqual([
      'this conv takes `stride: 2` from `defaults`: it gives 4, and 8 with the stride that conv has itself',
    ]);
  });

  test('nothing of a padding for convolutions alone, where the size stays, and where the step says it', () => {
    const rest = `defaults: { conv: { padding: same }, max_pool: { padding: valid } }
network:
  - conv: { filters: 4, kernel: 3, stride: 2 }
    name: conv
  - max_pool: { kernel: 2, stride: 2 }`;
    expect(found(rule, { inputs: 'x: [N, 9, 9, 3]', rest })).toEqual([]);
    const both = `defaults: { conv: { padding: same }, max_pool: { padding: same } }
network:
  - conv: { filters: 4, kernel: 3, stride: 2, padding: valid }
    name: conv
  - max_pool: { kernel: 3, stride: 1 }`;
    expect(found(rule, { inputs: 'x: [N, 9, 9, 3]', rest: both })).toEqual([]);
  });
});

describe('defaults/framework-dependent', () => {
  const pool = (attributes: string, shape = '[N, 8, 8, 3]') =>
    found('defaults/framework-dependent', { inputs: `x: ${shape}`, step: `avg_pool: { ${attributes} }` })
      .length;

  test('whether padding counts is asked only where there is padding, or may be', () => {
    expect(pool('kernel: 3, stride: 1, padding: same')).toBe(1);
    expect(pool('kernel: 2, stride: 2, padding: 0')).toBe(0);
    expect(pool('kernel: 2, stride: 2, padding: same')).toBe(0);
    expect(pool('kernel: 2, stride: 2, padding: same', '[N, H, 8, 3]')).toBe(1);
  });
});
