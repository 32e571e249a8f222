import { describe, expect, test } from 'vitest';
import { lines, network, report } from './report.ts';

describe('names that are not known', () => {
  test('a value, with what is near', () => {
    expect(
      report(
        network(`
  - relu:
    name: stem
  - add: [stem, steam]
`),
      ),
    ).toEqual(['7:17 INC130 there is no value `steam` here', '  help: did you mean `stem`?']);
  });

  test('every one of a list', () => {
    expect(
      report(
        network(`
  - add: [a, b, x]
`),
      ),
    ).toEqual([
      '5:11 INC130 there is no value `a` here',
      '  help: did you mean `x`?',
      '5:14 INC130 there is no value `b` here',
      '  help: did you mean `x`?',
    ]);
  });

  test('the values that are known', () => {
    expect(
      report(
        network(`
  - relu
  - relu
  - tanh:
    from: y
`),
      ),
    ).toEqual(['8:11 INC130 there is no value `y` here', '  help: did you mean `x`?']);
  });

  test('what is inside a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [{ relu: , name: inside }] }
network:
  - b
  - relu:
    from: b/inside
`),
      ),
    ).toEqual([
      '8:11 INC130 there is no value `b/inside` here',
      '  help: only what a block declares under `outputs`, what is inside a named structure, and weights can be read by a path',
    ]);
  });

  test('a part of a structure', () => {
    expect(
      report(
        network(`
  - branches: { left: [relu], right: [tanh] }
    merge: none
    name: pair
  - relu:
    from: pair/lef
`),
      ),
    ).toEqual(['9:11 INC130 there is no value `pair/lef` here', '  help: known here: left, right']);
  });

  test('a step that stands below', () => {
    expect(
      report(
        network(`
  - relu:
    from: later
  - relu:
    name: later
`),
      ),
    ).toEqual([
      '6:11 INC130 there is no value `later` here',
      '  see 8:11: it gets its name here',
      '  help: `later` stands below, and a step reads what stands above it: move the step that gives `later` up, or this one down',
    ]);
  });

  test('names of the caller, in a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    - relu:
      from: outside
network:
  - relu:
    name: outside
  - b
`),
      ),
    ).toEqual(['7:13 INC130 there is no value `outside` here']);
  });

  test('an output, and a claim on an output', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - relu:
    name: r
outputs: [r, s]
expect: { outputs: { r: [N, 3], t: [N, 3] } }
`),
      ),
    ).toEqual(['7:14 INC130 there is no value `s` here', '  help: did you mean `x`?']);
  });

  test('a name in an expression', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: 4 }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: $widht, kernel: 3 }
  - conv: { filters: 4, kernel: $(i + 1) }
`),
      ),
    ).toEqual([
      '6:22 INC162 `widht` is not known in this expression',
      '  help: did you mean `width`?',
      '7:33 INC162 `i` is not known in this expression',
      '  help: known here: in_channels, width',
    ]);
  });

  test('a param of the file, in a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: 4 }
inputs: { x: [N, 8, 8, 3] }
blocks:
  b: [ conv: { filters: $width, kernel: 3 } ]
network: [b]
`),
      ),
    ).toEqual([
      '6:25 INC162 `width` is not known in this expression',
      '  help: `width` is a param of the file; a block sees its own: declare `params: { width: $width }` in it',
    ]);
  });

  test('the longest name is read', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - relu:
    repeat: 2
    name: skip_$i_out
`),
      ),
    ).toEqual([
      '7:11 INC162 `i_out` is not known in this expression',
      '  help: the longest name is read: write `$(i)_out`',
    ]);
  });
});

describe('nothing follows from what is reported', () => {
  test('a missing param, and the names of a repeat', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { layers: int }
inputs: { x: [N, 3] }
network:
  - relu:
    repeat: $layers
    name: layer
  - relu:
    from: layer_1
  - relu:
    from: layer/0
  - add: [layer, x]
  - relu:
    from: zzz
`),
      ),
    ).toEqual(['3:11 INC135 the spec needs the param `layers`', '  help: set it with --set']);
  });

  test('a name that could not be worked out', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: int }
inputs: { x: [N, 3] }
network:
  - relu:
    name: layer$w
  - relu:
    from: layer1
`),
      ),
    ).toEqual(['3:11 INC135 the spec needs the param `w`', '  help: set it with --set']);
  });

  test('a name that is not one, and what the step would still be', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 30 }
    name: a/b
  - relu:
    from: a/b
