import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dim, symbol } from '../../src/tensor/dim.ts';
import { evaluate } from '../../src/tensor/evaluateDim.ts';
import { type AxisWindowSpec, axisWindow } from '../../src/tensor/window.ts';

const plain: AxisWindowSpec = { kernel: 1, stride: 1, dilation: 1, padding: 'valid', ceil: false };

/** Output, padding before and after, and overhang of a window that fits. */
function figures(input: Dim, spec: Partial<AxisWindowSpec>): readonly Dim[] {
  const window = axisWindow(input, { ...plain, ...spec }, 'wide');
  if (!window.ok) throw new Error(JSON.stringify(window.problems));
  const { output, before, after, overhang } = window.value;
  return [output, before, after, overhang];
}

describe("TensorFlow's SAME: ceil(input / stride), the odd pixel at the end (tf.nn, Notes on padding)", () => {
  test.each([
    [8, 1, 1, 8, 0, 0],
    [8, 1, 2, 4, 0, 0],
    [8, 1, 3, 3, 0, 0],
    [8, 2, 1, 8, 0, 1],
    [8, 2, 2, 4, 0, 0],
    [8, 2, 3, 3, 0, 0],
    [8, 3, 1, 8, 1, 1],
    [8, 3, 2, 4, 0, 1],
    [8, 3, 3, 3, 0, 1],
    [8, 4, 1, 8, 1, 2],
    [8, 4, 2, 4, 1, 1],
    [8, 4, 3, 3, 1, 1],
    [9, 1, 1, 9, 0, 0],
    [9, 1, 2, 5, 0, 0],
    [9, 1, 3, 3, 0, 0],
    [9, 2, 1, 9, 0, 1],
    [9, 2, 2, 5, 0, 1],
    [9, 2, 3, 3, 0, 0],
    [9, 3, 1, 9, 1, 1],
    [9, 3, 2, 5, 1, 1],
    [9, 3, 3, 3, 0, 0],
    [9, 4, 1, 9, 1, 2],
    [9, 4, 2, 5, 1, 2],
    [9, 4, 3, 3, 0, 1],
  ])('%d, kernel %d, stride %d: %d, padded by %d and %d', (input, kernel, stride, output, before, after) => {
    expect(figures(input, { kernel, stride, padding: 'same' })).toEqual([output, before, after, 0]);
  });
});

describe('other paddings', () => {
  test.each<[string, number, Partial<AxisWindowSpec>, readonly number[]]>([
    ['valid drops what does not fill a window', 10, { kernel: 3, stride: 2 }, [4, 0, 0, 0]],
    ['same_lower puts the odd pixel first', 8, { kernel: 3, stride: 2, padding: 'same_lower' }, [4, 1, 0, 0]],
    ['same_lower at stride 1', 8, { kernel: 4, padding: 'same_lower' }, [8, 2, 1, 0]],
    ['same counts the dilation', 8, { kernel: 3, dilation: 3, padding: 'same' }, [8, 3, 3, 0]],
    ['half is symmetric, where same is not', 8, { kernel: 3, stride: 2, padding: 'half' }, [4, 1, 1, 0]],
    ['half counts the dilation', 9, { kernel: 3, dilation: 2, padding: 'half' }, [9, 2, 2, 0]],
    [
      'half of an even kernel that dilation makes odd',
      9,
      { kernel: 2, dilation: 2, padding: 'half' },
      [9, 1, 1, 0],
    ],
    [
      'causal pads before only, by what the kernel covers of the past',
      8,
      { kernel: 3, padding: 'causal' },
      [8, 2, 0, 0],
    ],
    ['causal counts the dilation', 5, { kernel: 2, dilation: 4, padding: 'causal' }, [5, 4, 0, 0]],
    [
      'causal keeps every stride-th, from the first',
      8,
      { kernel: 3, stride: 3, padding: 'causal' },
      [3, 2, 0, 0],
    ],
    ['numbers are before and after', 8, { kernel: 3, stride: 2, padding: [2, 0] }, [4, 2, 0, 0]],
    ['a dilated kernel covers more', 9, { kernel: 3, dilation: 4 }, [1, 0, 0, 0]],
  ])('%s', (_, input, spec, expected) => {
    expect(figures(input, spec)).toEqual(expected);
  });
});

describe('ceil: as many windows as the input begins (Caffe, PyTorch)', () => {
  test.each<[string, number, Partial<AxisWindowSpec>, readonly number[]]>([
    ['rounds up', 112, { kernel: 3, stride: 2 }, [56, 0, 0, 1]],
    ['changes nothing where the windows fill the input', 9, { kernel: 3, stride: 2 }, [4, 0, 0, 0]],
    ['drops a window that would start at the end of the input', 6, { kernel: 2, stride: 3 }, [2, 0, 0, 0]],
    [
      'drops a window that would start in the padding after',
      4,
      { kernel: 2, stride: 2, padding: [1, 1] },
      [3, 1, 1, 0],
    ],
    [
      'keeps a window that starts on the last position',
      5,
      { kernel: 3, stride: 2, padding: [0, 0] },
      [2, 0, 0, 0],
    ],
    [
      'keeps a window that hangs over by less than a stride',
      6,
      { kernel: 3, stride: 2, padding: [1, 1] },
      [4, 1, 1, 1],
    ],
    ['keeps one window on an input that is too small for it', 2, { kernel: 3, stride: 2 }, [1, 0, 0, 1]],
  ])('%s', (_, input, spec, expected) => {
    expect(figures(input, { ...spec, ceil: true })).toEqual(expected);
  });
});

