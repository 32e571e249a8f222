import { expect, test } from 'vitest';
import { describe } from '../../../src/emitters/table/describe.ts';
import type { TypedNode } from '../../../src/ir/graph.ts';
import { type OpName, opOf } from '../../../src/ops/registry.ts';

function described(op: OpName, attributes: Readonly<Record<string, unknown>>): string {
  // Parsing by the op's schema makes the pair of op and attributes true; the type cannot follow it.
  return describe({ op, attributes: opOf(op).attributes().parse(attributes) } as TypedNode);
}

test.each([
  ['conv 3x3/2 valid', 'conv', { filters: 8, kernel: [3, 3], stride: [2, 2] }],
  ['conv 1x7 same', 'conv', { filters: 8, kernel: [1, 7], padding: 'same' }],
  ['conv 5 valid', 'conv', { filters: 8, kernel: [5] }],
  ['conv 3x3/2x1 half', 'conv', { filters: 8, kernel: [3, 3], stride: [2, 1], padding: 'half' }],
  [
    'conv 3x3 padding [[0, 1], [2, 0]]',
    'conv',
    {
      filters: 8,
      kernel: [3, 3],
      padding: [
        [0, 1],
        [2, 0],
      ],
    },
  ],
  ['conv 3x3 same dilation 2', 'conv', { filters: 8, kernel: [3, 3], padding: 'same', dilation: [2, 2] }],
  ['conv 3x3 same groups 4', 'conv', { filters: 8, kernel: [3, 3], padding: 'same', groups: 4 }],
  ['max_pool 3x3/2 valid ceil', 'max_pool', { kernel: [3, 3], stride: [2, 2], ceil: true }],
  ['dense 1000', 'dense', { units: 1000 }],
  ['dropout 0.2', 'dropout', { rate: 0.2 }],
  ['global_avg_pool', 'global_avg_pool', {}],
  ['global_avg_pool keepdims', 'global_avg_pool', { keepdims: true }],
  ['relu', 'relu', {}],
] as const)('%s', (expected, op, attributes) => {
  expect(described(op, attributes)).toBe(expected);
});
