import { describe, expect, test } from 'vitest';
import { lines, network, report } from './report.ts';

describe('a file that holds no spec', () => {
  test('an empty file', () => {
    expect(
      report(
        lines(`
`),
      ),
    ).toEqual([
      '1:1 INC003 the file is empty',
      '  help: a spec begins with `inception: 1`, then `name`, `inputs` and `network`',
    ]);
  });

  test('only comments', () => {
    expect(
      report(
        lines(`
# a network, soon
`),
      ),
    ).toEqual([
      '1:1 INC003 the file is empty',
      '  help: a spec begins with `inception: 1`, then `name`, `inputs` and `network`',
    ]);
  });

  test('only a mark of a document', () => {
    expect(
      report(
        lines(`
---
`),
      ),
    ).toEqual([
      '1:1 INC003 the file is empty',
      '  help: a spec begins with `inception: 1`, then `name`, `inputs` and `network`',
    ]);
  });

  test('a scalar', () => {
    expect(
      report(
        lines(`
hello
`),
      ),
    ).toEqual(['1:1 INC103 a spec must be a mapping, not the text "hello"']);
  });

  test('a list', () => {
    expect(
      report(
        lines(`
- relu
- relu
`),
      ),
    ).toEqual(['1:1 INC103 a spec must be a mapping, not a list']);
  });
});

describe('keys that are not known, at every level', () => {
  test('of the document', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
titel: A net
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual(['3:1 INC101 unknown key `titel` in a spec', '  help: did you mean `title`?']);
  });

  test('of the document, with nothing near', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network: [relu]
weights: { all: off }
`),
      ),
    ).toEqual([
      '5:1 INC101 unknown key `weights` in a spec',
      '  help: known here: $schema, inception, name, title, description, source, imports, params, variants, dims, inputs, channels, defaults, blocks, network, outputs, expect, lint',
    ]);
  });

  test('of an input, a dimension, a param and totals', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: { typ: int, default: 3 } }
inputs: { x: { shape: [N, 3], rnge: [0, 1] } }
dims: { N: { mni: 2 } }
network:
  - dense: $width
expect: { macz: 9, parameters: { trainabel: 12 } }
`),
      ),
    ).toEqual([
      '3:20 INC101 unknown key `typ` in param `width`',
      '  help: did you mean `type`?',
      '4:31 INC101 unknown key `rnge` in input `x`',
      '  help: did you mean `range`?',
      '5:14 INC101 unknown key `mni` in `dims` of `N`',
      '  help: did you mean `min`?',
      '8:11 INC101 unknown key `macz` in `expect`',
      '  help: did you mean `macs`?',
      '8:34 INC101 unknown key `trainabel` in `parameters`',
      '  help: did you mean `trainable`?',
    ]);
  });

  test('of a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b: { step: [relu], input: [y] }
network: [b]
`),
      ),
    ).toEqual([
      '5:8 INC101 unknown key `step` in block `b`',
      '  help: did you mean `steps`?',
      '5:22 INC101 unknown key `input` in block `b`',
      '  help: did you mean `inputs`?',
    ]);
  });

  test('of a step', () => {
    expect(
      report(
        network(`
  - relu:
    nmae: r
  - add: [r, x]
`),
      ),
    ).toEqual(['6:5 INC101 unknown key `nmae` in a step', '  help: did you mean `name`?']);
  });

  test('of a step, with nothing near', () => {
    expect(
      report(
        network(`
  - relu:
    frobnicate: r
`),
      ),
    ).toEqual([
      '6:5 INC101 unknown key `frobnicate` in a step',
      '  help: known here: name, share, from, repeat, when, defaults, expect, note',
    ]);
  });

  test('of a structure', () => {
    expect(
      report(
        network(`
  - residual: [relu]
    shortcuts: [relu]
`),
      ),
    ).toEqual(['6:5 INC101 unknown key `shortcuts` in a step', '  help: did you mean `shortcut`?']);
  });

  test('of a branch', () => {
    expect(
      report(
        network(`
  - branches:
      a: { steps: [relu], wen: true }
      b: []
    merge: concat
`),
      ),
    ).toEqual(['6:27 INC101 unknown key `wen` in branch `a`', '  help: did you mean `when`?']);
  });

  test('of a repeat and of a claim', () => {
    expect(
      report(
        network(`
  - relu:
    repeat: { tims: 2 }
    expect: { shap: [N, 8, 8, 3] }
  - relu:
    expect: [N, 9, 9, 9]
`),
      ),
    ).toEqual([
      '6:15 INC101 unknown key `tims` in `repeat`',
      '  help: did you mean `times`?',
      '7:15 INC101 unknown key `shap` in `expect`',
      '  help: did you mean `shape`?',
    ]);
  });

  test('what is misspelt is not missed as well', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inptus: { x: [N, 3] }
blocks:
  b: { stpes: [relu] }
netwrok:
  - b
  - conv: { filterz: 3 }
`),
      ),
    ).toEqual([
      '3:1 INC101 unknown key `inptus` in a spec',
      '  help: did you mean `inputs`?',
      '5:8 INC101 unknown key `stpes` in block `b`',
      '  help: did you mean `steps`?',
      '6:1 INC101 unknown key `netwrok` in a spec',
      '  help: did you mean `network`?',
    ]);
  });
});

