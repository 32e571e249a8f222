import { describe, expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { graphOf } from './graphLines.ts';
import { lines } from './report.ts';

function macs(inputs: string, steps: string): string {
  const text = `inception: 1\nname: net\ninputs: ${inputs}\nnetwork:\n${lines(steps)}`;
  return printDim(totals(graphOf(text).nodes).macs);
}

describe('multiply-adds are of one item of the batch', () => {
  test('the first axis is left out', () => {
    // 6 positions of 4·5.
    expect(macs('{ x: [N, 6, 4] }', '\n  - dense: 5\n')).toBe('120');
    expect(macs('{ x: [8, 6, 4] }', '\n  - dense: 5\n')).toBe('120');
  });

  test('parts of an item that were moved into the first axis count', () => {
    // 9 windows of 4 positions, each of 3·5; and attention of 4 by 4 positions, 5 wide, twice.
    const steps = `
  - reshape: [N, 3, 2, 3, 2, 3]
  - permute: [0, 1, 3, 2, 4, 5]
  - reshape: [-1, 4, 3]
  - dense: 5
  - attention: { heads: 1 }
    from: [_, _, _]
`;
    expect(macs('{ x: [N, 6, 6, 3] }', steps)).toBe(String(9 * 4 * 3 * 5 + 9 * 2 * 4 * 4 * 5));
    expect(macs('{ x: [2, 6, 6, 3] }', steps.replaceAll('N', '2'))).toBe('1980');
    // S positions that became items of their own, each of 4·5.
    expect(macs('{ x: [N, S, 4] }', '\n  - reshape: [N * S, 4]\n  - dense: 5\n')).toBe('20*S');
  });

  test('what no item has part in is computed once, and counts in full', () => {
    const steps = `
  - parameter: { shape: [7, 4] }
  - dense: 5
`;
    // 7 rows of 4·5.
    expect(macs('{ x: [N, 7, 5] }', `${steps}  - add: [_, x]\n`)).toBe('140');
  });

  test('the items of another input are items, too', () => {
    const steps = `
  - dense: 5
    from: x
  - dense: 5
    from: y
`;
    expect(macs('{ x: [N, 4], y: [M, 3] }', steps)).toBe('35');
  });
});
