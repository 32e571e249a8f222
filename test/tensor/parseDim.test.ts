import { describe, expect, test } from 'vitest';
import { ceilDiv, type Dim, floorDiv, mod, mul, sub, symbol } from '../../src/tensor/dim.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';

const H = symbol('H');
const C = symbol('C', { multipleOf: 8 });
const symbols = new Map([
  ['H', H],
  ['C', C],
  ['in_channels', 64],
]);

describe('parseDim', () => {
  test.each<[string, Dim]>([
    ['0', 0],
    [' 12 ', 12],
    ['10 - 3 - 2', 5],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['20 // 3 // 2', 3],
    ['7 % 4 * 2', 6],
    ['-7 // 2', -4],
    ['-(7 // 2)', -3],
    ['--7', 7],
    ['ceil(7 / 2)', 4],
    ['ceil(2*7 / 4)', 4],
    ['min(3, 5) + max(3, 5)', 8],
    ['12 / 4', 3],
    ['in_channels // 4', 16],
    ['H%4', mod(H, 4)],
    ['(H-43)//32', floorDiv(sub(H, 43), 32)],
    ['ceil((H - 1) / 2)', ceilDiv(sub(H, 1), 2)],
    ['C/8', floorDiv(C, 8)],
    ['3*C/4', mul(floorDiv(C, 4), 3)],
    ['H*C/H', C],
  ])('%s', (text, value) => {
    expect(parseDim(text, symbols)).toEqual({ ok: true, value });
  });

  test.each<[string, string, number]>([
    ['', 'it ends where a number or a symbol is expected', 0],
    ['H +', 'it ends where a number or a symbol is expected', 3],
    ['H W', '`W` is not expected here', 2],
    ['* H', '`*` stands where a number or a symbol is expected', 0],
    ['(H + 1', 'a `)` is missing', 6],
    ['(H 1)', '`1` stands where `)` is expected', 3],
    ['H + K', 'no symbol is called `K`', 4],
    ['H + 2W', '`2W` is neither a whole number nor a symbol', 4],
    ['H + 2.5', '`.` has no meaning here', 5],
    ['H ** 2', '`*` stands where a number or a symbol is expected', 3],
    ['H × 2', '`×` has no meaning here', 2],
    ['H // 0', 'it divides by 0', 2],
    ['H % (2 - 5)', 'it divides by -3', 2],
    ['H / 2', '`2` does not divide `H` at every size: `//` rounds down, `ceil(a / b)` rounds up', 2],
    ['C / 16', '`16` does not divide `C` at every size: `//` rounds down, `ceil(a / b)` rounds up', 2],
    ['1 + floor(H)', '`floor` is not a function: there are ceil, min and max', 4],
    ['ceil(H // 2)', '`ceil` takes one division, as in `ceil(H / 2)`', 0],
    ['min(H)', '`min` takes two dimensions', 0],
    ['max(1, 2, H)', '`max` takes two dimensions', 0],
    ['9007199254740993', '9007199254740993 goes beyond 2^53', 0],
    ['9007199254740991 * H * 2', 'a dimension goes beyond 2^53', 0],
  ])('%s is refused', (text, reason, at) => {
    expect(parseDim(text, symbols)).toEqual({ ok: false, reason, at });
  });

  test('what would exhaust the stack is refused', () => {
    expect(parseDim('('.repeat(200), symbols)).toEqual({
      ok: false,
      reason: 'it is nested too deep',
      at: 64,
    });
    expect(parseDim('1+'.repeat(3000), symbols)).toEqual({
      ok: false,
      reason: 'it is longer than 4096 characters',
      at: 4096,
    });
    expect(parseDim(`${'1+'.repeat(2047)}1`, symbols)).toEqual({ ok: true, value: 2048 });
  });
});
