import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { lint } from '../../src/lint.ts';
import { PositionsOf } from '../../src/linter/positions.ts';
import { settingsOf } from '../../src/linter/settings.ts';
import { compileSpec } from '../golden/compileSpec.ts';
import { documentOf, found } from './found.ts';

/** Of a value, along its second axis: what a position sees of the input, and the distance of two of them there. */
function sightOf(graph: ReturnType<typeof compile>['graph'], name: string) {
  if (graph === undefined) throw new Error('it does not compile');
  const value = graph.nodes.flatMap(({ outputs }) => outputs).find((v) => v.name === name);
  if (value === undefined) throw new Error(`there is no value ${name}`);
  const position = new PositionsOf(graph).of(value).axes[1];
  return [position?.extent, position?.scale, position?.offset];
}

describe('what a position sees', () => {
  // Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", Distill, 2019, table of modern networks.
  test.each([
    ['specs/alexnet_owt.yaml', 'features/12', 195, 32],
    ['specs/vgg.yaml', 'block5/pool', 212, 32],
    ['specs/mobilenet_v1.yaml', 'conv_pw_13', 315, 32],
    ['specs/inception_v2.yaml', 'Mixed_5c', 699, 32],
    ['specs/inception_v4.yaml', 'Mixed_7d', 2071, 32],
    ['specs/inception_resnet_v2.yaml', 'Conv2d_7b_1x1', 3039, 32],
  ])('%s: %s sees %d at a distance of %d', (spec, value, extent, scale) => {
    expect(sightOf(compileSpec(spec).graph, value).slice(0, 2)).toEqual([extent, scale]);
  });

  test('where the windows begin: 3 by 2 at 224 begins at 0 with `same`, at −1 with `half`', () => {
    const sightWith = (padding: string) =>
      sightOf(
        compile(
          documentOf({
            inputs: 'x: [N, 224, 224, 3]',
            step: `conv: { filters: 4, kernel: 3, stride: 2, padding: ${padding} }`,
          }),
        ).graph,
        'step',
      );
    expect(sightWith('same')).toEqual([3, 2, 1]);
    expect(sightWith('half')).toEqual([3, 2, 0]);
  });
});

describe('window/shifted-branches', () => {
  const rule = 'window/shifted-branches';
  const joined = (left: string, right: string, input = '[N, 32, 32, 8]') =>
    found(rule, {
      inputs: `x: ${input}`,
      rest: `network:\n  - branches:\n      left: [${left}]\n      right: [${right}]\n    merge: concat\n    name: joined`,
    });
  const conv = (attributes: string) => `{ conv: { filters: 8, ${attributes} } }`;

  test('a 1x1 shortcut beside a 3x3 window at stride 2: apart with `same` at an even size, together with `half`', () => {
    const pair = (padding: string, input?: string) =>
      joined(conv('kernel: 1, stride: 2'), conv(`kernel: 3, stride: 2, padding: ${padding}`), input);
    expect(pair('same')).toEqual([
      'this concat joins maps that lie 1 row of the input apart: `joined/left/conv` and `joined/right/conv`',
    ]);
    expect(pair('half')).toEqual([]);
    expect(pair('same', '[N, 33, 33, 8]')).toEqual([]);
  });

  test('one axis and three, and what is apart along the width only', () => {
    const [one, three] = [conv('kernel: 1, stride: 2'), conv('kernel: 3, stride: 2, padding: same')];
    expect(joined(one, three, '[N, 32, 8]')[0]).toContain('1 position of the input apart');
    expect(joined(one, three, '[N, 33, 32, 33, 8]')[0]).toContain('1 row of the input apart');
    expect(joined(one, three, '[N, 33, 32, 8]')[0]).toContain('1 column of the input apart');
  });

  test('causal windows look back on purpose, and resizing is allowed half a pixel', () => {
    const back = conv('kernel: 2, dilation: 4, padding: causal');
    expect(joined(back, '', '[N, 32, 8]')).toEqual([]);
    const up = '{ resize: { method: bilinear, corners: half_pixel, scale: 2 } }';
    expect(joined(`${conv('kernel: 3, stride: 2, padding: half')}, ${up}`, '')).toEqual([]);
  });

  test('a crop that is not in the middle', () => {
    const valid = conv('kernel: 3');
    expect(joined(valid, '{ crop: { cropping: 1 } }')).toEqual([]);
    expect(joined(valid, '{ crop: { cropping: [[0, 2], [1, 1]] } }')).toEqual([
      'this concat joins maps that lie 1 row of the input apart: `joined/left/conv` and `joined/right/crop`',
    ]);
  });
});

describe('window/receptive-field', () => {
  const rule = 'window/receptive-field';
  const series = (dilations: readonly number[], length: number) =>
    found(rule, {
      inputs: `x: [N, ${length}, 4]`,
      rest: `network:\n${dilations.map((d) => `  - conv: { filters: 4, kernel: 2, dilation: ${d}, padding: causal }`).join('\n')}\n  - global_avg_pool`,
    });

  test('dilations 1, 2, 4, 8 of a kernel of 2 reach 16 steps back, as in WaveNet', () => {
    expect(series([1, 2, 4, 8], 17)).toEqual([
      'a position of `conv_4`, which is gathered here, sees 16 of the 17 positions of `x`',
    ]);
    expect(series([1, 2, 4, 8], 16)).toEqual([]);
  });

  test('a branch that weighs channels by the whole map sees all', () => {
    const rest = `network:
  - conv: { filters: 4, kernel: 3, padding: same }
    name: conv
  - global_avg_pool: { keepdims: true }
  - multiply: [conv, _]
  - global_avg_pool`;
    expect(found(rule, { inputs: 'x: [N, 32, 32, 3]', rest })).toEqual([]);
  });
});

describe('window/input-multiple', () => {
  const rule = 'window/input-multiple';
  const unet = (size: string, steps: readonly string[]) =>
    found(rule, {
      inputs: `x: [N, ${size}, ${size}, 3]`,
      rest: `network:\n${steps.map((s) => `  - ${s}`).join('\n')}`,
    });
  const down = 'max_pool: { kernel: 2, stride: 2 }';
  const up = 'resize: { method: nearest, corners: half_pixel, scale: 2 }';

  test('two halvings: a multiple of 4, said at the join that asks for the most', () => {
    const steps = [`${down}\n    name: half`, down, up, 'concat: [_, half]', up, 'concat: [_, x]'];
    expect(unet('32', steps)).toEqual([
      'this concat fits at 32 in the shape of `x`; the nearest sizes at which the network fits are 28 and 36',
    ]);
  });

  test('nothing where the size is open, as the compiler says it, where any size fits, and where one size is held fast', () => {
    expect(unet('32', ['conv: { filters: 3, kernel: 3, padding: same }', 'add: [_, x]'])).toEqual([]);
    expect(unet('32', [down, up, 'concat: [_, x]', 'reshape: [_, 1024, 6]'])).toEqual([]);
  });

  test('the U-Net of the paper: every pooling halves an even side, of 572 as of 572 ± 16', () => {
    // 572 − 4 = 568, 284 − 4 = 280, 140 − 4 = 136, 68 − 4 = 64: four halvings, so steps of 2⁴.
    const { diagnostics } = lint(readFileSync('specs/unet.yaml', 'utf8'), {
      name: 'specs/unet.yaml',
      settingsFor: () => settingsOf(['strict']),
    });
    const said = diagnostics.filter(({ name }) => name === rule);
    expect(said.map(({ params }) => [params.given, params.sizes])).toEqual([[572, [556, 588]]]);
  });
});