describe('calls', () => {
  test('an unknown op', () => {
    expect(
      report(
        network(`
  - cnv: { filters: 4, kernel: 3 }
  - rleu
  - foo:
`),
      ),
    ).toEqual([
      '5:5 INC105 `cnv` is neither an op nor a block',
      '  help: did you mean `conv`?',
      '6:5 INC105 `rleu` is neither an op nor a block',
      '  help: did you mean `relu`?',
      '7:5 INC105 `foo` is neither an op nor a block',
      '  help: every op of a network must be known: none is skipped or guessed',
    ]);
  });

  test('a name of an unknown step is a name all the same', () => {
    expect(
      report(
        network(`
  - cnv: { filters: 4, kernel: 3 }
    name: c
  - relu:
    from: c
`),
      ),
    ).toEqual(['5:5 INC105 `cnv` is neither an op nor a block', '  help: did you mean `conv`?']);
  });

  test('two calls in one step', () => {
    expect(
      report(
        network(`
  - relu:
    conv: { filters: 4, kernel: 3 }
    name: c
  - relu:
    from: c
`),
      ),
    ).toEqual([
      '6:5 INC106 a step calls one op, block or structure; this one has `relu` and `conv`',
      '  see 5:5: the first call is here',
      '  help: begin the second with `- ` on a line of its own',
    ]);
  });

  test('no call', () => {
    expect(
      report(
        network(`
  - name: c
    when: true
  - relu:
    from: c
`),
      ),
    ).toEqual([
      '5:5 INC107 this step calls no op, block or structure',
      '  help: beside `name`, `when` it needs one key such as `conv:` or `branches:`',
    ]);
  });

  test('an import that is not there', () => {
    expect(
      report(
        network(`
  - v4.stem
`),
      ),
    ).toEqual([
      '5:5 INC105 `v4.stem` is neither an op nor a block',
      '  help: no import is called `v4`; there are none',
    ]);
  });

  test('a block that could not be read is called all the same', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: [b]
network: [b]
`),
      ),
    ).toEqual(['4:9 INC104 `blocks` must be names with blocks, not ["b"]']);
  });

  test('arguments that are no mapping', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [relu] }
network:
  - b: 3
`),
      ),
    ).toEqual(['6:8 INC103 the arguments of `b` must be params by name, not 3']);
  });

  test('a main attribute that the op does not have', () => {
    expect(
      report(
        network(`
  - relu: 3
  - concat: [x, x]
    from: [x, x]
`),
      ),
    ).toEqual([
      '5:11 INC103 `relu` must be a mapping of attributes, not 3',
      '6:13 INC103 `concat` must be empty beside `from`, not a list',
    ]);
  });
});

