import { describe, expect, test } from 'vitest';
import { lines, network, report } from './report.ts';

describe('dimensions', () => {
  test('negative, zero, not whole, too large', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { a: [N, -1], b: [N, 0], c: [N, 1.5], d: [N, 9007199254740993], e: [N, 1e20] }
network: [ relu: { } ]
`),
      ),
    ).toEqual([
      '3:18 INC201 `-1` is not a dimension: it is negative',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:30 INC201 `0` is not a dimension: it is zero',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:41 INC201 `1.5` is not a dimension: it is not whole',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:54 INC201 `9007199254740992` is not a dimension: it is beyond 2^53',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:80 INC201 `100000000000000000000` is not a dimension: it is beyond 2^53',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '4:12 INC139 `relu` stands first, but it is not clear which input it reads',
      '  help: the network has several inputs: say `from: NAME`',
    ]);
  });

  test('symbols that are not declared, expressions that are none', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { a: [N, M // 2], b: [N, 3 +], c: [N, H // 0], d: [_, 3] }
network: []
`),
      ),
    ).toEqual([
      '3:18 INC201 `M // 2` is not a dimension: no symbol is called `M`',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:34 INC201 `3 +` is not a dimension: it ends where a number or a symbol is expected',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:47 INC201 `H // 0` is not a dimension: no symbol is called `H`',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '3:60 INC201 `_` is not a dimension: `_` matches anything in a claim; an input has a size or a symbol',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
    ]);
  });

  test('of a claim', () => {
    expect(
      report(
        network(`
  - relu:
    expect: [M, 8, 8, 0]
  - relu:
    expect: [N, 8 / 3, 8, 3.5]
`),
      ),
    ).toEqual([
      '6:14 INC201 `M` is not a dimension: no symbol is called `M` (did you mean `N`?)',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '6:23 INC201 `0` is not a dimension: it is zero',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '8:17 INC201 `8 / 3` is not a dimension: `3` does not divide `8` at every size: `//` rounds down, `ceil(a / b)` rounds up',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '8:27 INC201 `3.5` is not a dimension: it is not whole',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
    ]);
  });

  test('facts that contradict themselves', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, W, C] }
dims: { H: { min: 5, max: 3 }, W: { multiple_of: 4, remainder: 4 }, C: { remainder: 1 }, N: { min: 0 } }
network: [relu]
`),
      ),
    ).toEqual([
      '4:9 INC104 `dims` of `H` admits no size',
      '4:32 INC104 `dims` of `W` has the `remainder` 4, which is not below its `multiple_of` 4',
      '4:69 INC104 `dims` of `C` has a `remainder` without `multiple_of`',
      '4:100 INC104 `min` must be at least 1, not 0',
    ]);
  });

  test('facts of a symbol that no input names', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
dims: { M: { min: 2 } }
network: [relu]
`),
      ),
    ).toEqual(['4:9 INC130 there is no symbol `M` here', '  help: did you mean `N`?']);
  });

  test('given from outside', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
network: [relu]
`),
        { inputs: { x: [1, 0, 'H', 'H / 2'], y: [3] } },
      ),
    ).toEqual([
      '- INC130 there is no input `y` here',
      '  help: did you mean `x`?',
      '- INC201 `0` is not a dimension: it is zero (given for input `x`)',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '- INC201 `H / 2` is not a dimension: `2` does not divide `H` at every size: `//` rounds down, `ceil(a / b)` rounds up (given for input `x`)',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
    ]);
  });

  test('given from outside, against what is declared', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, W, 3] }
dims: { H: { min: 64 }, W: { multiple_of: 32 } }
network: [relu]
`),
        { inputs: { x: [1, 50, 65, 3] } },
      ),
    ).toEqual([
      '- INC201 `50` is not a dimension: `dims` says that H is at least 64 (given for input `x`)',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '- INC201 `65` is not a dimension: `dims` says that W is a multiple of 32: 64 or 96 (given for input `x`)',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
    ]);
  });
});

describe('sizes beyond 2^53', () => {
  test("elements of an input's value", () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 100000000, 100000000, 3] }
network: [relu]
`),
      ),
    ).toEqual([
      '4:11 INC212 the number of elements of [N, 100000000, 100000000, 3] goes beyond 2^53, where whole numbers are no longer exact',
    ]);
  });

  test('multiply-adds', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 4294967296] }
network: [ conv: { filters: 4294967296, kernel: 1 } ]
`),
      ),
    ).toEqual([
      '4:12 INC212 the number of operations of `conv` goes beyond 2^53, where whole numbers are no longer exact',
    ]);
  });

  test('weights', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 94906266] }
network: [ dense: 94906267 ]
`),
      ),
    ).toEqual([
      '4:12 INC212 the number of multiply-adds up to here goes beyond 2^53, where whole numbers are no longer exact',
    ]);
  });

  test('together, where each is below', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 94906265] }
network: [ dense: 94906265, dense: 1 ]
`),
      ),
    ).toEqual([
      '4:29 INC212 the number of parameters up to here goes beyond 2^53, where whole numbers are no longer exact',
    ]);
  });

  test('a padding', () => {
    expect(
      report(
        network(`
  - conv: { filters: 3, kernel: 3, padding: 9007199254740991 }