`),
      ),
    ).toEqual([
      '5:5 INC204 the window is 30 high, but its input only 8: nothing would come out',
      '  help: it fits with 30 or more instead of 8 in the shape of `x`; this step needs 30 or more: use a smaller kernel, or a padding that keeps the size (`same`)',
      '6:11 INC104 `name` must be a name, or a list of names, not the text "a/b"',
      '  help: a name is letters, digits, `_`, `-` and `.`',
    ]);
  });

  test('a condition that could not be worked out', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: int }
inputs: { x: [N, 3] }
network:
  - steps:
      - relu:
        name: inside
    when: $(w > 1)
  - relu:
    from: inside
`),
      ),
    ).toEqual(['3:11 INC135 the spec needs the param `w`', '  help: set it with --set']);
  });

  test('a branch that could not be read', () => {
    expect(
      report(
        network(`
  - branches: { a: 3, b: [tanh] }
    merge: none
    name: pair
  - relu:
    from: pair/a
  - relu:
    from: pair/c
`),
      ),
    ).toEqual(['5:20 INC103 steps must be a list, not 3']);
  });

  test('a broken expression', () => {
    expect(
      report(
        network(`
  - conv: { filters: $(4 *), kernel: 3 }
    name: c
    expect: [N, 6, 6, 4]
  - relu:
    from: c
`),
      ),
    ).toEqual(['5:22 INC160 `$(4 *)` is not an expression: it ends where a value should follow']);
  });

  test('an input that is wrong', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 0, 3], y: [N, H, 3] }
network:
  - relu:
    from: x
    expect: [N, W, 3]
  - add: [x, y]
`),
      ),
    ).toEqual([
      '3:18 INC201 `0` is not a dimension: it is zero',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
    ]);
  });

  test('a missing attribute, further on', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4 }
    name: c
    expect: [N, 1, 1, 4]
  - dense: 3
  - relu:
    from: c
`),
      ),
    ).toEqual([
      '5:5 INC109 `conv` needs `kernel`',
      '  help: write it at the step, or once for all under `defaults: { conv: { kernel: … } }`',
    ]);
  });
});

describe('names that are there twice', () => {
  test('two steps', () => {
    expect(
      report(
        network(`
  - relu:
    name: r
  - relu:
    name: r
  - tanh
`),
      ),
    ).toEqual([
      '8:11 INC131 two steps are called `r`',
      '  see 6:11: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
    ]);
  });

  test('an input, and a step', () => {
    expect(
      report(
        network(`
  - relu:
    name: x
`),
      ),
    ).toEqual([
      '6:11 INC131 two steps are called `x`',
      '  see 3:11: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
    ]);
  });

  test('a name that was taken automatically', () => {
    expect(
      report(
        network(`
  - relu
  - tanh:
    name: relu
`),
      ),
    ).toEqual([
      '7:11 INC131 two steps are called `relu`',
      '  see 5:5: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
    ]);
  });

  test('copies', () => {
    expect(
      report(
        network(`
  - relu:
    repeat: 3
    name: r$(i // 2)
`),
      ),
    ).toEqual([
      '7:11 INC131 two steps are called `r0`',
      '  help: the step is repeated: put the index into its name, as in `a_$(i)`',
    ]);
  });

  test('a copy, and the name of a repeat', () => {
    expect(
      report(
        network(`
  - relu:
    name: r_0
  - relu:
    name: t
  - relu:
    repeat: 2
    name: r
  - relu:
    repeat: 2
    name: t
`),
      ),
    ).toEqual([
      '11:11 INC131 two steps are called `r_0`',
      '  see 6:11: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
      '14:11 INC131 two steps are called `t`',
      '  see 8:11: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
    ]);
  });

  test('inside a repeat', () => {
    expect(
      report(
        network(`
  - steps:
      - relu:
        name: inside
    repeat: 2
`),
      ),
    ).toEqual([
      '7:15 INC131 two steps are called `inside`',
      '  help: the step is repeated: put the index into its name, as in `a_$(i)`',
    ]);
  });

  test('the branches of unnamed branches', () => {
    expect(
      report(
        network(`
  - branches: { a: [relu], b: [] }
    merge: concat
  - branches: { a: [relu], b: [] }
    merge: concat
`),
      ),
    ).toEqual([
      '7:17 INC131 two branches or steps are called `a`',
      '  see 5:17: the first is here',
      '  help: give the `branches` a `name`: those of its branches then stand below it',
      '7:28 INC131 two branches or steps are called `b`',
      '  see 5:28: the first is here',
      '  help: give the `branches` a `name`: those of its branches then stand below it',
    ]);
  });

  test('the inside of a conv, and of a group', () => {
    expect(
      report(
        network(`
  - conv: { filters: 3, kernel: 1, activation: relu }
    name: stem
  - steps: [relu]
    name: stem
`),
      ),
    ).toEqual([
      '8:11 INC131 two steps are called `stem`',
      '  see 6:11: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
    ]);
  });

  test('a merge has a name, too', () => {
    expect(
      report(
        network(`
  - residual: [relu]
  - relu:
    name: add
`),
      ),
    ).toEqual([
      '7:11 INC131 two steps are called `add`',
      '  see 5:5: the first is here',
      '  help: give one of them another name: names are weight names, and each must be there once',
    ]);
  });

  test('outputs', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network: [relu]
outputs: [relu, relu]
`),
      ),
    ).toEqual([
      '5:17 INC131 two outputs are called `relu`',
      '  see 5:11: the first is here',
      '  help: remove one of the two',
    ]);
  });

  test('inputs of a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: { inputs: [y, y], steps: [relu] } }
network: [b]
`),
      ),
    ).toEqual([
      '4:28 INC131 two inputs are called `y`',
      '  see 4:25: the first is here',
      '  help: remove one of the two',
    ]);
  });
});