describe('attributes', () => {
  test('unknown', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 3, pading: same }
    expect: [N, 8, 8, 4]
`),
      ),
    ).toEqual(['5:36 INC108 `conv` has no attribute `pading`', '  help: did you mean `padding`?']);
  });

  test('unknown, with nothing near: no missing one beside it', () => {
    expect(
      report(
        network(`
  - conv: { depth: 4, kernel: 3 }
`),
      ),
    ).toEqual([
      '5:13 INC108 `conv` has no attribute `depth`',
      '  help: it has: filters, kernel, stride, padding, dilation, groups, bias, norm, activation',
    ]);
  });

  test('missing', () => {
    expect(
      report(
        network(`
  - conv:
  - max_pool: { kernel: 3 }
  - dropout
`),
      ),
    ).toEqual([
      '5:5 INC109 `conv` needs `filters`',
      '  help: write it at the step, or once for all under `defaults: { conv: { filters: … } }`',
      '5:5 INC109 `conv` needs `kernel`',
      '  help: write it at the step, or once for all under `defaults: { conv: { kernel: … } }`',
      '6:5 INC109 `max_pool` needs `stride`',
      '  help: write it at the step, or once for all under `defaults: { max_pool: { stride: … } }`',
      '7:5 INC109 `dropout` needs `rate`',
      '  help: write it at the step, or once for all under `defaults: { dropout: { rate: … } }`',
    ]);
  });

  test('a wrong one is not missed as well, and what is missing is said', () => {
    expect(
      report(
        network(`
  - conv: { filters: many }
`),
      ),
    ).toEqual([
      '5:5 INC109 `conv` needs `kernel`',
      '  help: write it at the step, or once for all under `defaults: { conv: { kernel: … } }`',
      '5:22 INC110 `filters` of `conv`: must be a number, not the text "many"',
    ]);
  });

  test('of a wrong type', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4.5, kernel: [3, x], padding: samee }
  - conv: { filters: 0, kernel: 3, bias: 1 }
  - dropout: 1
  - scale: fast
`),
      ),
    ).toEqual([
      '5:22 INC110 `filters` of `conv`: must be a whole number, not 4.5',
      '5:35 INC110 `kernel` of `conv`: must be a whole number of at least 1, or a list of one per spatial axis, not [3,"x"]',
      '5:52 INC110 `padding` of `conv`: must be valid, same, same_lower, half or causal, a whole number, one number per spatial axis, or [before, after] per axis such as [[0, 1], [0, 1]], not the text "samee"',
      '  help: did you mean `same`?',
      '6:22 INC110 `filters` of `conv`: must be at least 1, not 0',
      '6:42 INC110 `bias` of `conv`: must be true or false, not 1',
      '7:14 INC110 `rate` of `dropout`: must be less than 1, not 1',
      '8:12 INC110 `factor` of `scale`: must be a number, not the text "fast"',
    ]);
  });

  test('worked out from an expression', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { w: 5 }
inputs: { x: [N, 8, 8, 3] }
network:
  - conv: { filters: $(w / 2), kernel: 3 }
  - conv: { filters: 4, kernel: [3, $(w - 5)] }
`),
      ),
    ).toEqual([
      '6:22 INC110 `filters` of `conv`: must be a whole number, not 2.5',
      '7:37 INC110 `kernel` of `conv`: must be at least 1, not 0',
    ]);
  });

  test('of a norm and an activation', () => {
    expect(
      report(
        network(`
  - dense: { units: 3, norm: { batch_norm: { epsilonn: 0.1 } } }
  - dense: { units: 3, activation: { softmax: { axis: last } } }
  - dense: { units: 3, norm: }
  - dense: { units: 3, activation: { relu: 1 } }
`),
      ),
    ).toEqual([
      '5:46 INC108 `batch_norm` has no attribute `epsilonn`',
      '  help: did you mean `epsilon`?',
      '6:55 INC110 `axis` of `softmax`: must be a whole number, or batch, channel, height, width or depth, not the text "last"',
      '7:24 INC110 `norm` of `dense`: is empty; write `none`',
      '8:44 INC103 `relu` must be a mapping of attributes, not 1',
    ]);
  });

  test('in defaults, once for all steps', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 8, 8, 3] }
defaults: { conv: { padding: samee, kernel: 3 }, max_pol: { stride: 2 }, dense: 3 }
network:
  - conv: { filters: 4 }
    expect: [N, 8, 8, 4]
  - conv: { filters: 4 }
  - max_pool: { kernel: 3 }
  - dense: 3
`),
      ),
    ).toEqual([
      '4:30 INC110 `padding` of `conv`: must be valid, same, same_lower, half or causal, a whole number, one number per spatial axis, or [before, after] per axis such as [[0, 1], [0, 1]], not the text "samee"',
      '  help: did you mean `same`?',
      '4:50 INC105 `max_pol` is neither an op nor a block',
      '  help: did you mean `max_pool`?',
      '4:81 INC103 the defaults of `dense` must be a mapping, not 3',
    ]);
  });
});

