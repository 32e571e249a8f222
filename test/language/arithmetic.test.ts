import { describe, expect, test } from 'vitest';
import { graphOf, nodeLines } from './graphLines.ts';
import { network, report } from './report.ts';

/** Attributes of the nodes that have a number beside their value. */
function numbersIn(steps: string) {
  return graphOf(network(steps)).nodes.map(({ op, attributes }) => [
    op,
    'value' in attributes && attributes.value,
  ]);
}

describe('a number in place of the second value', () => {
  test('stands behind the op, as text or as an expression', () => {
    expect(
      numbersIn('  - add: 1\n  - multiply: 0.5\n  - maximum: -2\n  - subtract: $(3 - 1)\n  - less: 0\n'),
    ).toEqual([
      ['add', 1],
      ['multiply', 0.5],
      ['maximum', -2],
      ['subtract', 2],
      ['less', 0],
    ]);
  });

  test('goes with `from`, and as an attribute', () => {
    const graph = graphOf(
      network('  - relu:\n    name: a\n  - add: 1\n    from: x\n  - divide: { value: 2 }\n'),
    );
    expect(nodeLines(graph)).toEqual([
      'a: relu of x gives [N, 8, 8, 3]',
      'add: add of x gives [N, 8, 8, 3]',
      'divide: divide of add gives [N, 8, 8, 3]',
    ]);
  });

  test('is not 0 where it divides', () => {
    expect(report(network('  - divide: 0\n'))).toEqual([
      '5:13 INC110 `value` of `divide`: must be positive or negative, not 0',
    ]);
  });

  test('is not a second value beside two', () => {
    expect(report(network('  - subtract: 1\n    from: [x, x]\n'))).toEqual([
      '5:5 INC137 `subtract` reads two values, or one value and a number, but is given 2',
      '  help: say with `from` which values the step reads',
    ]);
  });
});

describe('two values of different shapes', () => {
  test('are stretched to one', () => {
    const graph = graphOf(
      network(`
  - reduce_mean: { axes: [1, 2], keepdims: true }
    name: squeezed
  - multiply: [x, squeezed]
  - subtract: [_, x]
`),
    );
    expect(nodeLines(graph)).toEqual([
      'squeezed: reduce_mean of x gives [N, 1, 1, 3]',
      'multiply: multiply of x, squeezed gives [N, 8, 8, 3]',
      'subtract: subtract of multiply, x gives [N, 8, 8, 3]',
    ]);
  });

  test('are refused where two sizes differ and neither is 1', () => {
    expect(report(network('  - conv: { filters: 4, kernel: 1 }\n  - add: [_, x]\n'))[0]).toBe(
      '6:5 INC216 `add` cannot stretch its inputs to one shape: conv is [N, 8, 8, 4], x is [N, 8, 8, 3]',
    );
  });
});

describe('branches that meet have one shape', () => {
  test('in a residual', () => {
    expect(report(network('  - residual: [global_avg_pool: { keepdims: true }]\n'))[0]).toBe(
      '5:5 INC203 `add` needs equal shapes: x is [N, 8, 8, 3], global_avg_pool is [N, 1, 1, 3]',
    );
  });

  test('in a merge, whatever `defaults` say', () => {
    const text = `inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { multiply: { broadcast: true } }
network:
  - branches: [[], [global_avg_pool: { keepdims: true }]]
    merge: multiply
`;
    expect(report(text)[0]).toBe(
      '6:5 INC203 `multiply` needs equal shapes: x is [N, 8, 8, 3], global_avg_pool is [N, 1, 1, 3]',
    );
  });

  test('unless the merge itself says otherwise', () => {
    const graph = graphOf(
      network(`
  - branches: [[], [global_avg_pool: { keepdims: true }]]
    merge: { multiply: { broadcast: true } }
`),
    );
    expect(nodeLines(graph).at(-1)).toBe('multiply: multiply of x, global_avg_pool gives [N, 8, 8, 3]');
  });
});

describe('activations inside a conv', () => {
  test('by name, and with attributes', () => {
    const graph = graphOf(
      network(`
  - conv: { filters: 4, kernel: 1, activation: silu }
  - conv: { filters: 4, kernel: 1, activation: { leaky_relu: { slope: 0.1 } } }
  - conv: { filters: 4, kernel: 1, activation: prelu }
  - dense: { units: 6, activation: glu }
`),
    );
    expect(nodeLines(graph).filter((line) => !/: (conv|dense) of/.test(line))).toEqual([
      'conv/silu: silu of conv/conv gives conv [N, 8, 8, 4]',
      'conv_2/leaky_relu: leaky_relu of conv_2/conv gives conv_2 [N, 8, 8, 4]',
      'conv_3/prelu: prelu of conv_3/conv gives conv_3 [N, 8, 8, 4]',
      'dense/glu: glu of dense/dense gives dense [N, 8, 8, 3]',
    ]);
  });

  test('leaky_relu must be told its slope, as frameworks differ', () => {
    expect(report(network('  - conv: { filters: 4, kernel: 1, activation: leaky_relu }\n'))).toEqual([
      '5:48 INC109 `leaky_relu` needs `slope`',
      '  help: write it at the step, or once for all under `defaults: { leaky_relu: { slope: … } }`',
    ]);
  });
});

describe('dtypes are not mixed', () => {
  test('an int32 and a float32 need a cast', () => {
    expect(
      report(network('  - arg_max\n    name: best\n  - add: [best, x]\n').replace('- arg_max', '- arg_max:')),
    ).toEqual([
      '7:5 INC211 `add` needs int32, but gets float32',
      '  help: nothing is converted silently: write `cast`',
    ]);
  });

  test('a number takes the dtype of its value', () => {
    expect(report(network('  - arg_max\n  - add: 0.5\n'))).toEqual([
      '6:5 INC211 `add` needs a whole number beside int32 values, but gets 0.5',
      '  help: nothing is converted silently: write `cast`',
    ]);
  });
});
