/**
 * One layer, in the notation of the golden tables: `3x3`, `SAME`, `Nx35x35x384`. A convolution with its batch norm and
 * activation is one layer. An empty string stands where a column does not apply.
 */
export interface Layer {
  readonly name: string;
  readonly op: string;
  readonly kernel: string;
  readonly stride: string;
  readonly padding: string;
  readonly dilation: string;
  readonly groups: string;
  readonly filters: string;
  readonly inputShapes: string;
  readonly outputShape: string;
  readonly activation: string;
  readonly batchNorm: string;
  readonly bias: string;
  /** Factor of a scaled residual branch, or the share that dropout keeps. */
  readonly scaleOrKeep: string;
  readonly kernelWeights: number;
  readonly biasWeights: number;
  readonly batchNormWeights: number;
  readonly trainable: number;
  readonly nonTrainable: number;
  readonly macs: number;
  /** Names of the layers it reads, in order; `networkInput` for the network's input. */
  readonly inputs: readonly string[];
}

export const networkInput = '(input)';

/** What is compared of two layers; names are each side's own, and inputs are compared by following them. */
export const comparedFields = [
  'op',
  'kernel',
  'stride',
  'padding',
  'dilation',
  'groups',
  'filters',
  'inputShapes',
  'outputShape',
  'activation',
  'batchNorm',
  'bias',
  'scaleOrKeep',
  'kernelWeights',
  'biasWeights',
  'batchNormWeights',
  'trainable',
  'nonTrainable',
  'macs',
] as const satisfies readonly (keyof Layer)[];

/** A layer that does nothing but pass on; real ones are made by overriding. */
export const plainLayer: Layer = {
  name: '',
  op: '',
  kernel: '',
  stride: '',
  padding: '',
  dilation: '',
  groups: '',
  filters: '',
  inputShapes: '',
  outputShape: '',
  activation: '',
  batchNorm: '',
  bias: '',
  scaleOrKeep: '',
  kernelWeights: 0,
  biasWeights: 0,
  batchNormWeights: 0,
  trainable: 0,
  nonTrainable: 0,
  macs: 0,
  inputs: [],
};

/** The names of the layers that read each layer. */
export function readersOf(layers: readonly Layer[]): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const { name, inputs } of layers) {
    for (const input of inputs) readers.set(input, [...(readers.get(input) ?? []), name]);
  }
  return readers;
}

/** Layers without some of them; readers of a removed layer read what `instead` names for it. */
export function without(layers: readonly Layer[], instead: ReadonlyMap<string, string>): readonly Layer[] {
  const resolve = (name: string): string => {
    const other = instead.get(name);
    return other === undefined ? name : resolve(other);
  };
  return layers
    .filter(({ name }) => !instead.has(name))
    .map((layer) => ({ ...layer, inputs: layer.inputs.map(resolve) }));
}