describe('indentation', () => {
  test('a step key inside the op', () => {
    expect(
      report(
        network(`
  - max_pool:
      kernel: 2
      stride: 2
      name: pool
  - relu:
    from: pool
    expect: [N, 4, 4, 3]
`),
      ),
    ).toEqual([
      '8:7 INC108 `max_pool` has no attribute `name`',
      '  help: outdent `name`: it belongs to the step, beside `max_pool`',
    ]);
  });

  test('attributes beside the op', () => {
    expect(
      report(
        network(`
  - conv:
    filters: 4
    kernel: 3
    expect: [N, 6, 6, 4]
`),
      ),
    ).toEqual([
      '6:5 INC104 `filters`, `kernel` stand beside the op, not inside it',
      '  help: indent `filters`, `kernel`: they are attributes of `conv`',
    ]);
  });

  test('one attribute beside the op', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: 3 }
    activation: relu
`),
      ),
    ).toEqual([
      '6:5 INC104 `activation` stands beside the op, not inside it',
      '  help: indent `activation`: it is an attribute of `conv`',
    ]);
  });

  test('merge inside branches', () => {
    expect(
      report(
        network(`
  - branches:
      a: [relu]
      b: []
      merge: add
`),
      ),
    ).toEqual([
      '8:7 INC104 `merge` stands inside `branches`, not beside it',
      '  help: outdent `merge`: it belongs to the step, beside `branches`',
    ]);
  });

  test('a shortcut inside residual', () => {
    expect(
      report(
        network(`
  - residual:
      steps: [relu]
      shortcut: [relu]
`),
      ),
    ).toEqual([
      '7:7 INC104 `shortcut` stands inside `residual`, not beside it',
      '  help: outdent `shortcut`: it belongs to the step, beside `residual`',
    ]);
  });

  test('a step key inside the arguments of a block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [relu] }
network:
  - b:
      name: mine
`),
      ),
    ).toEqual(['7:7 INC134 block `b` has no param `name`', '  help: outdent `name`: it belongs to the step']);
  });
});