describe('names that cannot be names', () => {
  test('of inputs, blocks, params, imports, branches and steps', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a.b: lib.yaml }
params: { in_channels: 3, a-b: 1, min: 2, expect: 1 }
inputs: { x: [N, 3], y/z: [N, 3] }
blocks: { b/c: [relu], conv: [relu], name: [relu] }
network:
  - branches: { a/b: [relu], c: [] }
    merge: concat
  - relu:
    name: _
  - relu:
    name: a b
`),
      ),
    ).toEqual([
      '3:12 INC132 `a.b` cannot be a name',
      '  help: an alias has letters, digits, `_` and `-`; a point parts it from the name of the block',
      '4:11 INC132 `in_channels` cannot be a name',
      '  help: a param is a word of letters, digits and `_` that expressions can read, and is none that they know already',
      '4:27 INC132 `a-b` cannot be a name',
      '  help: a param is a word of letters, digits and `_` that expressions can read, and is none that they know already',
      '4:35 INC132 `min` cannot be a name',
      '  help: a param is a word of letters, digits and `_` that expressions can read, and is none that they know already',
      '4:43 INC132 `expect` cannot be a name',
      '  help: a param is a word of letters, digits and `_` that expressions can read, and is none that they know already',
      '5:22 INC132 `y/z` cannot be a name',
      '  help: a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
      '6:11 INC132 `b/c` cannot be a name',
      '  help: a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
      '6:24 INC132 `conv` cannot be a name',
      '  help: an op or a key of the language is called so: a step with that name would mean the other',
      '6:38 INC132 `name` cannot be a name',
      '  help: an op or a key of the language is called so: a step with that name would mean the other',
      '8:17 INC132 `a/b` cannot be a name',
      '  help: a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
      '11:11 INC104 `name` must be a name, or a list of names, not the text "_"',
      '  help: a name is letters, digits, `_`, `-` and `.`',
      '13:11 INC104 `name` must be a name, or a list of names, not the text "a b"',
      '  help: a name is letters, digits, `_`, `-` and `.`',
    ]);
  });

  test('from an expression', () => {
    expect(
      report(
        network(`
  - relu:
    name: $("a" + "/" + "b")
`),
      ),
    ).toEqual([
      '6:11 INC132 `a/b` cannot be a name',
      '  help: a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
    ]);
  });
});

describe('calls and wiring', () => {
  test('a block that calls itself', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { a: [relu, b], b: [a] }
network: [a, a]
`),
      ),
    ).toEqual(['4:29 INC133 the block calls itself: a → b → a']);
  });

  test('a repeat whose copies all read the same', () => {
    expect(
      report(
        network(`
  - relu:
    name: r
  - tanh:
    from: r
    repeat: 3
`),
      ),
    ).toEqual([
      '8:11 INC138 every copy of this repeat would read the same value: `from` holds neither `_` nor the index',
      '  help: to chain the copies, put the repeat in a group and `from` on the group; if they shall stand side by side, say `repeat: { times: …, parallel: true }`',
    ]);
  });

  test('an order that is not one', () => {
    expect(
      report(
        network(`
  - branches: { a: [relu], b: [tanh] }
    merge: { concat: { order: [a, a] } }
`),
      ),
    ).toEqual(['6:31 INC142 `order` must name each branch once: it has [a, a], the branches are [a, b]']);
  });

  test('an order where there is none', () => {
    expect(
      report(
        network(`
  - branches: { a: [relu], b: [tanh] }
    merge: { maximum: { order: [a, b] } }
`),
      ),
    ).toEqual(['6:25 INC108 `maximum` has no attribute `order`', '  help: it has: value, broadcast']);
  });

  test('two merges', () => {
    expect(
      report(
        network(`
  - branches: { a: [relu], b: [tanh] }
    merge: { maximum: , concat: }
`),
      ),
    ).toEqual(['6:12 INC104 `merge` with attributes must be one of concat, add, multiply, average, maximum']);
  });

  test('every branch is left out', () => {
    expect(
      report(
        network(`
  - branches: { a: { steps: [relu], when: false } }
    merge: concat
  - residual: { steps: [relu], when: false }
    shortcut: { steps: [], when: false }
`),
      ),
    ).toEqual([
      '5:5 INC141 every branch was left out by its `when`, so there is nothing to merge',
      '7:5 INC141 every branch was left out by its `when`, so there is nothing to merge',
    ]);
  });

  test('no branches', () => {
    expect(
      report(
        network(`
  - branches: {}
    merge: concat
`),
      ),
    ).toEqual(['5:15 INC104 `branches` has no branch']);
  });

  test('a step that was left out is read', () => {
    expect(
      report(
        network(`
  - relu:
    name: r
    when: false
  - add: [r, x]
`),
      ),
    ).toEqual([
      '8:11 INC140 `r` was left out by its `when`, so it cannot be read',
      '  see 5:5: left out here',
    ]);
  });

  test('a branch that was left out is read', () => {
    expect(
      report(
        network(`
  - branches: { a: { steps: [relu], when: false }, b: [relu] }
    merge: concat
    name: m
  - relu:
    from: m/a
`),
      ),
    ).toEqual([
      '9:11 INC140 `m/a` was left out by its `when`, so it cannot be read',
      '  see 5:17: left out here',
    ]);
  });

  test('too few values, too many values', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: { inputs: [y, z], steps: [relu] } }
