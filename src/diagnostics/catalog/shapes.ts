import { divisorsAround, multiplesAround } from '../divisors.ts';
import { entry } from './entry.ts';

/** INC2xx: shapes and dtypes do not fit. Shapes come printed, as `[N, 35, 35, 384]`. */
export const shapes = {
  'bad-dimension': entry<{ dimension: string; reason: string }>({
    code: 'INC201',
    severity: 'error',
    message: ({ dimension, reason }) => `\`${dimension}\` is not a dimension: ${reason}`,
    help: () => 'a dimension is a whole number of at least 1, or a symbol such as N',
  }),
  'concat-mismatch': entry<{ axis: number; shapes: readonly string[]; producers: readonly string[] }>({
    code: 'INC202',
    severity: 'error',
    message: ({ shapes, producers }) =>
      `the values to concatenate differ beside the concat axis: ${shapes.map((s, i) => `${producers[i] ?? `input ${i}`} is ${s}`).join(', ')}`,
  }),
  'shape-mismatch': entry<{ op: string; shapes: readonly string[]; producers: readonly string[] }>({
    code: 'INC203',
    severity: 'error',
    message: ({ op, shapes, producers }) =>
      `\`${op}\` needs equal shapes: ${shapes.map((s, i) => `${producers[i] ?? `input ${i}`} is ${s}`).join(', ')}`,
  }),
  'window-larger-than-input': entry<{ axis: string; window: number; input: string; padding: number }>({
    code: 'INC204',
    severity: 'error',
    message: ({ axis, window, input, padding }) =>
      `the window is ${window} ${axis}, but its input only ${input}${padding > 0 ? ` plus ${padding} of padding` : ''}: nothing would come out`,
    help: ({ window, padding }) =>
      `this step needs ${window - padding} or more: use a smaller kernel, or a padding that keeps the size (\`same\`)`,
  }),
  'rank-mismatch': entry<{ op: string; expected: string; shape: string }>({
    code: 'INC205',
    severity: 'error',
    message: ({ op, expected, shape }) => `\`${op}\` needs an input of ${expected}, but gets ${shape}`,
  }),
  'axis-count': entry<{ what: string; expected: number; found: number }>({
    code: 'INC206',
    severity: 'error',
    message: ({ what, expected, found }) =>
      `\`${what}\` has ${found} numbers, but the input has ${expected} spatial ${expected === 1 ? 'axis' : 'axes'}`,
  }),
  'groups-do-not-divide': entry<{ groups: number; channels: number; what: string }>({
    code: 'INC207',
    severity: 'error',
    message: ({ groups, channels, what }) => `${groups} groups do not divide the ${channels} ${what}`,
    help: ({ groups, channels, what }) =>
      `${multiplesAround(groups, channels).join(' or ')} ${what} can be cut into ${groups} groups, and ${channels} into ${divisorsAround(channels, groups).join(' or ')}`,
  }),
  'symbolic-size': entry<{ what: string; dimension: string; flattened?: boolean | undefined }>({
    code: 'INC208',
    severity: 'error',
    message: ({ what, dimension }) => `${what} must be a number, but is ${dimension}`,
    help: ({ flattened }) =>
      `bind the symbol with --input, or write the number in the input${flattened ? '; `global_avg_pool` in place of `flatten` gives one number for each channel, whatever the size' : ''}`,
  }),
  'padding-too-large': entry<{ axis: string; padding: number; kernel: number }>({
    code: 'INC209',
    severity: 'error',
    message: ({ axis, padding, kernel }) =>
      `a padding of ${padding} on one side of a pooling window of ${kernel} (${axis}) leaves windows that see padding only`,
    help: ({ kernel }) => `use at most ${kernel - 1}`,
  }),
  'axis-out-of-range': entry<{ axis: number | string; shape: string }>({
    code: 'INC210',
    severity: 'error',
    message: ({ axis, shape }) => `there is no axis ${axis} in ${shape}`,
  }),
  'dtype-mismatch': entry<{ op: string; expected: string; found: string }>({
    code: 'INC211',
    severity: 'error',
    message: ({ op, expected, found }) => `\`${op}\` needs ${expected}, but gets ${found}`,
    help: () => 'nothing is converted silently: write `cast`',
  }),
  'size-too-large': entry<{ what: string }>({
    code: 'INC212',
    severity: 'error',
    message: ({ what }) => `${what} goes beyond 2^53, where whole numbers are no longer exact`,
  }),
  'even-half-padding': entry<{ kernel: number }>({
    code: 'INC213',
    severity: 'error',
    message: ({ kernel }) => `\`padding: half\` needs an odd kernel: (${kernel} − 1)/2 is not whole`,
    help: () => 'give the padding of each side: `padding: [[top, bottom], [left, right]]`',
  }),
  'unproved-equality': entry<{ op: string; left: string; right: string }>({
    code: 'INC214',
    severity: 'error',
    message: ({ op, left, right }) =>
      `\`${op}\` needs ${left} and ${right} to be equal, which could not be proved`,
    help: () => 'state what is known of the symbols under `dims`, or bind them with --input',
  }),
  'equal-only-sometimes': entry<{
    op: string;
    left: string;
    right: string;
    differsAt: string;
    equalAt?: string | undefined;
    where?: string | undefined;
  }>({
    code: 'INC215',
    severity: 'error',
    message: ({ op, left, right, differsAt }) =>
      `\`${op}\` needs ${left} and ${right} to be equal, but they differ at ${differsAt}`,
    help: ({ equalAt, where }) =>
      where === undefined && equalAt === undefined
        ? undefined
        : `they are equal ${where === undefined ? `at ${equalAt}` : `where ${where}`}: state the sizes you mean under \`dims\``,
  }),
  'equal-at-some-sizes': entry<{
    op: string;
    left: string;
    right: string;
    differsAt: string;
    where?: string | undefined;
    producers: readonly string[];
    help?: string | undefined;
  }>({
    code: 'INC230',
    severity: 'warning',
    message: ({ op, left, right, differsAt, where }) =>
      where === undefined
        ? `\`${op}\` needs ${left} and ${right} to be equal, which they are not at ${differsAt}`
        : `\`${op}\` needs ${left} and ${right} to be equal, which they are only where ${where}`,
    help: ({ differsAt, help }) =>
      help ??
      `state the sizes you mean under \`dims\` (at ${differsAt} the network does not fit), or bind the symbol with --input`,
  }),
  'never-large-enough': entry<{ step: string; symbol: string; min: number; max: number; dim: string }>({
    code: 'INC231',
    severity: 'error',
    message: ({ step, symbol, min, max, dim }) =>
      `\`${step}\` needs ${symbol} to be at least ${min}, but \`dims\` says at most ${max}: \`${dim}\` would be below 1`,
    help: () => 'raise the `max`, or leave out a step that makes the map smaller',
  }),
  'rank-too-high': entry<{ rank: number; limit: number }>({
    code: 'INC232',
    severity: 'error',
    message: ({ rank, limit }) =>
      `the value would have ${rank} axes, more than the ${limit} that are possible`,
    help: () => 'look for a `repeat` with a count that was not meant',
  }),
  'broadcast-mismatch': entry<{ op: string; shapes: readonly string[]; producers: readonly string[] }>({
    code: 'INC216',
    severity: 'error',
    message: ({ op, shapes, producers }) =>
      `\`${op}\` cannot stretch its inputs to one shape: ${shapes.map((s, i) => `${producers[i] ?? `input ${i}`} is ${s}`).join(', ')}`,
    help: () =>
      'axes are matched from the right; on each, the sizes must be equal, or one of them 1 or missing',
  }),
  'element-count-mismatch': entry<{
    op: string;
    from: string;
    to: string;
    elements: readonly [string, string];
    help?: string | undefined;
  }>({
    code: 'INC217',
    severity: 'error',
    message: ({ op, from, to, elements: [before, after] }) =>
      `\`${op}\` keeps the number of elements, but ${from} has ${before} and ${to} has ${after}`,
    help: ({ help }) => help,
  }),
  'inexact-division': entry<{ op: string; dividend: string; divisor: string }>({
    code: 'INC218',
    severity: 'error',
    message: ({ op, dividend, divisor }) =>
      /[A-Za-z]/.test(dividend + divisor)
        ? `\`${op}\` needs ${divisor} to divide ${dividend} at every size, which does not follow`
        : `\`${op}\` needs ${divisor} to divide ${dividend}`,
    help: ({ dividend, divisor }) => helpForDivision(dividend, divisor),
  }),
  'slice-out-of-range': entry<{ op: string; slice: string; axis: number; size: string }>({
    code: 'INC219',
    severity: 'error',
    message: ({ op, slice, axis, size }) =>
      `\`${op}\` takes ${slice} of axis ${axis}, whose size is ${size}: it must lie within, and hold something`,
    help: () => 'positions count from 0, and negative ones from the end; `to` is the first that is left out',
  }),
  'not-divisible': entry<{ op: string; what: string; size: string; parts: number }>({
    code: 'INC220',
    severity: 'error',
    message: ({ op, what, size, parts }) =>
      `\`${op}\` cuts ${what} into ${parts} equal parts, but it has size ${size}`,
    help: ({ size, parts }) => (/^\d+$/.test(size) ? divisorsNear(Number(size), parts) : undefined),
  }),
};

function helpForDivision(dividend: string, divisor: string): string | undefined {
  if (!/[A-Za-z]/.test(dividend + divisor)) return divisorsNear(Number(dividend), Number(divisor));
  return /^[A-Za-z_]\w*$/.test(dividend) && /^\d+$/.test(divisor)
    ? `say so under \`dims\`: \`${dividend}: { multiple_of: ${divisor} }\`, or bind the symbol with --input`
    : 'state what is known of the symbols under `dims` (`multiple_of`), or bind them with --input';
}

/** What fits instead of a number that does not divide another. */
function divisorsNear(whole: number, part: number): string {
  const [parts, wholes] = [divisorsAround(whole, part), multiplesAround(part, whole)];
  const divides = (numbers: readonly number[]) => (numbers.length === 1 ? 'divides' : 'divide');
  return `${parts.join(' and ')} ${divides(parts)} ${whole}, and ${part} divides ${wholes.join(' and ')}`;
}