describe('what cannot be', () => {
  test('a window larger than its input, with the padding it was given', () => {
    expect(axisWindow(3, { ...plain, kernel: 3, dilation: 3, padding: [1, 2] }, 'high')).toEqual({
      ok: false,
      problems: [
        { name: 'window-larger-than-input', params: { axis: 'high', window: 7, input: '3', padding: 3 } },
      ],
    });
  });

  test('half of an even extent', () => {
    expect(axisWindow(8, { ...plain, kernel: 4, padding: 'half' }, 'wide')).toEqual({
      ok: false,
      problems: [{ name: 'even-half-padding', params: { kernel: 4 } }],
    });
  });
});

const specs: fc.Arbitrary<AxisWindowSpec> = fc
  .record({
    kernel: fc.integer({ min: 1, max: 7 }),
    stride: fc.integer({ min: 1, max: 5 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    padding: fc.oneof(
      fc.constantFrom<'valid' | 'same' | 'same_lower' | 'half' | 'causal'>(
        'valid',
        'same',
        'same_lower',
        'half',
        'causal',
      ),
      fc.tuple(fc.nat(6), fc.nat(6)),
    ),
    ceil: fc.boolean(),
  })
  // What the ops refuse before: `same` with ceil, half of an even extent.
  .filter(({ padding, ceil }) => !(ceil && String(padding).startsWith('same')))
  .filter(({ padding, kernel, dilation }) => padding !== 'half' || (dilation * (kernel - 1)) % 2 === 0);

const inputs = fc.integer({ min: 1, max: 40 });

/** The padding of a spec by trying amounts until they do what its name promises. */
function countedPadding(input: number, { kernel, stride, dilation, padding }: AxisWindowSpec) {
  const reach = dilation * (kernel - 1);
  if (padding === 'valid') return [0, 0] as const;
  if (padding === 'half') return [reach / 2, reach / 2] as const;
  if (padding === 'causal') return [reach, 0] as const;
  if (typeof padding !== 'string') return padding;
  let starts = 0;
  while (starts * stride < input) starts++;
  let total = 0;
  while ((starts - 1) * stride + reach >= input + total) total++;
  const lesser = total >> 1;
  return padding === 'same' ? ([lesser, total - lesser] as const) : ([total - lesser, lesser] as const);
}

/** The windows one by one. With ceil one may hang over by less than a stride, but starts before the input ends. */
function countedWindows(input: number, spec: AxisWindowSpec): readonly number[] {
  const { kernel, stride, dilation, ceil } = spec;
  const [before, after] = countedPadding(input, spec);
  const end = input + after;
  const starts: number[] = [];
  for (let start = -before; ; start += stride) {
    const beyond = start + dilation * (kernel - 1) + 1 - end;
    const fits = ceil ? beyond < stride && start < input : beyond <= 0;
    if (!fits) break;
    starts.push(start);
  }
  const last = starts.at(-1) ?? 0;
  const overhang = ceil ? Math.max(last + dilation * (kernel - 1) + 1 - end, 0) : 0;
  return [starts.length, before, after, overhang];
}

test('windows are as many as can be laid on the input one by one', () => {
  fc.assert(
    fc.property(inputs, specs, (input, spec) => {
      const expected = countedWindows(input, spec);
      fc.pre(expected[0] !== 0);
      expect(figures(input, spec)).toEqual(expected);
    }),
    { numRuns: 5000 },
  );
});

test('a window is refused exactly where none can be laid', () => {
  fc.assert(
    fc.property(inputs, specs, (input, spec) => {
      expect(axisWindow(input, spec, 'wide').ok).toBe(countedWindows(input, spec)[0] !== 0);
    }),
    { numRuns: 5000 },
  );
});

test('a symbolic size gives at every size what the number gives', () => {
  fc.assert(
    fc.property(inputs, specs, (input, spec) => {
      fc.pre(countedWindows(input, spec)[0] !== 0);
      const atSize = figures(symbol('W'), spec).map((d) => evaluate(d, { W: input }));
      expect(atSize).toEqual(figures(input, spec));
    }),
    { numRuns: 3000 },
  );
});

test('a symbolic size gives no window where the number is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), specs, (input, spec) => {
      fc.pre(countedWindows(input, spec)[0] === 0);
      const [output = 1] = figures(symbol('W'), spec);
      expect(evaluate(output, { W: input })).toBeLessThan(1);
    }),
    { numRuns: 3000 },
  );
});
