import { describe, expect, test } from 'vitest';
import { lines, report } from './report.ts';

describe('params of the spec', () => {
  test('missing', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: int, depth: , rate: { type: float } }
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual([
      '3:11 INC135 the spec needs the param `width`',
      '  help: set it with --set',
      '3:23 INC135 the spec needs the param `depth`',
      '  help: set it with --set',
      '3:32 INC135 the spec needs the param `rate`',
      '  help: set it with --set',
    ]);
  });

  test('missing, where variants would give it', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: int }
variants: { s: { width: 2 }, m: { width: 4 } }
inputs: { x: [N, 3] }
network: [ dense: $width ]
`),
      ),
    ).toEqual(['3:11 INC135 the spec needs the param `width`', '  help: choose a variant: s, m']);
  });

  test('missing in the chosen variant', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: int }
variants: { s: {}, m: { width: 4 } }
inputs: { x: [N, 3] }
network: [ dense: $width ]
`),
        { variant: 's' },
      ),
    ).toEqual([
      '3:11 INC135 the spec needs the param `width`',
      '  help: the variant `s` does not give it: set it with --set',
    ]);
  });

  test('a variant that does not exist', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: int }
variants: { s: { width: 2 }, l: { width: 4 } }
inputs: { x: [N, 3] }
network: [ dense: $width ]
`),
        { variant: 'xl' },
      ),
    ).toEqual(['- INC136 there is no variant `xl`', '  help: did you mean `l`?']);
  });

  test('set from outside: unknown, and of the wrong type', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params:
  n: int
  on: bool
  name: string
  list: [1]
  rate: { default: 0.5, min: 0, max: 1 }
  form: { choices: [a, b], default: a }
  free: 3
inputs: { x: [N, 3] }
network: [relu]
`),
        { set: { widht: 3, n: 1.5, on: 1, name: 2, list: 'a', rate: 2, form: 'c', free: 'text' } },
      ),
    ).toEqual([
      '- INC134 the spec has no param `widht`',
      '  help: it has: n, on, name, list, rate, form, free',
      '- INC104 param `n` of the spec must be a whole number, not 1.5',
      '  see 4:3: declared here',
      '- INC104 param `on` of the spec must be true or false, not 1',
      '  see 5:3: declared here',
      '- INC104 param `name` of the spec must be text, not 2',
      '  see 6:3: declared here',
      '- INC104 param `list` of the spec must be a list, not "a"',
      '  see 7:3: declared here',
      '- INC104 param `rate` of the spec must be at most 1, not 2',
      '  see 8:3: declared here',
      '- INC104 param `form` of the spec must be one of "a", "b", not "c"',
      '  see 9:3: declared here',
      '- INC104 param `free` of the spec must be a number, not "text"',
      '  see 10:3: declared here',
    ]);
  });

  test('a variant: unknown, of the wrong type, and whichever is chosen', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: 3 }
variants:
  s: { width: wide, depth: 2 }
  l: { widht: 5 }
inputs: { x: [N, 3] }
network: [relu]
`),
        { variant: 's' },
      ),
    ).toEqual([
      '5:15 INC104 param `width` of the spec must be a number, not "wide"',
      '5:21 INC134 the spec has no param `depth`',
      '  help: it has: width',
      '6:8 INC134 the spec has no param `widht`',
      '  help: did you mean `width`?',
    ]);
  });

  test('a default of the wrong type', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { width: { type: int, default: 2.5 }, rate: { default: 3, max: 1 } }
inputs: { x: [N, 3] }
network: [ dense: $width ]
`),
      ),
    ).toEqual([
      '3:40 INC104 the default of `width` must be a whole number, not 2.5',
      '3:64 INC104 the default of `rate` must be at most 1, not 3',
    ]);
  });

  test('a default that reads a param below it, or itself', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { a: $b, b: 2, c: $c }
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual([
      '3:14 INC162 `b` is not known in this expression',
      '  help: the default of a param reads only those that stand above it; move `b` up',
      '3:27 INC162 `c` is not known in this expression',
      '  help: the default of a param reads only those that stand above it; move `c` up',
    ]);
  });

  test('a default whose expression fails', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
params: { a: $(1 // 0) }
inputs: { x: [N, 3] }
network: [ dense: $a ]
`),
      ),
    ).toEqual(['3:14 INC163 `$(1 // 0)`: division by zero']);
  });
});

describe('params of a block', () => {
  test('unknown, missing, and of the wrong type', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b: { params: { width: int, on: true }, steps: [ dense: $width ] }
network:
  - b
  - b: { width: 3, heigth: 4 }
  - b: { width: wide }
  - b: { width: 3, on: 1 }
`),
      ),
    ).toEqual([
      '7:5 INC135 block `b` needs the param `width`',
      '  see 5:18: declared here',
      '  help: it has no default, so the caller must give it',
      '8:20 INC134 block `b` has no param `heigth`',
      '  help: it has: width, on',
      '9:17 INC104 param `width` of block `b` must be a whole number, not "wide"',
      '10:24 INC104 param `on` of block `b` must be true or false, not 1',
    ]);
  });

  test('an argument that cannot be worked out is not missed', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b: { params: { width: int }, steps: [ dense: $width ] }
network:
  - b: { width: $w }
`),
      ),
    ).toEqual(['7:17 INC162 `w` is not known in this expression', '  help: known here: in_channels']);
  });
});