describe('values of the wrong type', () => {
  test('of the document', () => {
    expect(
      report(
        lines(`
inception: 1
name: my net
title: [a]
params: 3
blocks: []
outputs: 3
expect: []
variants: { v: 3 }
inputs: { x: 3, y: , z: [N, [3]] }
network: 3
`),
      ),
    ).toEqual([
      '2:7 INC104 `name` must be letters, digits, `_`, `-` or `.`, not the text "my net"',
      '3:8 INC104 `title` must be text, not ["a"]',
      '4:9 INC104 `params` must be names with defaults, not 3',
      '5:9 INC104 `blocks` must be names with blocks, not []',
      '6:10 INC104 `outputs` must be a list of names, or output names with references, not 3',
      '7:9 INC104 `expect` must be claims: parameters, macs, depth, outputs, not []',
      '8:16 INC103 variant `v` must be a mapping, not 3',
      '9:14 INC103 input `x` must be a shape such as [N, 299, 299, 3], or a mapping, not 3',
      '9:17 INC103 input `y` must be a shape such as [N, 299, 299, 3], or a mapping, not empty',
      '9:29 INC201 `[3]` is not a dimension: it is neither a number nor a symbol',
      '  help: a dimension is a whole number of at least 1, or a symbol such as N',
      '10:10 INC104 `network` must be a list of steps, not 3',
    ]);
  });

  test('of steps', () => {
    expect(
      report(
        network(`
  - 3
  - [relu]
  -
  - relu:
    name: { r: 1 }
    when: 1
    from: { a: b }
    repeat: -1
    note: [n]
    expect: 3
`),
      ),
    ).toEqual([
      '5:5 INC103 a step must be the name of an op or block, or a mapping, not 3',
      '6:5 INC103 a step must be the name of an op or block, or a mapping, not a list',
      '7:4 INC103 a step must be the name of an op or block, or a mapping, not empty',
      '9:11 INC104 `name` must be a name, or a list of names, not {"r":1}',
      '10:11 INC104 `when` must be true, false or an expression, not 1',
      '12:13 INC104 `repeat` must be at least 0, not -1',
      '13:11 INC104 `note` must be text, not ["n"]',
      '14:13 INC104 `expect` must be a shape, or { shape, parameters, macs }, not 3',
    ]);
  });

  test('of structures', () => {
    expect(
      report(
        network(`
  - residual: 3
  - branches: { a: 3 }
    merge: join
  - branches: [[relu]]
    merge: { join: {} }
  - steps: relu
`),
      ),
    ).toEqual([
      '5:15 INC104 `residual` must be a list of steps; an empty one is `[]`, not 3',
      '6:20 INC103 steps must be a list, not 3',
      '7:12 INC104 `merge` must be one of concat, add, multiply, average, maximum, none, or { concat: { axis, order } }, not the text "join"',
      '9:14 INC104 `merge` with attributes must be one of concat, add, multiply, average, maximum',
      '10:12 INC104 `steps` must be a list of steps, not the text "relu"',
    ]);
  });

  test('of outputs', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network: [relu]
outputs: [relu, [x], { y: x }]
`),
      ),
    ).toEqual([
      '5:17 INC103 an output must be the name of a value, not a list',
      '5:22 INC103 an output must be the name of a value, not a mapping',
    ]);
  });

  test('of a repeat', () => {
    expect(
      report(
        network(`
  - relu:
    repeat: {}
  - relu:
    repeat: { times: 2, over: [1] }
  - relu:
    repeat: { over: [1] }
  - relu:
    repeat: { times: 2, as: w }
  - relu:
    repeat: { over: [[1, 2]], as: [w, w] }
  - relu:
    repeat: { over: [1], as: w-1 }
  - dense: $(a + b)
    repeat: { over: [[1, 2], [3]], as: [a, b] }
  - relu:
    repeat: $(1 / 2)
  - relu:
    repeat: { over: $(3), as: w }
`),
      ),
    ).toEqual([
      '6:13 INC104 `repeat` needs either `times` or `over`',
      '8:13 INC104 `repeat` needs either `times` or `over`',
      '10:13 INC102 `repeat` with `over` needs `as`',
      '  help: name the item: `as: filters`',
      '12:13 INC104 `repeat` has `as` without `over`',
      '  help: `as` names an item of `over`; the number of a copy is `i`, or what `index` says',
      '14:13 INC104 `repeat` gives two things one name: w, w, i',
      '16:30 INC104 `as` must be a word that expressions can read, not the text "w-1"',
      '18:30 INC104 an item of `over` must have 2 parts for [a, b], not [3]',
      '20:13 INC104 `repeat` must be a whole number from 0 to 120000, not 0.5',
      '22:21 INC103 `over` must be a list, not 3',
    ]);
  });

  test('a format version that is not known', () => {
    expect(
      report(
        lines(`
inception: 2
name: net
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual([
      '1:12 INC114 format version 2 is not known; this compiler reads version 1',
      '  help: write `inception: 1`',
    ]);
  });

  test('no format version, no name', () => {
    expect(
      report(
        lines(`
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual([
      '1:1 INC102 a spec needs `inception`',
      '  help: begin the file with `inception: 1`, the version of the format',
      '1:1 INC102 a spec needs `name`',
    ]);
  });
});

describe('nothing where something must stand', () => {
  test('for a list of steps', () => {
    expect(
      report(
        network(`
  - residual:
  - steps:
  - branches: { a: , b: [] }
    merge: add
  - branches
`),
      ),
    ).toEqual([
      '5:5 INC104 `residual` is empty',
      '  help: no steps are written `[]`',
      '6:5 INC104 `steps` is empty',
      '  help: no steps are written `[]`',
      '7:17 INC104 branch `a` is empty',
      '  help: a branch that passes its input on is written `[]`',
      '9:5 INC104 `branches` is empty',
      '  help: write its branches by name, below it',
    ]);
  });

  test('for what has a word for nothing', () => {
    expect(
      report(
        network(`
  - branches: { a: [], b: [] }
    merge:
  - dense: { units: 3, norm: }
`),
      ),
    ).toEqual([
      '6:5 INC104 `merge` is empty',
      '  help: write `merge: none` for branches that are not joined',
      '7:24 INC110 `norm` of `dense`: is empty; write `none`',
    ]);
  });

  test('for a key of a step', () => {
    expect(
      report(
        network(`
  - relu:
    name:
    from:
    when:
    expect:
`),
      ),
    ).toEqual([
      '6:5 INC104 `name` is empty',
      '7:5 INC104 `from` is empty',
      '8:5 INC104 `when` is empty',
      '9:5 INC104 `expect` is empty',
    ]);
  });

  test('merge left out', () => {
    expect(
      report(
        network(`
  - branches: { a: [relu], b: [tanh] }
`),
      ),
    ).toEqual([
      '5:5 INC102 `branches` needs `merge`',
      '  help: say how the branches meet: `merge: concat`, `merge: add`, …, or `merge: none`',
    ]);
  });

  test('as left out, units left out', () => {
    expect(
      report(
        network(`
  - dense:
`),
      ),
    ).toEqual([
      '5:5 INC109 `dense` needs `units`',
      '  help: write it at the step, or once for all under `defaults: { dense: { units: … } }`',
    ]);
  });

  test('inputs left out', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
network: [relu]
`),
      ),
    ).toEqual([
      '1:1 INC102 a spec with a network needs `inputs`',
      '  help: write `inputs: { image: [N, 299, 299, 3] }`',
    ]);
  });

  test('a library is no network', () => {
    expect(
      report(
        lines(`
inception: 1
name: lib
blocks: { b: [relu] }
`),
      ),
    ).toEqual([
      '1:1 INC115 `lib` has no `network`: it is a library of blocks and cannot be compiled by itself',
      '  help: compile a spec that imports it, or add `inputs` and `network`',
    ]);
  });
});
