import { describe, expect, test } from 'vitest';
import { nodeLines, valuesOf } from '../language/graphLines.ts';
import { optimizedSteps, passLines, usual } from './optimized.ts';

describe('zeros around a map', () => {
  test('are added by the convolution that reads it', () => {
    const result = optimizedSteps('- pad: [[0, 1], [2, 0]]\n- conv: { filters: 2, kernel: 3 }');
    expect(nodeLines(result.graph)).toEqual(['conv: conv of x gives [N, 8, 8, 2]']);
    expect(valuesOf(result.graph, 'padding')).toEqual(['conv = [[0,1],[2,0]]']);
    expect(passLines(result)).toEqual(['paddings merged: pad']);
  });

  test('add up with those of the convolution, and with those before', () => {
    const { graph } = optimizedSteps(
      '- pad: 1\n- pad: [[0, 2], [3, 0]]\n- depthwise_conv: { kernel: 3, padding: [1, 0] }',
    );
    expect(graph.nodes.map((n) => n.name)).toEqual(['depthwise_conv']);
    expect(valuesOf(graph, 'padding')).toEqual(['depthwise_conv = [[2,4],[4,1]]']);
  });

  test.each([
    ['where they are no zeros', '- pad: { padding: 1, value: 1 }\n- conv: { filters: 2, kernel: 3 }'],
    ['where they mirror', '- pad: { padding: 1, mode: reflect }\n- conv: { filters: 2, kernel: 3 }'],
    ['along the channels', '- pad: [[0, 0], [1, 1], [1, 1], [0, 2]]\n- conv: { filters: 2, kernel: 3 }'],
    [
      'before padding that follows from the size',
      '- pad: 1\n- conv: { filters: 2, kernel: 3, padding: same }',
    ],
    ['before a pooling, which leaves its own out', '- pad: 1\n- max_pool: { kernel: 3, stride: 2 }'],
    ['that another step reads', '- pad: 1\n  name: p\n- conv: { filters: 4, kernel: 1 }\n- add: [_, p]'],
  ])('stay %s', (_, steps) => {
    expect(optimizedSteps(steps).passes).toEqual([]);
  });

  test('stay where they are an output', () => {
    const { passes } = optimizedSteps('- pad: 1\n  name: p\n- conv: { filters: 4, kernel: 1 }', {
      ...usual,
      endPoints: true,
    });
    expect(passes).toEqual([]);
  });
});

describe('arrangements one after the other', () => {
  test('two permutations are one: axis i of the result is axis first[second[i]] of what they read', () => {
    const result = optimizedSteps('- permute: [0, 3, 1, 2]\n- permute: [0, 1, 3, 2]');
    expect(nodeLines(result.graph)).toEqual(['permute_2: permute of x gives [N, 4, 8, 9]']);
    expect(valuesOf(result.graph, 'axes')).toEqual(['permute_2 = [0,3,2,1]']);
    expect(passLines(result)).toEqual(['permutes merged: permute']);
  });

  test('there and back is nothing', () => {
    const result = optimizedSteps('- permute: [0, 3, 1, 2]\n- permute: [0, 2, 3, 1]\n- relu');
    expect(nodeLines(result.graph)).toEqual(['relu: relu of x gives [N, 9, 8, 4]']);
    expect(passLines(result)).toEqual(['no-ops removed: permute_2', 'permutes merged: permute']);
  });

  test('several changes of shape are one', () => {
    const result = optimizedSteps(
      '- reshape: [N, 72, 4]\n- unsqueeze: 1\n- squeeze: [1]\n- reshape: [N, 36, 8]',
    );
    expect(nodeLines(result.graph)).toEqual(['reshape_2: reshape of x gives [N, 36, 8]']);
    expect(valuesOf(result.graph, 'shape')).toHaveLength(1);
    expect(passLines(result)).toEqual(['reshapes merged: reshape, unsqueeze, squeeze']);
  });

  test('a flatten stays one where it keeps the batch', () => {
    const { graph } = optimizedSteps('- reshape: [N, 72, 4]\n- flatten');
    expect(nodeLines(graph)).toEqual(['flatten: flatten of x gives [N, 288]']);
  });
});
