import { kerasCellWeights, torchCell } from './recurrentNames.ts';
import type { WeightLayout, WeightPlace } from './storedForm.ts';

/** The tensors that are a weight together; most often one. */
export type Naming = readonly string[];

/** How the names in a file of weights follow from ours. */
export interface NameScheme {
  /** What a weight may be called, the likeliest first. */
  readonly namesOf: (place: WeightPlace) => readonly Naming[];
  /** Between the parts of a name. */
  readonly separator: '/' | '.';
  /** Tensors that no network reads: counters, and what an optimiser keeps. */
  readonly ignored: RegExp;
  /** The order of axes; that of the file's format where absent. */
  readonly layout?: WeightLayout;
  /** Whether a block around ours may be unknown to the file: our `stem/conv` is its `conv`. */
  readonly dropsBlocks?: true;
}

export const schemeNames = ['ours', 'torch', 'keras', 'slim'] as const;

export type SchemeName = (typeof schemeNames)[number];

/** Names as they are written by `emit`. */
const ours: NameScheme = {
  namesOf: ({ weight }) => [[weight.fullName]],
  separator: '/',
  ignored: /^constants\//,
};

/** PyTorch's: attributes of modules, so that a path has dots, and a normalisation has a module of its own. */
const torch: NameScheme = {
  namesOf: (place) => torchCell(place) ?? joined(torchPaths(place), torchWeights(place), '.'),
  separator: '.',
  ignored: /(^|\.)num_batches_tracked$/,
  layout: 'torch',
};

/** Keras': `<layer>/<weight>`; names of layers have no slashes in most models. */
const keras: NameScheme = {
  namesOf: (place) => joined(kerasPaths(place), kerasWeights(place), '/'),
  separator: '/',
  ignored: /(^|\/)(iteration|learning_rate|seed_generator_state)$/,
  layout: 'keras',
};

/** TF-Slim's scopes: `weights`, `biases` and `BatchNorm`. */
const slim: NameScheme = {
  namesOf: (place) => joined(slimPaths(place), slimWeights(place), '/'),
  separator: '/',
  ignored: /(^|\/)(global_step|ExponentialMovingAverage|RMSProp(_1)?|Momentum|Adam(_1)?)$/,
  layout: 'keras',
  dropsBlocks: true,
};

/** The schemes by the names that the command line has for them. */
export const schemes: Readonly<Record<SchemeName, NameScheme>> = { ours, torch, keras, slim };

/** Every path with every weight; a weight without a name of its own is called as its path. */
function joined(paths: readonly string[], weights: readonly string[], separator: string): readonly Naming[] {
  return weights.flatMap((weight) => paths.map((path) => [weight === '' ? path : path + separator + weight]));
}

/** The step that a norm belongs to, where the norm is written at it: `conv1` of `conv1/batch_norm`. */
function normedStep({ node }: WeightPlace): string | undefined {
  const suffix = `/${node.op}`;
  return node.name.endsWith(suffix) ? node.name.slice(0, -suffix.length) : undefined;
}

/** `layer1/0/bn1` for `layer1/0/conv1`; the same where no `conv` stands in the last part. */
function besideConv(step: string, norm: string): string {
  return step.replace(/conv(?=[^/]*$)/, norm);
}

function torchPaths(place: WeightPlace): readonly string[] {
  const step = normedStep(place);
  const { name } = place.node;
  const paths =
    step === undefined
      ? [name, `${name}/conv`, `${name}/0`]
      : [name, `${step}/bn`, `${step}/norm`, ...besideTorchConv(step), `${step}/1`];
  return paths.map((path) => path.replaceAll('/', '.'));
}

function besideTorchConv(step: string): readonly string[] {
  return ['bn', 'norm'].map((norm) => besideConv(step, norm)).filter((path) => path !== step);
}

const torchNames: Readonly<Record<string, readonly string[]>> = {
  kernel: ['weight'],
  bias: ['bias'],
  gamma: ['weight', 'gamma'],
  beta: ['bias', 'beta'],
  moving_mean: ['running_mean'],
  moving_variance: ['running_var'],
  embeddings: ['weight', ''],
  alpha: ['weight'],
  value: [''],
};

function torchWeights({ weight, node }: WeightPlace): readonly string[] {
  const separable = node.weights.some(({ name }) => name === 'pointwise_kernel');
  if (weight.name === 'depthwise_kernel') return [separable ? 'depthwise.weight' : 'weight'];
  if (weight.name === 'pointwise_kernel') return ['pointwise.weight'];
  if (separable && weight.name === 'bias') return ['pointwise.bias'];
  return torchNames[weight.name] ?? [weight.name];
}

function kerasPaths(place: WeightPlace): readonly string[] {
  const step = normedStep(place);
  const { name } = place.node;
  const paths =
    step === undefined
      ? [name, `${name}_conv`, `${name}/conv`]
      : [name, `${step}_bn`, `${step}/bn`, besideConv(step, 'bn'), `${step}_batch_norm`].filter(
          (p) => p !== step,
        );
  return [...paths, ...paths.map((path) => path.replaceAll('/', '_'))];
}

/** Keras 3 calls the kernel of a DepthwiseConv2D `kernel`. */
function kerasWeights(place: WeightPlace): readonly string[] {
  const { name } = place.weight;
  const plain = name === 'depthwise_kernel' ? ['depthwise_kernel', 'kernel'] : [name];
  return kerasCellWeights(place) ?? plain;
}

function slimPaths(place: WeightPlace): readonly string[] {
  const step = normedStep(place);
  return step === undefined ? [place.node.name] : [`${step}/BatchNorm`];
}

const slimNames: Readonly<Record<string, string>> = {
  kernel: 'weights',
  bias: 'biases',
  depthwise_kernel: 'depthwise_weights',
  pointwise_kernel: 'pointwise_weights',
};

function slimWeights({ weight }: WeightPlace): readonly string[] {
  return [slimNames[weight.name] ?? weight.name];
}
