import type { Mapping } from '../../parser/mapping.ts';
import type * as keys from '../../parser/schema.ts';

/** A text for every key of a mapping: a missing one does not compile. */
type TextsOf<S extends Mapping> = { readonly [K in keyof S['shape']]: string };

const repeat =
  'Copies, walked in order: a number, `{ times }`, `{ over, as }` or `{ over: { name: list } }`.';
const when = 'Left out where this is false: `true`, `false` or an expression.';
const defaults = 'Attributes by op, for the steps in here that do not give them.';

/** What editors say of the keys of a document. */
export const documentTexts: TextsOf<typeof keys.documentSchema> = {
  $schema: 'The schema by which an editor checks this file.',
  inception: 'The version of the format. It is 1.',
  name: 'The name of the network, or of the library of blocks.',
  title: 'What people call it.',
  description: 'What it is, in a few sentences.',
  source: 'Where the network comes from: papers, code, in words of your own.',
  imports: 'Libraries of blocks: an alias for each, with the path of its file. A step calls `alias.block`.',
  params: 'Numbers and choices that expressions read as `$name`, with their defaults.',
  variants: 'Members of a family by name: values of params, and an `expect` of their own.',
  dims: 'What is known of the symbols in the shapes of inputs.',
  inputs: 'The inputs by name: a shape such as [N, 224, 224, 3], or a mapping.',
  channels: 'How this file writes the shapes of maps. `last`: [batch, …spatial, channels].',
  defaults: 'Attributes by op, for all steps of this file that do not give them.',
  blocks: 'Blocks by name: a list of steps, or a mapping with params, inputs and outputs.',
  network: 'The steps from the input to the output. A file without it is a library of blocks.',
  outputs: 'The outputs: names of values, or an output name for each. The last value where left out.',
  expect: 'What is claimed of the whole network, and checked.',
  lint: 'How seriously rules of `lint` are taken in this file.',
};

export const paramTexts: TextsOf<typeof keys.paramSchema> = {
  type: 'What values it takes.',
  default: 'Its value where none is given. Without it, one must be.',
  min: 'The least value.',
  max: 'The greatest value.',
  choices: 'The values that it may have.',
  description: 'What it is for.',
};

export const inputTexts: TextsOf<typeof keys.inputSchema> = {
  shape: 'Its sizes: numbers, symbols and expressions.',
  dtype: 'The type of its elements. float32 where left out.',
  range: 'Between which numbers its elements lie: [low, high].',
  mean: 'What is taken off each channel before.',
  std: 'What each channel is divided by before.',
  description: 'What it holds.',
  repeat,
  when,
};

export const outputTexts: TextsOf<typeof keys.outputSchema> = {
  from: 'The value that goes out.',
  labels: 'What its entries stand for: names, or the path of a file with a name on each line.',
  repeat,
  when,
};

export const dimTexts: TextsOf<typeof keys.dimSchema> = {
  equals: 'An expression over other symbols that this one stands for.',
  min: 'The least size.',
  max: 'The greatest size.',
  multiple_of: 'What divides it.',
  remainder: 'What is left where `multiple_of` divides it.',
};

export const totalsTexts: TextsOf<typeof keys.totalsSchema> = {
  parameters:
    'The number of weights: of the trainable ones, or { trainable, non_trainable, total }. 42.7M is rounded, <= 5M a bound.',
  macs: 'Multiply-adds for one item of the batch.',
  depth: 'The length of the longest way through layers with weights.',
  outputs: 'The shapes of the outputs by name.',
};

export const parametersTexts: TextsOf<typeof keys.parametersClaimSchema> = {
  trainable: 'Weights that training changes.',
  non_trainable: 'Weights that training leaves alone, such as moving statistics.',
  total: 'All weights.',
};

export const claimTexts: TextsOf<typeof keys.stepClaimSchema> = {
  shape: 'The shape of its value; a list of shapes where it gives several.',
  parameters: totalsTexts.parameters,
  macs: totalsTexts.macs,
};

export const repeatTexts: TextsOf<typeof keys.repeatSchema> = {
  times: 'How often.',
  over: 'A list with an item for each copy, or lists by name that are walked together.',
  as: 'The name by which expressions read the item, or the names of its parts.',
  index: 'The name of the number of the copy, from 0. `i` where left out.',
  parallel: 'Every copy reads the same value, instead of what the one before gives.',
};

export const branchTexts: TextsOf<typeof keys.branchSchema> = {
  steps: 'The steps of the branch. `[]` passes the value on.',
  when,
};

export const stepTexts: TextsOf<typeof keys.stepSchema> = {
  name: 'Its name, or a name for each of its values.',
  share: 'The step whose weights this one uses.',
  from: 'What it reads instead of the value before: a name, a list of names, or the inputs with a name each.',
  repeat,
  when,
  defaults,
  expect: 'What is claimed of it, and checked: a shape, or { shape, parameters, macs }.',
  note: 'A remark, which goes with the step into shape tables.',
};

export const structureTexts = {
  branches: 'Ways that all read the value before: by name, or as a list.',
  merge: 'How branches meet: the name of an op, `{ concat: { axis, order } }`, or `none`.',
  residual: 'Steps whose value is added to the value before them.',
  shortcut: 'Steps on the other way of a residual; nothing where left out.',
  steps: 'Steps in a scope of their own, for one name, repeat or defaults.',
  tap: 'Steps beside: the value before them goes on.',
};

export const blockInputTexts: TextsOf<typeof keys.blockInputSchema> = {
  shape: 'The sizes it must have; a symbol alone names the size of the caller inside the block.',
  dtype: 'The type its elements must have.',
  optional: 'Whether the caller may leave it out.',
  description: 'What it is.',
};

export const blockTexts: TextsOf<typeof keys.blockSchema> = {
  description: 'What it is, in a few sentences.',
  source: documentTexts.source,
  params: 'What callers set, with defaults.',
  inputs: 'The values it reads: names, or names with shapes. One where left out.',
  defaults,
  expect: 'What is claimed of every call of it.',
  steps: 'The steps of the block.',
  outputs: 'What it gives besides its last value: names, or output names with references.',
};
