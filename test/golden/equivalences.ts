import { type Layer, plainLayer, readersOf, without } from './layer.ts';

/*
 * Different writings of the same network, brought to one. Each says exactly the same function with the same weights;
 * the first two are applied to networks and tables alike, the others where one side writes what the other does not.
 */

/** What networks and tables both go through before they are compared. */
export function normalForm(layers: readonly Layer[]): readonly Layer[] {
  return concatsJoined(onePixelAsVector(layers));
}

/**
 * A 1x1 map [N, 1, 1, C] is the vector [N, C]: flattening or squeezing it is nothing, a pooling of the whole map is the
 * global one, and a 1x1 convolution of it is a dense layer.
 */
export function onePixelAsVector(layers: readonly Layer[]): readonly Layer[] {
  const vectors = layers.map((layer) => {
    const asVectors = {
      ...layer,
      inputShapes: layer.inputShapes.split(';').map(vectorShape).join(';'),
      outputShape: vectorShape(layer.outputShape),
    };
    if (poolsWholeMap(layer)) return { ...asVectors, ...windowless, op: 'GlobalAvgPool' };
    if (isDenseInDisguise(layer)) return { ...asVectors, ...windowless, op: 'Dense' };
    return asVectors;
  });
  const reshapes = vectors.filter(
    ({ op, inputShapes, outputShape }) =>
      (op === 'Flatten' || op === 'Squeeze') && inputShapes === outputShape,
  );
  return without(vectors, new Map(reshapes.map(({ name, inputs }) => [name, inputs[0] ?? ''])));
}

const windowless = { kernel: '', stride: '', padding: '', dilation: '', groups: '' };

function vectorShape(shape: string): string {
  return shape.replace(/^Nx1x1x/, 'Nx');
}

function poolsWholeMap({ op, kernel, padding, inputShapes }: Layer): boolean {
  return op === 'AvgPool' && padding === 'VALID' && inputShapes.startsWith(`Nx${kernel}x`);
}

function isDenseInDisguise({ op, kernel, inputShapes, batchNorm }: Layer): boolean {
  return op === 'Conv2D' && kernel === '1x1' && batchNorm === '' && inputShapes.startsWith('Nx1x1x');
}

/** A concat that only another concat reads is part of it: concat(a, concat(b, c)) = concat(a, b, c). */
export function concatsJoined(layers: readonly Layer[]): readonly Layer[] {
  const readers = readersOf(layers);
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const isInner = ({ op, name }: Layer) => {
    const [reader, ...others] = readers.get(name) ?? [];
    return op === 'Concat' && others.length === 0 && byName.get(reader ?? '')?.op === 'Concat';
  };
  const joined = layers.map((layer) => {
    if (layer.op !== 'Concat') return layer;
    const parts = layer.inputs.map((name, i) => {
      const inner = byName.get(name);
      const shape = layer.inputShapes.split(';')[i] ?? '';
      return inner !== undefined && isInner(inner)
        ? { inputs: inner.inputs, shapes: inner.inputShapes }
        : { inputs: [name], shapes: shape };
    });
    return {
      ...layer,
      inputs: parts.flatMap((part) => part.inputs),
      inputShapes: parts.map((part) => part.shapes).join(';'),
    };
  });
  return joined.filter((layer) => !isInner(layer));
}

/** Rows of their own for batch norm and activation, as in Keras' tables, become part of the convolution they follow. */
export function normAndActivationFused(layers: readonly Layer[]): readonly Layer[] {
  const normed = absorbed(layers, {
    op: 'BatchNorm',
    by: ({ op, batchNorm }) => op === 'Conv2D' && batchNorm === '',
    merge: (conv, norm) => ({
      ...conv,
      batchNorm: norm.batchNorm,
      batchNormWeights: norm.batchNormWeights,
      trainable: conv.trainable + norm.trainable,
      nonTrainable: conv.nonTrainable + norm.nonTrainable,
    }),
  });
  const activated = absorbed(normed, {
    op: 'Activation',
    by: ({ op, activation }) => op === 'Conv2D' && activation === '',
    merge: (conv, { activation }) => ({ ...conv, activation }),
  });
  return activated.map((layer) =>
    layer.op === 'Activation' && layer.activation === 'relu' ? { ...layer, op: 'Relu' } : layer,
  );
}

/** A dense layer with softmax for its activation, as in Keras, is a dense layer and a softmax. */
export function softmaxApart(layers: readonly Layer[]): readonly Layer[] {
  return layers.flatMap((layer) => {
    if (layer.op !== 'Dense' || layer.activation !== 'softmax') return [layer];
    const { name, outputShape } = layer;
    return [
      { ...layer, activation: '' },
      {
        ...plainLayer,
        name: `${name}/softmax`,
        op: 'Softmax',
        inputShapes: outputShape,
        outputShape,
        activation: 'softmax',
        inputs: [name],
      },
    ];
  });
}

/** x + factor·y in two steps is the one layer ScaleAdd. */
export function scaleAndAddFused(layers: readonly Layer[]): readonly Layer[] {
  const readers = readersOf(layers);
  const scales = new Map(
    layers
      .filter(({ op, name }) => op === 'scale' && readers.get(name)?.length === 1)
      .map((l) => [l.name, l]),
  );
  const fused = layers.map((layer) => {
    const scale = scales.get(layer.inputs[1] ?? '');
    if (layer.op !== 'add' || layer.inputs.length !== 2 || scale === undefined) return layer;
    return { ...layer, op: 'ScaleAdd', scaleOrKeep: scale.scaleOrKeep };
  });
  const taken = fused.filter((l) => l.op === 'ScaleAdd').map((l) => l.inputs[1] ?? '');
  return without(fused, new Map(taken.map((name) => [name, scales.get(name)?.inputs[0] ?? ''])));
}

interface Absorption {
  readonly op: string;
  readonly by: (host: Layer) => boolean;
  readonly merge: (host: Layer, guest: Layer) => Layer;
}

/** Merges each layer of `op` into the layer it reads, where that is a host and nothing else reads it. */
function absorbed(layers: readonly Layer[], { op, by, merge }: Absorption): readonly Layer[] {
  const readers = readersOf(layers);
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const guests = layers.filter((layer) => {
    const host = byName.get(layer.inputs[0] ?? '');
    return layer.op === op && host !== undefined && by(host) && readers.get(host.name)?.length === 1;
  });
  const guestOf = new Map(guests.map((guest) => [guest.inputs[0] ?? '', guest]));
  const merged = layers.map((layer) => {
    const guest = guestOf.get(layer.name);
    return guest === undefined ? layer : merge(layer, guest);
  });
  return without(merged, new Map(guests.map((guest) => [guest.name, guest.inputs[0] ?? ''])));
}
