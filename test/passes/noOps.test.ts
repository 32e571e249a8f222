import { describe, expect, test } from 'vitest';
import { nodeLines, outputLines } from '../language/graphLines.ts';
import { optimizedSteps, passLines, usual } from './optimized.ts';

describe('what changes nothing goes', () => {
  test.each([
    ['identity', '- identity'],
    ['dropout', '- dropout: 0.5'],
    ['spatial_dropout', '- spatial_dropout: 0.5'],
    ['gaussian_noise', '- gaussian_noise: 0.1'],
    ['a reshape to the same shape', '- reshape: [_, 9, 8, -1]'],
    ['a permute that moves no axis', '- permute: [0, 1, 2, 3]'],
    ['a cast to the dtype at hand', '- cast: float32'],
    ['a padding of nothing', '- pad: 0'],
    ['a crop of nothing', '- crop: 0'],
    ['a slice of all', '- slice: { axis: 1, from: 0, to: 9 }'],
    ['an expand to the same shape', '- expand: [_, 9, _, 4]'],
    ['a concat of one value', '- concat: [_]'],
    ['an average of one value', '- average: [_]'],
    ['a split into one part', '- split: { parts: 1 }'],
    ['a resize to the same size', '- resize: { method: bilinear, corners: half_pixel, scale: 1 }'],
    ['a roll by nothing', '- roll: { axes: 1, by: 0 }'],
    ['a shuffle of one group', '- channel_shuffle: 1'],
    ['blocks of one position', '- space_to_depth: { block: 1 }'],
    ['a window of one position', '- avg_pool: { kernel: 1, stride: 1 }'],
    ['a scale by 1', '- scale: 1'],
    ['a sum with 0', '- add: 0'],
    ['a quotient by 1', '- divide: 1'],
    ['a power of 1', '- power: 1'],
  ])('%s', (_, step) => {
    const { graph, passes, gone } = optimizedSteps(`- relu\n${step}\n- tanh`);
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives [N, 9, 8, 4]',
      'tanh: tanh of relu gives [N, 9, 8, 4]',
    ]);
    expect(passes.map(({ pass, nodes }) => [pass, nodes.length])).toEqual([['no-ops removed', 1]]);
    expect(gone).toEqual([]);
  });

  test.each([
    ['a reshape to another shape', '- reshape: [N, 8, 9, 4]'],
    [
      'a permute of axes of one size',
      '- space_to_depth: { block: 1 }\n- conv: { filters: 9, kernel: [1, 1] }\n- permute: [0, 3, 2, 1]',
    ],
    ['a slice from the second', '- slice: { axis: 1, from: 1 }'],
    ['a scale by 2', '- scale: 2'],
    ['a sum with 1', '- add: 1'],
    ['the whole part of a quotient by 1', '- floor_divide: 1'],
  ])('not %s', (_, step) => {
    const { passes } = optimizedSteps(`- relu\n${step}\n- tanh`);
    expect(passes.filter(({ nodes }) => !nodes.includes('space_to_depth'))).toEqual([]);
  });

  test('a flatten of rows, and sizes that are one expression', () => {
    const { graph } = optimizedSteps('- flatten\n- flatten\n- dense: 3\n- reshape: [N * 2 / 2, 3]');
    expect(nodeLines(graph)).toEqual([
      'flatten: flatten of x gives [N, 288]',
      'dense: dense of flatten gives reshape [N, 3]', // the output is called so
    ]);
  });

  test('the order of reports is that of the nodes, and one after the other goes', () => {
    const result = optimizedSteps('- dropout: 0.1\n- identity\n- gaussian_noise: 1\n- relu');
    expect(nodeLines(result.graph)).toEqual(['relu: relu of x gives [N, 9, 8, 4]']);
    expect(passLines(result)).toEqual(['no-ops removed: dropout, identity, gaussian_noise']);
  });
});

describe('names stay on what stands for a value', () => {
  test('a value without a name of its own takes that of the author', () => {
    const { graph, gone } = optimizedSteps('- relu\n- dropout: 0.5\n  name: features\n- tanh');
    expect(nodeLines(graph)).toEqual([
      'relu: relu of x gives features [N, 9, 8, 4]',
      'tanh: tanh of features gives [N, 9, 8, 4]',
    ]);
    expect(graph.endPoints.map((e) => `${e.name} = ${e.value.name}`)).toEqual([
      'features = features',
      'tanh = tanh',
    ]);
    expect(gone).toEqual([]);
  });

  test('a value that has one keeps it, and both end points are it', () => {
    const { graph } = optimizedSteps('- relu:\n  name: first\n- dropout: 0.5\n  name: second\n- tanh');
    expect(graph.nodes[0]?.outputs[0]?.name).toBe('first');
    expect(graph.endPoints.map((e) => `${e.name} = ${e.value.name}`)).toEqual([
      'first = first',
      'second = first',
      'tanh = tanh',
    ]);
  });

  test('an output is called by its name, unless the other name is an output, too', () => {
    const steps = '- relu:\n  name: first\n- identity:\n  name: last';
    expect(outputLines(optimizedSteps(steps).graph)).toEqual(['last = last [N, 9, 8, 4]']);
    const both = optimizedSteps(steps, { ...usual, endPoints: true });
    expect(outputLines(both.graph)).toEqual(['last = first [N, 9, 8, 4]']);
  });

  test('an input keeps its own', () => {
    const { graph } = optimizedSteps('- identity:\n  name: image\n- relu');
    expect(nodeLines(graph)).toEqual(['relu: relu of x gives [N, 9, 8, 4]']);
    expect(graph.endPoints.map((e) => `${e.name} = ${e.value.name}`)).toEqual(['image = x', 'relu = relu']);
  });

  test('a network that passes its input on gives it', () => {
    expect(outputLines(optimizedSteps('- identity:\n  name: y').graph)).toEqual(['y = x [N, 9, 8, 4]']);
  });
});
