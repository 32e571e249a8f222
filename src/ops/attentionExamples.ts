import type { Example } from './op.ts';

/** Worked examples of attention. */
export const attentionExamples: readonly Example[] = [
  {
    inputs: [
      ['N', 197, 24],
      ['N', 197, 24],
      ['N', 197, 24],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 3 },
    outputs: [
      ['N', 197, 24],
      ['N', 3, 197, 8],
      ['N', 3, 197, 8],
    ],
    macs: 1862832,
    elementOps: 465708,
    source: '2·3·197·197·8; 4·3·197·197 operations on scores',
  },
  {
    inputs: [
      ['N', 'S', 8],
      ['N', 'S', 8],
      ['N', 'S', 8],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 2, causal: true },
    outputs: [
      ['N', 'S', 8],
      ['N', 2, 'S', 4],
      ['N', 2, 'S', 4],
    ],
    source: 'torch.nn.functional.scaled_dot_product_attention, is_causal=True',
  },
  {
    inputs: [
      ['N', 5, 8],
      ['N', 7, 8],
      ['N', 7, 6],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 2, scale: 0.3 },
    outputs: [
      ['N', 5, 6],
      ['N', 2, 7, 4],
      ['N', 2, 7, 3],
    ],
    macs: 490,
    source: 'cross attention: 2·5·7·(4 + 3)',
  },
  {
    inputs: [
      ['N', 'S', 24],
      ['N', 'S', 8],
      ['N', 'S', 8],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 6, kv_heads: 2, causal: true },
    outputs: [
      ['N', 'S', 24],
      ['N', 2, 'S', 4],
      ['N', 2, 'S', 4],
    ],
    source: 'grouped queries, arXiv 2305.13245: heads 0, 1, 2 read the first pair of keys and values',
  },
  {
    inputs: [
      ['N', 'S', 6],
      ['N', 'T', 6],
      ['N', 'T', 6],
      ['N', 1, 1, 'T'],
      [3, 'S', 'T'],
    ],
    roles: ['q', 'k', 'v', 'mask', 'bias'],
    dtypes: ['float32', 'float32', 'float32', 'bool', 'float32'],
    attributes: { heads: 3 },
    outputs: [
      ['N', 'S', 6],
      ['N', 3, 'T', 2],
      ['N', 3, 'T', 2],
    ],
    source: 'a mask of padded keys and a bias per head, as BERT and T5 have them',
  },
  {
    inputs: [
      ['N', 'S', 8],
      ['N', 'S', 4],
      ['N', 'S', 6],
      ['N', 1, 'S', 'P + S'],
      ['N', 2, 'P', 2],
      ['N', 2, 'P', 3],
    ],
    roles: ['q', 'k', 'v', 'mask', 'past_key', 'past_value'],
    dtypes: ['float32', 'float32', 'float32', 'bool', 'float32', 'float32'],
    attributes: { heads: 4, kv_heads: 2, causal: true },
    outputs: [
      ['N', 'S', 12],
      ['N', 2, 'P + S', 2],
      ['N', 2, 'P + S', 3],
    ],
    source: 'keys and values of earlier tokens: the past comes first',
  },
  {
    inputs: [
      ['N', 4, 2, 3],
      ['N', 'S', 2, 3],
      ['N', 'S', 2, 5],
    ],
    roles: ['q', 'k', 'v'],
    outputs: [
      ['N', 4, 2, 5],
      ['N', 2, 'S', 3],
      ['N', 2, 'S', 5],
    ],
    source: 'heads on an axis of their own',
  },
  {
    inputs: [
      ['N', 5, 8],
      ['N', 5, 8],
      ['N', 5, 8],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 3 },
    problem: 'inexact-division',
  },
  {
    inputs: [
      ['N', 5, 8],
      ['N', 5, 8],
      ['N', 6, 8],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 2 },
    problem: 'shape-mismatch',
  },
  {
    inputs: [
      ['N', 'S', 8],
      ['N', 'S', 8],
      ['N', 'S', 8],
      ['N', 'S'],
    ],
    roles: ['q', 'k', 'v', 'mask'],
    dtypes: ['float32', 'float32', 'float32', 'bool'],
    attributes: { heads: 2 },
    problem: 'wrong-attribute',
    source: 'a mask of padded keys needs axes for heads and queries: `unsqueeze: [1, 2]`',
  },
  {
    inputs: [
      ['N', 5, 8],
      ['N', 5, 8],
      ['N', 5, 8],
      [5, 5],
    ],
    roles: ['q', 'k', 'v', 'mask'],
    attributes: { heads: 2 },
    problem: 'dtype-mismatch',
  },
  {
    inputs: [
      ['N', 5, 8],
      ['N', 5, 8],
      ['N', 5, 8],
      ['N', 2, 'P', 4],
    ],
    roles: ['q', 'k', 'v', 'past_key'],
    attributes: { heads: 2 },
    problem: 'input-count',
  },
  {
    inputs: [
      ['N', 5, 8],
      ['N', 5, 8],
      ['N', 5, 8],
    ],
    roles: ['q', 'k', 'v'],
    problem: 'wrong-attribute',
  },
  {
    inputs: [
      ['N', 8],
      ['N', 8],
      ['N', 8],
    ],
    roles: ['q', 'k', 'v'],
    attributes: { heads: 2 },
    problem: 'rank-mismatch',
  },
];
