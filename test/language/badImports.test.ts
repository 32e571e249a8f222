import { describe, expect, test } from 'vitest';
import { lines, report } from './report.ts';

describe('where imports may lead', () => {
  test('outside the folder of the spec', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a: ../lib.yaml, b: /etc/lib.yaml, c: x/../../lib.yaml, d: "..\\\\lib.yaml" }
inputs: { x: [N, 3] }
network:
  - a.block
  - b.block
`),
        {
          name: 'specs/net.yaml',
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
blocks: { block: [relu] }
`),
          },
        },
      ),
    ).toEqual([
      '3:15 INC111 the import `../lib.yaml` leads outside the root folder specs',
      '  help: imports stay below the folder of the spec, or below the folder given by --root',
      '3:31 INC111 the import `/etc/lib.yaml` leads outside the root folder specs',
      '  help: imports stay below the folder of the spec, or below the folder given by --root',
      '3:49 INC111 the import `x/../../lib.yaml` leads outside the root folder specs',
      '  help: imports stay below the folder of the spec, or below the folder given by --root',
      '3:70 INC111 the import `..\\lib.yaml` leads outside the root folder specs',
      '  help: imports stay below the folder of the spec, or below the folder given by --root',
    ]);
  });

  test('a wider root', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a: ../lib.yaml, b: ../../lib.yaml }
inputs: { x: [N, 3] }
network:
  - a.block
`),
        {
          name: 'specs/net.yaml',
          root: '.',
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
blocks: { block: [relu] }
`),
          },
        },
      ),
    ).toEqual([
      '3:31 INC111 the import `../../lib.yaml` leads outside the root folder .',
      '  help: imports stay below the folder of the spec, or below the folder given by --root',
    ]);
  });

  test('a file that is not there', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a: missing.yaml }
inputs: { x: [N, 3] }
network:
  - a.block
  - a.other
`),
        {
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
`),
          },
        },
      ),
    ).toEqual(['3:15 INC112 cannot read the import `missing.yaml`: there is no such file']);
  });

  test('no reader', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a: lib.yaml }
inputs: { x: [N, 3] }
network: [relu]
`),
      ),
    ).toEqual(['3:15 INC112 cannot read the import `lib.yaml`: imports are not available here']);
  });

  test('a circle', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a: a.yaml }
inputs: { x: [N, 3] }
network: [a.block]
`),
        {
          name: 'specs/net.yaml',
          files: {
            'specs/a.yaml': lines(`
inception: 1
name: a
imports: { b: sub/b.yaml }
blocks: { block: [relu] }
`),
            'specs/sub/b.yaml': lines(`
inception: 1
name: b
imports: { a: ../a.yaml }
blocks: { block: [relu] }
`),
          },
        },
      ),
    ).toEqual([
      'specs/sub/b.yaml:3:15 INC113 the imports run in a circle: specs/a.yaml → specs/sub/b.yaml → specs/a.yaml',
    ]);
  });

  test('a file that imports itself', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { me: net.yaml }
inputs: { x: [N, 3] }
network: [relu]
`),
        { name: './net.yaml' },
      ),
    ).toEqual(['3:16 INC113 the imports run in a circle: net.yaml → net.yaml']);
  });

  test('paths that are none', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { a: 3, b: , c: [lib.yaml] }
inputs: { x: [N, 3] }
network: [a.block]
`),
      ),
    ).toEqual([
      '3:15 INC103 import `a` must be the path of a spec, not 3',
      '3:18 INC103 import `b` must be the path of a spec, not empty',
      '3:26 INC103 import `c` must be the path of a spec, not a list',
    ]);
  });
});

describe('what imports hold', () => {
  test('an unknown block', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 3] }
network: [lib.blok]
`),
        {
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
blocks: { block: [relu] }
`),
          },
        },
      ),
    ).toEqual(['5:11 INC130 there is no block `lib.blok` here', '  help: did you mean `lib.block`?']);
  });

  test('mistakes of the imported file, at their places in it', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 3] }
network: [lib.block]
`),
        {
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
blocks:
  block:
    stpes: [relu]
  other:
    steps: [rleu]
`),
          },
        },
      ),
    ).toEqual([
      'lib.yaml:5:5 INC101 unknown key `stpes` in block `block`',
      '  help: did you mean `steps`?',
      'lib.yaml:7:13 INC105 `rleu` is neither an op nor a block',
      '  help: did you mean `relu`?',
    ]);
  });

  test('text that is not YAML, in the imported file', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 3] }
network: [lib.block]
`),
        {
          files: {
            'lib.yaml': lines(`
blocks: [
`),
          },
        },
      ),
    ).toEqual([
      'lib.yaml:2:1 INC004 not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
      '  help: close the bracket that was opened before',
    ]);
  });

  test('a param without a default, in the imported file', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 3] }
network: [lib.block]
`),
        {
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
params: { width: int }
blocks:
  block:
    params: { w: $width }
    steps: [ dense: $w ]
`),
          },
        },
      ),
    ).toEqual([
      '3:17 INC135 the imported file lib.yaml needs the param `width`',
      '  see lib.yaml:3:11: declared here',
      '  help: nothing can set the params of an imported file: give it a default there',
    ]);
  });

  test('a shape that does not fit, with the calls that lead there', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 4, 3] }
network:
  - lib.outer:
`),
        {
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
blocks:
  outer: [relu, inner]
  inner:
    - conv: { filters: 4, kernel: 5 }
`),
          },
        },
      ),
    ).toEqual([
      'lib.yaml:6:7 INC204 the window is 5 long, but its input only 4: nothing would come out',
      '  see lib.yaml:4:17: in the call of block `inner`',
      '  see 6:5: in the call of block `outer`',
      '  help: it fits with 5 or more instead of 4 in the shape of `x`; this step needs 5 or more: use a smaller kernel, or a padding that keeps the size (`same`)',
    ]);
  });

  test('a claim that fails, with the call that leads there, once for all copies', () => {
    expect(
      report(
        lines(`
inception: 1
name: net
imports: { lib: lib.yaml }
inputs: { x: [N, 3] }
network:
  - lib.block:
    repeat: 6
    name: b
`),
        {
          files: {
            'lib.yaml': lines(`
inception: 1
name: lib
blocks:
  block:
    expect: { parameters: 11 }
    steps:
      - dense: 3
        expect: [N, 4]
`),
          },
        },
      ),
    ).toEqual([
      'lib.yaml:5:27 INC302 b_0: trainable parameters: 12, not 11 as claimed (+1)',
      '  note: so also b_1, b_2, b_3 and 2 more',
      '  see 6:5: in the call of block `block`',
      'lib.yaml:8:17 INC301 b_0/dense is [N, 3], not [N, 4] as claimed',
      '  note: x 3',
      '  note: so also b_1/dense, b_2/dense, b_3/dense and 2 more',
      '  see 6:5: in the call of block `block`',
    ]);
  });
});
