import { describe, expect, test } from 'vitest';
import { lines, network, report } from './report.ts';

/** The help of all that is said. */
function helps(text: string): readonly string[] {
  return report(text).filter((line) => line.startsWith('  help: '));
}

/** A spec of these steps on one input. */
function on(input: string, steps: string): string {
  return `inception: 1\nname: net\ninputs: { x: ${input} }\nnetwork:\n${lines(steps)}`;
}

const halvesAndDoubles = `
  - max_pool: { kernel: 2, stride: 2 }
    name: half
  - resize: { method: nearest, corners: asymmetric, scale: 2 }
  - concat: [_, x]
`;

describe('other sizes of the input', () => {
  test('the next smaller and the next greater one', () => {
    expect(helps(on('[N, 25, 32, 4]', halvesAndDoubles))).toEqual([
      '  help: they fit with 24 or 26 instead of 25 in the shape of `x`',
    ]);
  });

  test('each size of a map that is not square', () => {
    expect(helps(on('[N, 25, 33, 4]', halvesAndDoubles))).toEqual([
      '  help: they fit with 24 or 26 instead of 25 and 32 or 34 instead of 33 in the shape of `x`',
    ]);
  });

  test('only greater ones, where the smaller are too small', () => {
    expect(helps(on('[N, 1, 32, 4]', halvesAndDoubles))[0]).toContain(
      'it fits with 2 instead of 1 in the shape of `x`',
    );
  });

  test('written channels first', () => {
    const text = on('[N, 4, 25, 32]', halvesAndDoubles).replace('name: net', 'name: net\nchannels: first');
    expect(helps(text)).toEqual(['  help: they fit with 24 or 26 instead of 25 in the shape of `x`']);
  });

  test('of two inputs that have the size', () => {
    const text = `inception: 1\nname: net\ninputs: { x: [N, 9, 9, 2], y: [N, 9, 9, 2] }\nnetwork:
  - max_pool: { kernel: 2, stride: 2 }
    from: x
  - resize: { method: nearest, corners: asymmetric, scale: 2 }
  - concat: [_, y]
`;
    expect(helps(text)).toEqual(['  help: they fit with 8 or 10 instead of 9 in the shape of `x` and `y`']);
  });

  test('where values are added, of which one may stretch', () => {
    const steps = `
  - conv: { filters: 4, kernel: 3, stride: 2, padding: same }
  - conv: { filters: 4, kernel: 3, stride: 2, padding: same }
  - resize: { method: nearest, corners: asymmetric, scale: 4 }
  - add: [_, x]
`;
    expect(helps(on('[N, 30, 30, 4]', steps))[0]).toMatch(
      /^ {2}help: they fit with 28 or 32 instead of 30 in the shape of `x`/,
    );
  });

  test('none where a shape that is written holds the map to one size', () => {
    const text = on(
      '[N, 8, 8, 3]',
      `
  - reshape: [N, 4, 16, 3]
  - conv: { filters: 8, kernel: 5 }
`,
    );
    expect(helps(text)).toEqual([
      '  help: this step needs 5 or more: use a smaller kernel, or a padding that keeps the size (`same`)',
    ]);
  });
});

describe('one change of a window', () => {
  test('its padding, before an activation', () => {
    const steps = `
  - branches:
      a: [conv: { filters: 4, kernel: 3, stride: 2, activation: relu }]
      b: [max_pool: { kernel: 3, stride: 2 }, relu]
      c: [conv: { filters: 4, kernel: 3, stride: 2, padding: same, norm: batch_norm, activation: relu }]
    merge: concat
`;
    expect(helps(on('[N, 17, 32, 4]', steps)).join()).toContain('with `padding: valid` at c/conv');
  });

  test('none where no single one makes all of them fit', () => {
    const steps = `
  - branches:
      a: [conv: { filters: 4, kernel: 1, stride: 4 }]
      b: [conv: { filters: 5, kernel: 1, stride: 2 }]
      c: []
    merge: add
`;
    expect(helps(network(steps))).toEqual([]);
  });

  test('none of a step that reads several values', () => {
    const steps = `
  - concat: [x, x]
    name: twice
  - add: [_, x]
`;
    expect(helps(network(steps)).join()).not.toContain('they fit');
  });
});

describe('numbers that divide', () => {
  test.each([
    [
      'conv: { filters: 7, kernel: 1, groups: 3 }',
      '6 or 9 filters can be cut into 3 groups, and 7 into 1 or 7',
    ],
    ['split: { parts: 2 }', '1 and 3 divide 3, and 2 divides 2 and 4'],
    ['reshape: [N, 5, -1]', '4 and 6 divide 192, and 5 divides 190 and 195'],
  ])('%s', (step, help) => {
    expect(helps(network(`\n  - ${step}\n`))).toEqual([`  help: ${help}`]);
  });
});

describe('the batch in a reshape', () => {
  test('is kept by `_`', () => {
    expect(helps(network('\n  - reshape: [2, 64, 3]\n'))).toEqual([
      '  help: the other axes fit: write `_`, which keeps the batch: [_, 64, 3]',
    ]);
  });

  test('is not what is wrong where other axes do not fit', () => {
    expect(helps(on('[4, 8, 8, 3]', '\n  - reshape: [1, 64, 4]\n'))).toEqual([]);
  });
});
