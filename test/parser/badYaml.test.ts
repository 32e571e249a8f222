import { describe, expect, test } from 'vitest';
import { lines, network, report } from '../language/report.ts';

describe('text that is not YAML: the first error only', () => {
  test('a step with further keys, without a colon', () => {
    expect(
      report(
        network(`
  - relu
    name: r
  - tanh
    name: t
`),
      ),
    ).toEqual([
      '5:5 INC004 not valid YAML: implicit keys need to be on a single line',
      '  help: a step with further keys needs a colon: write `- relu:`',
    ]);
  });

  test('a tab', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs:
	x: [N, 3]
network: [relu]
`),
      ),
    ).toEqual(['4:1 INC004 not valid YAML: a tab is used as indentation', '  help: indent with spaces']);
  });

  test('a key in a column of its own', () => {
    expect(
      report(
        network(`
  - residual:
      - relu
      shortcut: [relu]
`),
      ),
    ).toEqual([
      '7:7 INC004 not valid YAML: all mapping items must start at the same column',
      '  help: the keys of one mapping stand in one column, and so do the `- ` of one list',
    ]);
  });

  test('a list item in a column of its own', () => {
    expect(
      report(
        network(`
    - relu
  - relu
`),
      ),
    ).toEqual([
      '6:3 INC004 not valid YAML: a block sequence may not be used as an implicit map key',
      '  help: the keys of one mapping stand in one column, and so do the `- ` of one list',
    ]);
  });

  test('a bracket that is not closed', () => {
    expect(
      report(
        network(`
  - conv: { filters: 8, kernel: 3
  - relu
`),
      ),
    ).toEqual([
      '6:3 INC004 not valid YAML: flow map in block collection must be sufficiently indented and end with a }',
      '  help: close the bracket that was opened before',
    ]);
  });

  test('a text with a colon', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
title: Inception: the network
network: [relu]
`),
      ),
    ).toEqual([
      '3:8 INC004 not valid YAML: nested mappings are not allowed in compact mappings',
      '  help: a text with `: ` in it needs quotes',
    ]);
  });

  test('two documents', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
---
inception: 1
`),
      ),
    ).toEqual([
      '3:1 INC004 not valid YAML: the file holds several documents',
      '  help: one file is one spec: remove the line `---`',
    ]);
  });

  test('an index in a flow mapping', () => {
    expect(
      report(
        network(`
  - conv: { filters: $(widths[0]), kernel: 3 }
`),
      ),
    ).toEqual([
      '5:30 INC004 not valid YAML: unexpected flow-seq-start at node end',
      '  help: an expression with a bracket, a comma or `: ` in it needs quotes: `{ times: "$(layers[s])" }`',
    ]);
  });

  test('an alias without an anchor', () => {
    expect(
      report(
        network(`
  - *step
`),
      ),
    ).toEqual(['5:5 INC004 not valid YAML: the alias `*step` has no anchor `&step` before it']);
  });

  test('nothing else is said of a file that cannot be read', () => {
    expect(
      report(
        lines(`
inception: 2
nam: [1
`),
      ),
    ).toEqual([
      '3:1 INC004 not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
      '  help: close the bracket that was opened before',
    ]);
  });
});

describe('expressions that YAML cuts', () => {
  test('at a comma', () => {
    expect(
      report(
        network(`
  - conv: { filters: $(max(1, 8 // 4)), kernel: 3 }
`),
      ),
    ).toEqual([
      '5:22 INC161 `$(max(1` opens `$(` and does not close it',
      '  help: inside { } and [ ] a comma or bracket ends the value: put the expression in quotes, "$(max(1, c // 4))"',
    ]);
  });

  test('at a comma in a list', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, kernel: [$(max(1, 2)), 3] }
`),
      ),
    ).toEqual([
      '5:34 INC161 `$(max(1` opens `$(` and does not close it',
      '  help: inside { } and [ ] a comma or bracket ends the value: put the expression in quotes, "$(max(1, c // 4))"',
    ]);
  });

  test('at a comment', () => {
    expect(
      report(
        network(`
  - conv:
      filters: $(4 # of them
      kernel: 3
`),
      ),
    ).toEqual([
      '6:16 INC161 `$(4` opens `$(` and does not close it',
      '  help: inside { } and [ ] a comma or bracket ends the value: put the expression in quotes, "$(max(1, c // 4))"',
    ]);
  });

  test('in a key', () => {
    expect(
      report(
        network(`
  - conv: { filters: 4, $(max(1, 2)): 3 }
`),
      ),
    ).toEqual([
      '5:25 INC161 `$(max(1` opens `$(` and does not close it',
      '  help: inside { } and [ ] a comma or bracket ends the value: put the expression in quotes, "$(max(1, c // 4))"',
    ]);
  });

  test('in quotes they are whole', () => {
    expect(
      report(
        network(`
  - conv: { filters: "$(max(1, 8 // 4))", kernel: 3 }
    expect: [N, 6, 6, 2]
`),
      ),
    ).toEqual([]);
  });
});

describe('expressions that are wrong, whether a step uses them or not', () => {
  test('in a block that is not called', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks: { b: [ dense: $(3 +) ] }
network: [relu]
`),
      ),
    ).toEqual(['4:23 INC160 `$(3 +)` is not an expression: it ends where a value should follow']);
  });

  test('a dollar sign alone', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
title: costs 5$
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual([
      '3:8 INC160 `costs 5$` is not an expression: a `$` stands before a name or before `(`',
      '  help: write `$$` for a dollar sign',
    ]);
  });
});

describe('YAML that a spec does not have', () => {
  test('tags', () => {
    expect(
      report(
        network(`
  - !!str relu
  - conv: { filters: !!int "8", kernel: 3 }
`),
      ),
    ).toEqual([
      '5:5 INC009 a tag cannot stand in a spec',
      '  help: a spec is plain data: remove the tag',
      '6:22 INC009 a tag cannot stand in a spec',
      '  help: a spec is plain data: remove the tag',
    ]);
  });

  test('keys that are no words', () => {
    expect(
      report(
        network(`
  - { [a]: 3 }
  - { ~: 3 }
`),
      ),
    ).toEqual([
      '5:7 INC009 a key that is not a word cannot stand in a spec',
      '  help: a key is a single word, such as `conv`',
      '6:7 INC009 a key that is not a word cannot stand in a spec',
      '  help: a key is a single word, such as `conv`',
    ]);
  });

  test('a number that is none', () => {
    expect(
      report(
        network(`
  - dropout: .nan
  - scale: .inf
`),
      ),
    ).toEqual(['5:14 INC104 a number cannot be NaN', '6:12 INC104 a number cannot be Infinity']);
  });

  test('YAML 1.1', () => {
    expect(
      report(
        lines(`
%YAML 1.1
---
inception: 1
name: net
`),
      ),
    ).toEqual([
      '1:1 INC009 YAML 1.1 cannot stand in a spec',
      '  help: a spec is YAML 1.2: remove the line `%YAML`',
    ]);
  });

  test('keys that are there twice', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3], x: [N, 4] }
network:
  - relu:
    name: a
    name: b
name: other
`),
      ),
    ).toEqual([
      '3:22 INC005 the key `x` stands twice in one mapping',
      '  see 3:11: the first is here',
      '  help: remove one of the two: which one a reader would take differs between tools',
      '7:5 INC005 the key `name` stands twice in one mapping',
      '  see 6:5: the first is here',
      '  help: remove one of the two: which one a reader would take differs between tools',
      '8:1 INC005 the key `name` stands twice in one mapping',
      '  see 2:1: the first is here',
      '  help: remove one of the two: which one a reader would take differs between tools',
    ]);
  });

  test('a merge key with no mapping', () => {
    expect(
      report(
        network(`
  - { <<: 3, relu: }
`),
      ),
    ).toEqual([
      '5:11 INC009 `<<` with anything but a mapping cannot stand in a spec',
      '  help: write `<<: *anchor`',
    ]);
  });
});

describe('aliases', () => {
  test('an alias inside what it refers to', () => {
    expect(
      report(
        network(`
  - &step
    steps: [*step]
`),
      ),
    ).toEqual(['6:13 INC007 the alias `*step` refers to itself']);
  });

  test('a circle through the network', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
network: &all [relu, { steps: *all }]
`),
      ),
    ).toEqual(['4:31 INC007 the alias `*all` refers to itself']);
  });

  test('a mistake in what is referred to is at each place of use', () => {
    expect(
      report(
        network(`
  - conv: &small { filters: 4, kernel: x }
  - conv: *small
    name: second
`),
      ),
    ).toEqual([
      '5:40 INC110 `kernel` of `conv`: must be a whole number of at least 1, or a list of one per spatial axis, not the text "x"',
      '6:11 INC110 `kernel` of `conv`: must be a whole number of at least 1, or a list of one per spatial axis, not the text "x"',
    ]);
  });

  test('too many values', () => {
    expect(
      report(
        lines(`
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: [*e, *e, *e]
`),
      ),
    ).toEqual([
      '5:36 INC006 the aliases of this file expand to more than 100000 values',
      '  help: write the repetition with `repeat` or a block',
    ]);
  });
});
