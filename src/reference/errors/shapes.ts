import type { shapes } from '../../diagnostics/catalog/shapes.ts';
import { type ErrorNotes, network, text } from './errorNote.ts';

const twoInputs = (left: string, right: string, steps: string) =>
  `inception: 1\nname: example\ninputs: { left: ${left}, right: ${right} }\nnetwork:\n${text(steps)}`;

/** INC2xx: shapes and dtypes do not fit. */
export const shapesNotes: ErrorNotes<typeof shapes> = {
  'bad-dimension': {
    means: 'A dimension is a whole number of at least 1, or a symbol that stands for one.',
    remedy: 'Correct the number, or name a symbol.',
    example: { spec: network('  - relu\n', '[N, 0, 8, 3]') },
  },
  'concat-mismatch': {
    means:
      'Values that are joined along one axis must agree on all others. Mostly one branch rounds a size up (`same`) and the other down (`valid`).',
    remedy:
      'Compare how each side came about, as the message shows, and give both the same padding and stride.',
    example: {
      spec: network(
        `
  - branches:
      pool:
        - max_pool: { kernel: 3, stride: 2, padding: same }
      conv:
        - conv: { filters: 96, kernel: 3, stride: 2 }
    merge: concat
`,
        '[N, 147, 147, 64]',
      ),
    },
  },
  'shape-mismatch': {
    means:
      'Values that are combined position by position must have one shape; nothing is stretched silently.',
    remedy: 'Bring both to one shape: a `conv` with `kernel: 1` changes the channels.',
    example: {
      spec: network(`
  - residual:
      - conv: { filters: 8, kernel: 3, padding: same }
`),
    },
  },
  'window-larger-than-input': {
    means: 'The window of a convolution or pooling does not fit into its input even once.',
    remedy: 'Make the input larger, the kernel smaller, or pad.',
    example: {
      spec: network(
        `
  - avg_pool: { kernel: 8, stride: 1 }
`,
        '[N, 7, 7, 64]',
      ),
    },
  },
  'rank-mismatch': {
    means: 'The op needs an input with another number of axes, or, for `squeeze`, an axis of size 1.',
    remedy: 'Insert `flatten` or `squeeze`, or correct the shape of the input.',
    example: { spec: network('  - conv: { filters: 8, kernel: 3 }\n', '[N, 64]') },
  },
  'axis-count': {
    means:
      'A list has one number per spatial axis, and the input has more or fewer. Batch and channels are not counted.',
    remedy: 'Write one number for all axes, or one for each.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: [1, 3, 3] }
`),
    },
  },
  'groups-do-not-divide': {
    means: 'Groups share out input channels and filters evenly, so their number must divide both.',
    remedy: 'Change `groups`, `filters`, or the channels that come in.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3, groups: 2 }
`),
    },
  },
  'symbolic-size': {
    means: 'A size that decides how many weights there are must be a number; here it is a symbol.',
    remedy: 'Write the number in the input, or bind the symbol with `--input`.',
    example: { spec: network('  - flatten\n  - dense: 10\n', '[N, H, W, 3]') },
  },
  'padding-too-large': {
    means: 'A window of a pooling would see nothing but padding, of which there is no mean and no maximum.',
    remedy: 'Pad by less than the kernel on each side.',
    example: {
      spec: network(`
  - max_pool: { kernel: 2, stride: 2, padding: 2 }
`),
    },
  },
  'axis-out-of-range': {
    means: 'The input has no such axis. Axes count from 0, the batch; negative ones from the end.',
    remedy: 'Correct the number.',
    example: {
      spec: network(`
  - softmax: 4
`),
    },
  },
  'dtype-mismatch': {
    means: 'The op computes with numbers of certain dtypes only, or its inputs must have one dtype.',
    remedy: 'Convert with `cast`, or change the `dtype` of the input.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { tokens: { shape: [N, 16], dtype: int32 } }
network:
  - dense: 8
`),
    },
  },
  'size-too-large': {
    means: 'A size, or the number of elements of a value, is beyond what can be counted exactly.',
    remedy: 'Look for a size that was not meant.',
    example: { spec: network('  - relu\n', '[N, 100000000, 100000000, 3]') },
  },
  'even-half-padding': {
    means:
      "`half` is (kernel − 1)/2 on both sides, as PyTorch's layers are mostly padded; for an even kernel that is not whole.",
    remedy: 'Say how much goes on each side.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 2, padding: half }
`),
    },
  },
  'unproved-equality': {
    means:
      'Two sizes with symbols must be equal, and neither a proof nor a counterexample was found. Only what is proved is taken for equal.',
    remedy: 'State what is known of the symbols under `dims`, or bind them with `--input`.',
    params: { op: 'add', left: '(H*W + 1) // (2*W)', right: 'H // 2' },
  },
  'equal-only-sometimes': {
    means:
      'Two sizes with symbols are equal at some sizes and not at others: a network that works on the sizes it was tried with and on no other.',
    remedy: 'State under `dims` which sizes are meant, such as `multiple_of: 8`, or change the network.',
    example: { spec: twoInputs('[N, H, 8]', '[N, W, 8]', '  - add: [left, right]\n') },
  },
  'equal-at-some-sizes': {
    means:
      'Two sizes with symbols must be equal and are at some sizes only; nothing was said of the symbols under `dims`, so the network may be meant for those. The message says which they are. At others the model that is emitted fails, or its numbers mean nothing.',
    remedy:
      'State under `dims` which sizes are meant, such as `multiple_of: 16`: then it is proved, or an error. Or bind the symbols with `--input`.',
    example: {
      spec: network(
        `
  - max_pool: { kernel: 2, stride: 2 }
  - resize: { method: nearest, corners: asymmetric, scale: 2 }
  - concat: [_, image]
`,
        '[N, H, 32, 8]',
      ),
    },
  },
  'never-large-enough': {
    means: 'A window, or another step that makes a map smaller, needs a larger input than `dims` admits.',
    remedy: 'Raise the `max` of the symbol, or leave out a step that makes the map smaller.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { image: [N, H, H, 3] }
dims: { H: { max: 6 } }
network:
  - conv: { filters: 8, kernel: 7 }
`),
    },
  },
  'rank-too-high': {
    means: 'A value would have more axes than any framework has: NumPy, which has most, stops at 64.',
    remedy: 'Look for a `repeat` around a step that adds an axis.',
    example: { spec: network('  - unsqueeze: 0\n    repeat: 70\n') },
  },
  'broadcast-mismatch': {
    means:
      'Values of different shapes are stretched to one: axes are matched from the right, and a size of 1 or a missing axis takes the size of the other value. Here two sizes differ and neither is 1.',
    remedy:
      'Compare the shapes from the right. Values per channel need the other axes as size 1 or not at all; `unsqueeze` puts an axis of size 1 where it is missing.',
    example: { spec: twoInputs('[N, 8, 8, 32]', '[N, 8, 8, 16]', '  - add: [left, right]\n') },
  },
  'element-count-mismatch': {
    means: 'A value keeps its elements when its shape changes, so both shapes must have equally many.',
    remedy: 'Correct the target shape; one size may be `-1` and is then worked out.',
    example: { spec: network('  - reshape: { shape: [N, 8, 4] }\n', '[N, 8, 8]') },
  },
  'inexact-division': {
    means:
      'A size is divided, and the divisor does not divide it: parts of an axis, blocks of a map, heads of a width.',
    remedy: 'Change the size or the divisor; of a symbol, state under `dims` what it is a multiple of.',
    example: { spec: network('  - space_to_depth: 2\n', '[N, 7, 8, 3]') },
  },
  'slice-out-of-range': {
    means: 'The part that is taken does not lie within the axis, or holds nothing.',
    remedy:
      'Correct the positions: `to` is the first that is left out, and negative ones count from the end.',
    example: { spec: network('  - slice: { axis: 1, from: 4, to: 12 }\n') },
  },
  'not-divisible': {
    means: 'The op cuts an axis into equal parts, and its size is no multiple of their number.',
    remedy: 'Change the size: mostly the `filters` or `units` of the step before.',
    example: { spec: network('  - glu\n', '[N, 7]') },
  },
};