`),
      ),
    ).toEqual(['5:5 INC212 a dimension of `conv` goes beyond 2^53, where whole numbers are no longer exact']);
  });
});

describe('shapes that do not fit', () => {
  test('a kernel larger than its input', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 4, 3] }
network:
  - conv: { filters: 4, kernel: 5 }
    name: c
  - relu:
    expect: [N, 9, 9]
`),
      ),
    ).toEqual([
      '5:5 INC204 the window is 5 long, but its input only 4: nothing would come out',
      '  help: it fits with 5 or more instead of 4 in the shape of `x`; this step needs 5 or more: use a smaller kernel, or a padding that keeps the size (`same`)',
    ]);
  });

  test('branches that do not concat', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 147, 147, 64] }
defaults: { max_pool: { kernel: 3, stride: 2 } }
network:
  - branches:
      pool:
        - max_pool: { padding: same }
      conv:
        - conv: { filters: 96, kernel: 3, stride: 2 }
    merge: concat
    name: mixed
    expect: [N, 73, 73, 160]
  - relu
`),
      ),
    ).toEqual([
      '6:5 INC202 the values to concatenate differ beside the concat axis: mixed/pool/max_pool is [N, 74, 74, 64], mixed/conv/conv is [N, 73, 73, 96]',
      '  note: x 147 → mixed/pool/max_pool (max_pool 3x3 /2 same) 74',
      '  note: x 147 → mixed/conv/conv (3x3 96 /2 valid) 73',
      '  see 4:36: `stride` of mixed/pool/max_pool comes from these defaults',
      '  help: they fit with `padding: valid` at mixed/pool/max_pool',
    ]);
  });

  test('a concat along another axis', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 8, 4] }
network:
  - branches:
      a: [ conv: { filters: 5, kernel: 3 } ]
      b: []
    merge: { concat: { axis: 1 } }
`),
      ),
    ).toEqual([
      '5:5 INC202 the values to concatenate differ beside the concat axis: a/conv is [N, 6, 5], x is [N, 8, 4]',
      '  note: x 4 → a/conv (3 5 valid) 5',
      '  note: x 4',
      '  help: they fit with `filters: 4` at a/conv',
    ]);
  });

  test('a residual that does not add', () => {
    expect(
      report(
        network(`
  - conv: { filters: 16, kernel: 3 }
    name: stem
  - residual:
      - conv: { filters: 24, kernel: 3, padding: same }
        name: body
    name: res
`),
      ),
    ).toEqual([
      '7:5 INC203 `add` needs equal shapes: stem is [N, 6, 6, 16], res/body is [N, 6, 6, 24]',
      '  note: x 3 → stem (3x3 16 valid) 16',
      '  note: x 3 → stem (3x3 16 valid) 16 → res/body (3x3 24 same) 24',
      '  help: they fit with `filters: 16` at res/body',
    ]);
  });

  test('ranks that differ', () => {
    expect(
      report(
        network(`
  - global_avg_pool:
    name: g
  - concat: [x, g]
`),
      ),
    ).toEqual([
      '7:5 INC202 the values to concatenate differ beside the concat axis: x is [N, 8, 8, 3], g is [N, 3]',
      '  note: x 8',
      '  note: x 3 → g (global_avg_pool) 3',
    ]);
  });

  test('a symbol that could be anything', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, W, 3], y: [N, W, H, 3] }
network:
  - add: [x, y]
`),
      ),
    ).toEqual([
      '5:5 INC215 `add` needs H and W to be equal, but they differ at H = 2, W = 1',
      '  note: x H',
      '  note: y W',
      '  help: they are equal at H = 1, W = 1: state the sizes you mean under `dims`',
      '5:5 INC215 `add` needs W and H to be equal, but they differ at H = 2, W = 1',
      '  note: x W',
      '  note: y H',
      '  help: they are equal at H = 1, W = 1: state the sizes you mean under `dims`',
    ]);
  });

  test('every mistake of a file in one run', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: int, v: 3 }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: 4, kernal: 3 }
  - relu:
    from: x
    expect: [N, 8, 8, 4]
  - rleu
  - dense: $z
    from: x
  - conv: { filters: 2, kernel: 3, groups: 2 }
    from: x
  - residual: [ conv: { filters: 4, kernel: 1 } ]
    from: x
`),
      ),
    ).toEqual([
      '3:11 INC135 the spec needs the param `w`',
      '  help: set it with --set',
      '6:25 INC108 `conv` has no attribute `kernal`',
      '  help: did you mean `kernel`?',
      '9:13 INC301 relu is [N, 8, 8, 3], not [N, 8, 8, 4] as claimed',
      '  note: x 3',
      '10:5 INC105 `rleu` is neither an op nor a block',
      '  help: did you mean `relu`?',
      '11:12 INC162 `z` is not known in this expression',
      '  help: did you mean `w`?',
      '13:5 INC207 2 groups do not divide the 3 input channels',
      '  help: 2 or 4 input channels can be cut into 2 groups, and 3 into 1 or 3',
      '15:5 INC203 `add` needs equal shapes: x is [N, 8, 8, 3], conv_3 is [N, 8, 8, 4]',
      '  note: x 3',
      '  note: x 3 → conv_3 (1x1 4 valid) 4',
      '  help: they fit with `filters: 3` at conv_3',
    ]);
  });
});
