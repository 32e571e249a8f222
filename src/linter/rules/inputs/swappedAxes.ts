import { type Channels, inOrderOf } from '../../../tensor/channels.ts';
import type { Dim } from '../../../tensor/dim.ts';
import { type Shape, showShape } from '../../../tensor/shape.ts';
import { defineRule } from '../../rule.ts';

interface Facts {
  readonly name: string;
  readonly shape: string;
  readonly channels: Channels;
  readonly looksLike: Channels;
  readonly repaired: string;
}

/** An image whose channels stand where the file does not have them. */
export const swappedAxes = defineRule<Facts>({
  code: 'INC803',
  id: 'inputs/swapped-axes',
  level: 'warning',
  set: 'recommended',
  summary: 'The shape of an image input looks as if its channels were at the other end.',
  why: 'Nothing fails: convolutions and norms run over what they take for channels, and the network has other weights than the one that was meant. A file writes channels last unless it says `channels: first`.',
  sources: [
    'https://github.com/tensorflow/tfjs/issues/1106',
    'https://github.com/keras-team/keras/issues/10648',
    'https://github.com/keras-team/keras/issues/4908',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 3, 224, 224], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
`,
  },
  good: {
    spec: `
inception: 1
name: example
channels: first
inputs: { image: { shape: [N, 3, 224, 224], range: [0, 1] } }
network:
  - conv: { filters: 8, kernel: 3 }
    name: conv1
`,
  },
  message: ({ name, shape, channels, looksLike }) =>
    `\`${name}\`, ${shape}, looks like an image with channels ${looksLike}, and this file has channels ${channels}`,
  help: ({ looksLike, repaired }) =>
    `write \`channels: ${looksLike}\` at the top of the file, or the shape as ${repaired}`,
  *checkGraph({ graph: { inputs, channels = 'last' } }) {
    for (const { value, type, span } of inputs) {
      const shape = inOrderOf(channels, type.shape);
      if (type.dtype !== 'float32' || !isSwapped(shape, channels)) continue;
      const looksLike = channels === 'last' ? 'first' : 'last';
      const repaired = showShape(channels === 'last' ? channelsToEnd(shape) : inOrderOf('first', shape));
      const params = { name: value.name, shape: showShape(shape), channels, looksLike, repaired } as const;
      yield { params, span, node: value.name };
    }
  },
});

/** Three colours at the other end; or one, where the rest is square, as a sequence may well be one row high. */
function isSwapped(shape: Shape, channels: Channels): boolean {
  const [, first, middle, last] = shape;
  if (shape.length !== 4 || first === undefined || middle === undefined || last === undefined) return false;
  const [own, other] = channels === 'last' ? [last, first] : [first, last];
  if (!isLong(own) || !isLong(middle)) return false;
  return other === 3 || (other === 1 && typeof own === 'number' && own === middle);
}

/** Longer than pixels have channels. */
function isLong(size: Dim): boolean {
  return typeof size !== 'number' || size > 4;
}

function channelsToEnd(shape: Shape): Shape {
  return [...shape.slice(0, 1), ...shape.slice(2), ...shape.slice(1, 2)];
}
