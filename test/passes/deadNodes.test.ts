import { expect, test } from 'vitest';
import { nodeLines } from '../language/graphLines.ts';
import { optimizedSteps, passLines, usual } from './optimized.ts';

const steps = `- relu
- tap:
    - conv: { filters: 2, kernel: 1 }
      name: side
    - tanh
- sigmoid:
  name: last`;

test('what leads to no output goes, and its end point with it', () => {
  const result = optimizedSteps(steps);
  expect(nodeLines(result.graph)).toEqual([
    'relu: relu of x gives [N, 9, 8, 4]',
    'last: sigmoid of relu gives [N, 9, 8, 4]',
  ]);
  expect(passLines(result)).toEqual(['dead nodes removed: side, tanh', 'end points gone: side']);
});

test('an end point that is an output stays, without what only follows it', () => {
  const { graph, passes, gone } = optimizedSteps(steps, { ...usual, endPoints: true });
  expect(graph.nodes.map((n) => n.name)).toEqual(['relu', 'side', 'last']);
  expect(passes).toEqual([{ pass: 'dead nodes removed', nodes: ['tanh'] }]);
  expect(gone).toEqual([]);
});