network:
  - relu:
    from: [x, x]
  - b:
    from: x
  - add: []
  - branches: [[relu], [tanh]]
    merge: none
  - relu
`),
      ),
    ).toEqual([
      '6:5 INC137 `relu` reads one value, but is given 2',
      '  help: say with `from` which values the step reads',
      '8:5 INC137 `b` reads 2 values (y, z), but is given 1',
      '  help: say with `from` which values the step reads',
      '10:5 INC137 `add` reads at least one value, but is given 0',
      '  help: say with `from` which values the step reads',
    ]);
  });

  test('the first step of several inputs', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network: [relu, tanh]
`),
      ),
    ).toEqual([
      '4:11 INC139 `relu` stands first, but it is not clear which input it reads',
      '  help: the network has several inputs: say `from: NAME`',
    ]);
  });

  test('structures that stand first', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network:
  - residual: [relu]
`),
      ),
    ).toEqual([
      '5:5 INC139 `residual` stands first, but it is not clear which input it reads',
      '  help: the network has several inputs: say `from: NAME`',
    ]);
  });

  test('an identity that stands first', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network:
  - branches: { a: [], b: [{ relu: , from: x }] }
    merge: concat
`),
      ),
    ).toEqual([
      '5:5 INC139 `branches` stands first, but it is not clear which input it reads',
      '  help: the network has several inputs: say `from: NAME`',
    ]);
  });

  test('a tap that stands first', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network:
  - tap: []
    name: t
`),
      ),
    ).toEqual([
      '5:5 INC139 `tap` stands first, but it is not clear which input it reads',
      '  help: the network has several inputs: say `from: NAME`',
    ]);
  });

  test('several inputs, and nothing that reads them', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network: []
`),
      ),
    ).toEqual([
      '1:1 INC104 the network gives no value',
      '  help: say with `from` which of the inputs its first step reads',
    ]);
  });

  test('every output is left out', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network:
  - relu:
    name: r
    when: false
outputs: [r]
`),
      ),
    ).toEqual([
      '8:11 INC104 the network gives no value',
      '  help: every output was left out by its `when`: keep one, or take `outputs` away',
    ]);
  });
});

describe('conditions', () => {
  test('that are neither true nor false', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { n: 0 }
inputs: { x: [N, 3] }
network:
  - relu:
    when: $n
  - branches: { a: { steps: [relu], when: $n }, b: [relu] }
    merge: concat
`),
      ),
    ).toEqual([
      '7:11 INC103 `when` must be true or false, not 0',
      '8:43 INC103 `when` must be true or false, not 0',
    ]);
  });
});

