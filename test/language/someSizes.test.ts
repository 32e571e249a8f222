import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { lines, report } from './report.ts';

/** Down by two with a pooling that drops an odd row, up by two, and joined with what was there before. */
function upAndDown(join: string, head = 'inputs: { x: [N, H, 8, 4] }'): string {
  return lines(`
inception: 1
name: net
${head}
network:
  - max_pool: { kernel: 2, stride: 2 }
  - resize: { method: nearest, corners: asymmetric, scale: 2 }
    name: up
  - ${join}
    name: joined
`);
}

const notes = [
  '  note: x H → max_pool (max_pool 2x2 /2 valid) H // 2 → up (resize) 2*(H // 2)',
  '  note: x H',
];

describe('sizes that are equal at some sizes only', () => {
  test.each([
    ['concat: [_, x]', 'concat'],
    ['add: { broadcast: false }\n    from: [_, x]', 'add'],
    // the pooling asks for H ≥ 2, so neither side can be 1 and stretch
    ['add: [_, x]', 'add'],
  ])('%s: a warning with the condition', (join, op) => {
    expect(report(upAndDown(join))).toEqual([
      `8:5 INC230 \`${op}\` needs 2*(H // 2) and H to be equal, which they are only where H % 2 == 0`,
      ...notes,
      '  help: state the sizes you mean under `dims` (at H = 3 the network does not fit), or bind the symbol with --input',
    ]);
  });

  test('an error where `dims` declares the symbol', () => {
    const head = 'inputs: { x: [N, H, 8, 4] }\ndims: { H: { min: 4 } }';
    expect(report(upAndDown('concat: [_, x]', head))).toEqual([
      '9:5 INC215 `concat` needs 2*(H // 2) and H to be equal, but they differ at H = 5',
      ...notes,
      '  help: they are equal where H % 2 == 0: state the sizes you mean under `dims`',
    ]);
  });

  test('nothing where `dims` says enough, or the size is bound', () => {
    const head = 'inputs: { x: [N, H, 8, 4] }\ndims: { H: { multiple_of: 2 } }';
    expect(report(upAndDown('concat: [_, x]', head))).toEqual([]);
    expect(report(upAndDown('concat: [_, x]'), { inputs: { x: [1, 6, 8, 4] } })).toEqual([]);
  });

  test('bound to a size that does not fit: an error', () => {
    const said = report(upAndDown('concat: [_, x]'), { inputs: { x: [1, 7, 8, 4] } });
    expect(said[0]).toBe(
      '8:5 INC202 the values to concatenate differ beside the concat axis: up is [1, 6, 8, 4], x is [1, 7, 8, 4]',
    );
  });

  test('the output has the size of the first, and the equality is on record', () => {
    const { graph } = compile(upAndDown('concat: [x, up]'));
    expect(graph?.outputs.map(({ value }) => value.type.shape.map(String))).toHaveLength(1);
    const [asked] = graph?.requirements.filter(({ kind }) => kind === 'equal') ?? [];
    expect(asked).toMatchObject({ kind: 'equal', where: 'H % 2 == 0', node: { step: 'joined' } });
  });

  test('two symbols that could both be 1 are never taken for equal: one would stretch to the other', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, H, 4], y: [N, W, 4] }
network:
  - add: [x, y]
`);
    expect(report(text)).toEqual([
      '5:5 INC215 `add` needs H and W to be equal, but they differ at H = 2, W = 1',
      '  note: x H',
      '  note: y W',
      '  help: they are equal at H = 1, W = 1: state the sizes you mean under `dims`',
    ]);
  });

  test('two symbols side by side: a warning without a condition on one of them', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, H, 4], y: [N, W, 4] }
network:
  - concat: [x, y]
`);
    expect(report(text)).toEqual([
      '5:5 INC230 `concat` needs H and W to be equal, which they are not at H = 2, W = 1',
      '  note: x H',
      '  note: y W',
      '  help: state the sizes you mean under `dims` (at H = 2, W = 1 the network does not fit), or bind the symbol with --input',
    ]);
  });

  test('the same equality is said once', () => {
    const text = upAndDown('concat: [_, x]').replace('name: joined', 'name: joined\n  - concat: [up, x]');
    expect(report(text).filter((line) => line.includes('INC230'))).toHaveLength(1);
  });
});

describe('a size that is too small at every admitted one', () => {
  test('because of the declared greatest: the step that needs more is named', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, H, 4] }
dims: { H: { max: 6 } }
network:
  - conv: { filters: 4, kernel: 5 }
  - conv: { filters: 4, kernel: 3 }
    name: second
`);
    expect(report(text)).toEqual([
      '7:5 INC231 `second` needs H to be at least 7, but `dims` says at most 6: `H - 6` would be below 1',
      '  help: raise the `max`, or leave out a step that makes the map smaller',
    ]);
  });
});

describe('the way to a size', () => {
  test('is data as well, with the defaults that set an attribute', () => {
    const text = lines(`
inception: 1
name: net
inputs: { image: [N, 299, 299, 3] }
defaults: { conv: { padding: same, stride: 1, kernel: 3 } }
network:
  - conv: { filters: 8, stride: 2 }
    name: conv_1
    expect: [N, 149, 149, 8]
`);
    const { diagnostics } = compile(text, { name: 'net.yaml' });
    expect(diagnostics.map(({ chains }) => chains)).toEqual([
      [
        [
          { name: 'image', how: '', size: '299', defaults: [] },
          {
            name: 'conv_1',
            how: '3x3 8 /2 same',
            size: '150',
            defaults: [
              { attribute: 'padding', span: expect.objectContaining({ start: text.indexOf('padding') }) },
            ],
          },
        ],
      ],
    ]);
  });

  test('names only the defaults that can be the cause', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, 9, 8] }
defaults: { conv: { padding: valid, stride: 1, kernel: 3, filters: 4 } }
network:
  - conv:
    expect: [N, 9, 4]
  - conv: { kernel: 1 }
    expect: [N, 7, 5]
`);
    expect(report(text)).toEqual([
      '7:13 INC301 conv is [N, 7, 4], not [N, 9, 4] as claimed',
      '  note: x 9 → conv (3 4 valid) 7',
      '  see 4:21: `padding` of conv comes from these defaults',
      '  see 4:48: `kernel` of conv comes from these defaults',
      '  help: with `padding: same` at conv it is [N, 9, 4]',
      '9:13 INC301 conv_2 is [N, 7, 4], not [N, 7, 5] as claimed',
      '  note: x 8 → conv (3 4 valid) 4',
      '  see 4:59: `filters` of conv comes from these defaults',
    ]);
  });

  test('of values that cannot stretch: the axes are matched from the right', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, 8, 6], y: [N, 3, 8, 4] }
network:
  - dense: 5
    from: x
    name: narrow
  - add: [narrow, y]
`);
    expect(report(text)).toEqual([
      '8:5 INC216 `add` cannot stretch its inputs to one shape: narrow is [N, 8, 5], y is [N, 3, 8, 4]',
      '  note: x 6 → narrow (dense 5) 5',
      '  note: y 4',
      '  help: axes are matched from the right; on each, the sizes must be equal, or one of them 1 or missing',
    ]);
  });
});
