import type { TypedNode } from '../../../../ir/graph.ts';
import { ceilDiv, type Dim, mul } from '../../../../tensor/dim.ts';
import type { AxisWindow } from '../../../../tensor/window.ts';
import { type Unsupported, unsupported } from '../../../emitter.ts';
import {
  borderMode,
  equal,
  numericPads,
  onPadded,
  overhangAsPadding,
  type Pads,
  type Sliding,
  slidingOf,
} from '../../border.ts';
import type { LayerLowerings } from '../context.ts';
import { pick } from '../pick.ts';
import { crop, zeroPad } from '../resize.ts';
import { type Chain, helper, own, reshape, type Step, targetShape } from '../step.ts';

type Kind = 'Max' | 'Average';

export const poolLowerings = {
  max_pool: (node, { nonNegative }) => {
    const x = node.inputs[0]!;
    const sliding = slidingOf(x.type, node.attributes);
    const known = nonNegative.has(x.id);
    if (sliding.windows.length === 3 && !known) return unsupported(noVolumeOfNegatives);
    const zeros = known ? zeroPadded('Max', overhangAsPadding(sliding)) : undefined;
    return plain('Max', sliding) ?? zeros ?? picked('Max', sliding) ?? unsupported(noMaxBorder);
  },

  avg_pool: (node) => {
    const sliding = slidingOf(node.inputs[0]!.type, node.attributes);
    if (node.attributes.count_padding) return zeroPadded('Average', sliding) ?? unsupported(noCountedBorder);
    return plain('Average', sliding) ?? picked('Average', sliding) ?? unsupported(noAverageBorder);
  },

  global_avg_pool: (node) => globalPool('Average', node),
  global_max_pool: (node) => globalPool('Max', node),
} satisfies Pick<LayerLowerings, 'max_pool' | 'avg_pool' | 'global_avg_pool' | 'global_max_pool'>;

const because = "pooling layers pad as TensorFlow's `same` does or not at all";
// The kernel begins at the smallest positive number: MaxPool3D of tfjs-backend-wasm 4.22 gives 1.2e-38 for [−1, −2].
const noVolumeOfNegatives =
  'MaxPooling3D is wrong on the wasm backend of tf.js where all values of a window are negative; put the pooling behind a relu';
const noMaxBorder = `${because}; other padding of a max pooling must be −∞, and zeros would win over negative values. Put the pooling behind a relu, or choose \`same\` or \`valid\``;
const noAverageBorder = `${because}, and zeros from a padding layer would count in the mean. Choose \`same\`, \`valid\` or \`count_padding: true\``;
const noCountedBorder = `${because}; zeros can be added before it only by fixed numbers, and only where no window hangs over the end`;

/** Over one axis or two; a volume becomes a line, of which mean and maximum are the same. */
function globalPool(kind: Kind, node: TypedNode<'global_avg_pool' | 'global_max_pool'>): Chain | Unsupported {
  const [, ...dims] = node.inputs[0]!.type.shape;
  const channels = dims.pop() ?? 1;
  const line = dims.length === 3 ? targetShape([dims.reduce<Dim>((n, d) => mul(n, d), 1), channels]) : [];
  const kept = targetShape([...dims.map(() => 1), channels]);
  if (line === undefined || kept === undefined) return unsupported('more than one of its sizes is a symbol');
  const flat = dims.length === 3 ? [reshape('line', line)] : [];
  const axes = dims.length === 2 ? 2 : 1;
  const className = `Global${kind}Pooling${axes}D`;
  const config = axes === 1 ? {} : { data_format: 'channels_last' };
  if (!node.attributes.keepdims) return [...flat, own(className, config)];
  const summary = kind === 'Max' ? 'maximum' : 'mean';
  return [...flat, helper(summary, className, config), own('Reshape', { target_shape: kept })];
}

function poolLayer(
  kind: Kind,
  { windows }: Sliding,
  how: { strides: readonly number[]; padding: string },
): Step {
  return own(`${kind === 'Max' ? 'MaxPooling' : 'AveragePooling'}${windows.length}D`, {
    pool_size: windows.map((w) => w.kernel),
    strides: how.strides,
    padding: how.padding,
    ...(windows.length === 1 ? {} : { data_format: 'channels_last' }),
  });
}

/** One layer, where a mode of tf.js is what the node asks for. Its padding holds −∞ or nothing, never zeros. */
function plain(kind: Kind, sliding: Sliding): Chain | undefined {
  const padding = borderMode(sliding);
  const strides = sliding.windows.map((w) => w.stride);
  return padding === undefined ? undefined : [poolLayer(kind, sliding, { strides, padding })];
}

/** The padding as zeros that take part, then the pooling of what that gives. */
function zeroPadded(kind: Kind, sliding: Sliding): Chain | undefined {
  const pads = numericPads(sliding.windows);
  const padding = pads === undefined ? undefined : zeroPad(sliding.shape, pads);
  if (pads === undefined || padding === undefined) return undefined;
  const rest = onPadded(sliding, pads);
  const pooled = plain(kind, rest) ?? picked(kind, rest);
  return pooled === undefined ? undefined : [...padding, ...pooled];
}

/**
 * The windows at every position, of which those that the node has are kept. At stride 1 `same` centres a window on
 * each position and leaves out what lies beyond the map, so every window whose centre is on the map is among them.
 */
function picked(kind: Kind, sliding: Sliding): Chain | undefined {
  const { windows, shape } = sliding;
  const amounts = windows.flatMap((w, axis) => unwantedCentres(w, shape[axis + 1] ?? 0));
  const cut = amounts.length === windows.length ? crop(shape, amounts) : undefined;
  if (cut === undefined) return undefined;
  const strides = windows.map((w) => w.stride);
  const ones = strides.map(() => 1);
  const every = poolLayer(kind, sliding, { strides: ones, padding: 'same' });
  return [every, ...cut, ...(strides.every((s) => s === 1) ? [] : [pick(strides)])];
}

/** How many positions at either end are no centre of a window: one pair, none where a centre lies off the map. */
function unwantedCentres({ kernel, stride, before, output }: AxisWindow, size: Dim): Pads {
  if (typeof before !== 'number') return [];
  const first = Math.floor((kernel - 1) / 2) - before;
  if (first === 0 && equal(output, ceilDiv(size, stride))) return [[0, 0]];
  if (first < 0 || typeof size !== 'number' || typeof output !== 'number') return [];
  const last = first + (output - 1) * stride;
  return last < size ? [[first, size - 1 - last]] : [];
}
