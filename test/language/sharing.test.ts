import { describe, expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { graphOf, nodeLines } from './graphLines.ts';
import { lines, network, report } from './report.ts';

/** The weights that each node uses, as `second: first/kernel first/bias`. */
function weightLines({ nodes }: TypedGraph): string[] {
  return nodes
    .filter((n) => n.weights.length > 0)
    .map((n) => `${n.name}: ${n.weights.map((w) => w.fullName).join(' ')}`);
}

function trainable({ nodes }: TypedGraph): number {
  return totals(nodes).parameters.trainable;
}

const siamese = lines(`
inception: 1
name: siamese
inputs: { left: [N, 8, 8, 1], right: [N, 8, 8, 1] }
blocks:
  tower:
    params: { units: int }
    steps:
      - conv: { filters: 4, kernel: 3, padding: same, norm: batch_norm, activation: relu }
      - global_avg_pool
      - dense: $units
network:
  - tower: { units: 6 }
    from: left
    name: tower
  - tower: { units: 6 }
    from: right
    name: right_tower
    share: tower
  - subtract: [tower, right_tower]
`);

describe('share', () => {
  test('an op uses the weights of an earlier one', () => {
    const graph = graphOf(
      network(`
  - conv: { filters: 3, kernel: 3, padding: same }
    name: first
  - conv: { filters: 3, kernel: 3, padding: same }
    name: second
    share: first
`),
    );
    expect(weightLines(graph)).toEqual(['first: first/kernel first/bias', 'second: first/kernel first/bias']);
    // 3·3·3·3 + 3, once.
    expect(trainable(graph)).toBe(84);
  });

  test('so does the norm that is fused into it', () => {
    const graph = graphOf(
      network(`
  - conv: { filters: 3, kernel: 1, padding: same, bias: false, norm: batch_norm }
    name: first
  - conv: { filters: 3, kernel: 1, padding: same, bias: false, norm: batch_norm }
    name: second
    share: first
`),
    );
    expect(weightLines(graph).slice(2)).toEqual([
      'second: first/kernel',
      'second/batch_norm: first/batch_norm/gamma first/batch_norm/beta first/batch_norm/moving_mean first/batch_norm/moving_variance',
    ]);
    // A kernel of 3·3, gamma and beta of 3.
    expect(trainable(graph)).toBe(15);
  });

  test('a block uses the weights of an earlier call, and they are counted once', () => {
    const graph = graphOf(siamese);
    const left = weightLines(graph).filter((l) => l.startsWith('tower'));
    const right = weightLines(graph).filter((l) => l.startsWith('right_tower'));
    expect(right).toEqual(left.map((l) => l.replace('tower', 'right_tower')));
    // conv 3·3·1·4 + 4, gamma and beta 8, dense 4·6 + 6.
    expect(trainable(graph)).toBe(78);
  });

  test('weights that were shared already are those of the first', () => {
    const graph = graphOf(
      network(`
  - dense: 3
    name: a
  - dense: 3
    name: b
    share: a
  - dense: 3
    name: c
    share: b
`),
    );
    expect(weightLines(graph)[2]).toBe('c: a/kernel a/bias');
  });

  test('every copy of a repeat uses them', () => {
    const graph = graphOf(
      network(`
  - dense: 3
    name: layer
  - dense: 3
    repeat: 3
    share: layer
`),
    );
    expect(weightLines(graph)).toEqual([
      'layer: layer/kernel layer/bias',
      'dense: layer/kernel layer/bias',
      'dense_2: layer/kernel layer/bias',
      'dense_3: layer/kernel layer/bias',
    ]);
    expect(trainable(graph)).toBe(12);
  });

  test('the name of a repeat is its last copy, and an index names any', () => {
    const graph = graphOf(
      network(`
  - dense: 3
    repeat: 2
    name: layer
  - dense: 3
    name: a
    share: layer
  - dense: 3
    name: b
    share: layer_$(0)
`),
    );
    expect(weightLines(graph).slice(2)).toEqual([
      'a: layer_1/kernel layer_1/bias',
      'b: layer_0/kernel layer_0/bias',
    ]);
  });

  test('a step inside a named structure is found by its path', () => {
    const graph = graphOf(
      network(`
  - steps:
      - dense: 3
        name: inner
    name: head
  - dense: 3
    name: again
    share: head/inner
`),
    );
    expect(weightLines(graph)[1]).toBe('again: head/inner/kernel head/inner/bias');
  });

  test.each([
    [
      'attributes that differ',
      `
  - dense: 3
    name: a
  - dense: 4
    name: b
    share: a
`,
      [
        '9:12 INC145 b cannot use the weights of a: `units` of b is not that of a',
        '  see 5:5: the step that has the weights',
      ],
    ],
    [
      'weights that would have other shapes',
      `
  - conv: { filters: 8, kernel: 3, padding: same }
    name: a
  - conv: { filters: 8, kernel: 3, padding: same }
    name: b
    share: a
`,
      [
        '9:12 INC145 b cannot use the weights of a: the kernel of b is [3, 3, 8, 8], that of the other [3, 3, 3, 8]',
        '  see 5:5: the step that has the weights',
      ],
    ],
    [
      'another op',
      `
  - dense: 3
    name: a
  - conv: { filters: 3, kernel: 1, padding: same }
    name: b
    share: a
`,
      [
        '9:12 INC145 b cannot use the weights of a: one is `conv`, the other `dense`',
        '  see 5:5: the step that has the weights',
      ],
    ],
    [
      'an op without weights',
      `
  - relu:
    name: a
  - relu:
    name: b
    share: a
`,
      [
        '9:12 INC145 b cannot use the weights of a: it has no weights',
        '  see 5:5: the step that has the weights',
      ],
    ],
    [
      'a structure',
      `
  - steps: [{ dense: 3 }]
    name: a
  - steps: [{ dense: 3 }]
    name: b
    share: a
`,
      [
        '9:12 INC145 b cannot use the weights of a: only ops and blocks have weights to share: make a block of the steps',
        '  see 5:5: the step that has the weights',
      ],
    ],
    [
      'an input',
      `
  - dense: 3
    share: x
`,
      ['6:12 INC145 the step cannot use the weights of x: it is a value, not a step that was run before'],
    ],
  ])('%s is refused', (_, steps, wanted) => {
    const help =
      '  help: steps that share weights call the same op or block with the same attributes, on values of which the weights have the same shapes';
    expect(report(network(steps))).toEqual([...wanted, help]);
  });

  test('a name that is not there, or was left out', () => {
    const unknown = network(`
  - dense: 3
    name: head
  - dense: 3
    share: haed
`);
    expect(report(unknown)).toEqual([
      '8:12 INC130 there is no step `haed` here',
      '  help: did you mean `head`?',
    ]);
    const left = network(`
  - dense: 3
    name: head
    when: false
  - dense: 3
    share: head
`);
    expect(report(left)).toEqual([
      '9:12 INC140 `head` was left out by its `when`, so it cannot be read',
      '  see 5:5: left out here',
    ]);
  });
});

describe('a weight as a value', () => {
  const tied = lines(`
inception: 1
name: tied
inputs: { tokens: { shape: [N, S], dtype: int32 } }
network:
  - embedding: { rows: 50, width: 8 }
    name: token_embedding
  - dense: 8
  - matmul: { transpose_b: true }
    from: [_, token_embedding/embeddings]
    name: logits
    expect: [N, S, 50]
expect: { parameters: 472 }
`);

  test('an output layer is tied to an embedding', () => {
    // 50·8 + 8·8 + 8 = 472.
    const graph = graphOf(tied);
    expect(nodeLines(graph)).toEqual([
      'token_embedding: embedding of tokens gives [N, S, 8]',
      'dense: dense of token_embedding gives [N, S, 8]',
      'token_embedding/embeddings: parameter of  gives [50, 8]',
      'logits: matmul of dense, token_embedding/embeddings gives [N, S, 50]',
    ]);
  });

  test('a step that is left out reads no weight', () => {
    const untied = tied.replace('name: logits', 'when: false\n    name: logits');
    expect(untied).not.toBe(tied);
    expect(nodeLines(graphOf(untied)).filter((line) => line.includes('parameter'))).toEqual([]);
  });

  test('it is one value for all that read it', () => {
    const graph = graphOf(
      network(`
  - dense: { units: 3, bias: false }
    name: a
  - matmul: [_, a/kernel]
  - matmul: [_, a/kernel]
`),
    );
    expect(nodeLines(graph).filter((l) => l.includes('parameter'))).toEqual([
      'a/kernel: parameter of  gives [3, 3]',
    ]);
    expect(trainable(graph)).toBe(9);
  });

  test('it is found inside a block, a norm and a step that shares it', () => {
    const graph = graphOf(
      `${siamese}  - dense: 4
  - multiply: [_, right_tower/conv/batch_norm/gamma]
`,
    );
    expect(weightLines(graph).at(-1)).toBe('right_tower/conv/batch_norm/gamma: tower/conv/batch_norm/gamma');
  });

  test('a weight that is not there is an error', () => {
    const text = network(`
  - dense: 3
    name: a
  - matmul: [_, a/kernels]
`);
    expect(report(text)).toEqual([
      '7:17 INC130 there is no value `a/kernels` here',
      '  help: only what a block declares under `outputs`, what is inside a named structure, and weights can be read by a path',
    ]);
  });
});