describe('channels that are not a number', () => {
  test('of a symbol', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, H, W, C] }
network:
  - relu:
    when: $(in_channels > 3)
`),
      ),
    ).toEqual([
      '6:11 INC162 `in_channels` is not known in this expression',
      '  help: x has channels that are a symbol, not a number',
    ]);
  });

  test('of nothing', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], y: [N, 3] }
network:
  - relu:
    from: x
    when: $(in_channels > 1)
  - steps: [{ add: [x, y] }]
    when: $(in_channels > 1)
    from: []
`),
      ),
    ).toEqual([
      '9:11 INC162 `in_channels` is not known in this expression',
      '  help: this step reads no value',
    ]);
  });
});

describe('networks that are too large', () => {
  test('copies of copies', () => {
    expect(
      report(
        network(`
  - relu
  - steps:
      - steps: [relu]
        repeat: 1000
    repeat: 1000
`),
      ),
    ).toEqual([
      '6:5 INC143 the network has more than 120000 nodes',
      '  help: look for a `repeat` with a count that was not meant',
    ]);
  });

  test('copies of nothing', () => {
    expect(
      report(
        network(`
  - steps:
      - steps: []
        repeat: 1000
    repeat: 1000
`),
      ),
    ).toEqual([
      '5:5 INC143 the network has more than 500000 steps',
      '  help: look for a `repeat` with a count that was not meant',
    ]);
  });

  test('blocks of blocks', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  a: [relu, relu, relu, relu, relu, relu, relu, relu, relu, relu]
  b: [a, a, a, a, a, a, a, a, a, a]
  c: [b, b, b, b, b, b, b, b, b, b]
  d: [c, c, c, c, c, c, c, c, c, c]
  e: [d, d, d, d, d, d, d, d, d, d, d, d, d]
network: [a, e]
`),
      ),
    ).toEqual([
      '10:14 INC143 the network has more than 120000 nodes',
      '  help: look for a `repeat` with a count that was not meant',
    ]);
  });

  test('a repeat with a count that is too large', () => {
    expect(
      report(
        network(`
  - relu:
    repeat: 120001
`),
      ),
    ).toEqual(['6:13 INC104 `repeat` must be a whole number from 0 to 120000, not 120001']);
  });
});

describe('what could not be read is not missed', () => {
  test('params', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: [w]
inputs: { x: [N, 3] }
blocks: { b: { params: 3, steps: [ dense: $v ] } }
network:
  - dense: $w
  - b: { v: 3 }
`),
      ),
    ).toEqual([
      '3:9 INC104 `params` must be names with defaults, not ["w"]',
      '5:24 INC104 `params` must be names with defaults, not 3',
    ]);
  });

  test('a param with a key that it does not have', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: { value: 3 } }
inputs: { x: [N, 3] }
network:
  - dense: $w
`),
      ),
    ).toEqual([
      '3:16 INC101 unknown key `value` in param `w`',
      '  help: known here: type, default, min, max, choices, description',
    ]);
  });

  test('an output of a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: { steps: [relu], outputs: [true] } }
network: [b, relu]
`),
      ),
    ).toEqual(['4:41 INC103 an output must be the name of a value, not true']);
  });
});
