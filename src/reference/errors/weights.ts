import type { weights } from '../../diagnostics/catalog/weights.ts';
import type { ErrorNotes } from './errorNote.ts';

const file = 'resnet18.safetensors';

/** INC5xx: a file of weights cannot be read or does not fit the network, or weights cannot be stored as is wanted. */
export const weightsNotes: ErrorNotes<typeof weights> = {
  'unreadable-weights': {
    means:
      'The file named by `--weights` does not exist, is of no format that is read, or breaks the rules of its format: it is cut short, its tensors overlap, its header announces more than there is. Nothing of such a file is used.',
    remedy:
      'Read are safetensors, tf.js (`model.json` with its shards beside it) and ONNX. A PyTorch checkpoint becomes safetensors with `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`. A file that is called `init`, `zeros` or `none` is named with its folder, as `./init`.',
    params: {
      file,
      reason: 'its tensors take 46830408 bytes, but only 40000000 follow the header: it is cut short',
    },
  },
  'weights-missing': {
    means:
      'The network has weights that the file does not hold under their names. Bad: `--weights resnet18.safetensors` for a file from PyTorch, which has `layer1.0.conv1.weight`. Good: `--weights resnet18.safetensors --names torch`. Only the header of the file has been read.',
    remedy:
      'Choose the scheme of names with `--names ours`, `torch`, `keras` or `slim`, or write a mapping file. For a network that is to be trained further, with another last layer, `--allow-missing` leaves the missing weights to their initialisers and `--seed`.',
    params: {
      file,
      of: 102,
      items: ['conv1/kernel', 'conv1/batch_norm/gamma', 'conv1/batch_norm/beta', 'fc/kernel'],
      scheme: 'torch',
    },
  },
  'weights-unexpected': {
    means:
      'The file holds tensors of floats that no weight of the network is called as: most often it is the file of a larger network, or a branch for training is left out of the spec. Counters such as `num_batches_tracked`, and what optimisers keep, are not counted. Bad: the file of a network with 10 blocks for a spec with 9. Good: the file of the same network.',
    remedy:
      'Check the variant and the params of the spec. `--allow-unexpected` reads what fits and leaves the rest; a mapping file leaves out single names with `ignore`.',
    params: { file, of: 102, items: ['aux.conv.weight [128, 512, 1, 1]'] },
  },
  'weights-shape': {
    means:
      'A tensor has the name of a weight, but its shape does not fit in any order of axes: the spec has another number of filters or classes. Bad: `--set classes=10` with the file of a network for 1,000 classes. Good: the number of classes of the file. Axes of size 1 may be there or not.',
    remedy:
      'Bring the params of the spec to those of the file. To use all but the last layer, leave its tensors out with `ignore` in a mapping file and add `--allow-missing`.',
    params: { file, of: 102, items: ['fc/kernel: [1000, 512] in the file, [10, 512] here'] },
  },
  'weights-transposed': {
    means:
      "The shape of a tensor would fit with its axes in another order. Keras' kernels are [height, width, channels, filters], PyTorch's [filters, channels, height, width]; a dense layer is [width, units] in Keras and [units, width] in PyTorch. Bad: a file with Keras' names that was written with PyTorch's axes. Good: `layout: torch` beside `names: keras` in a mapping file.",
    remedy:
      'Say the order: it follows from `--names`, or from `layout` in a mapping file. A square matrix does not show its order, so nothing is turned by its looks alone.',
    params: {
      file,
      of: 102,
      items: ['conv1/kernel: [64, 3, 7, 7] in the file, [7, 7, 3, 64] here'],
      layout: 'keras',
    },
  },
  'weights-dtype': {
    means:
      'A tensor with the name of a weight holds whole numbers or quantised values. What such a number stands for is not in its tensor alone. Bad: an ONNX model whose weights go through DequantizeLinear. Good: the same before it was quantised. A tf.js model says what its uint8 and uint16 stand for, so those are read, as is float16.',
    remedy: 'Save the model with floats.',
    params: {
      file: 'model.onnx',
      of: 102,
      items: ['conv1/kernel: conv1/kernel holds UINT8'],
    },
  },
  'weights-order': {
    means:
      'The file has weights under these names, but of a cell that computes otherwise, which shapes do not show. Bad: a `gru` with `reset_after: false` and `--names torch`: PyTorch multiplies the product with the state by the reset gate, not the state. Good: the same file for a `gru` with `reset_after: true`. Also bad: two biases of PyTorch read with `layout: keras` in a mapping file.',
    remedy:
      'Correct the attribute of the step, or give the weights in the layout of Keras: gates of an LSTM in the order input, forget, cell, output; of a GRU update, reset, new.',
    params: { file, of: 8, items: ['gru/kernel: gru.weight_ih_l0'], layout: 'torch' },
  },
  'weight-names': {
    means:
      "The mapping file of `--names` cannot be followed. It is YAML or JSON: `names` is the scheme that holds after renaming, `layout` (`keras` or `torch`) the order of axes, `rename` patterns of the file's names with what replaces them, `ignore` patterns of names that are not looked at. A pattern must match the whole name; `\\1` stands for its first group. Bad: `rename: { 'features\\.(\\d+': 'conv\\1' }`, with a bracket that is not closed. Good: `rename: { 'features\\.(\\d+)\\.(.+)': 'conv\\1.\\2' }`.",
    remedy: 'Correct what the reason names.',
    params: { file: 'names.yaml', reason: '`features\\.(\\d+` is no regular expression' },
  },
  'unstorable-weight': {
    means:
      'A weight has a number that the type of `--weights-dtype` holds as infinity only, or, for `uint8` and `uint16`, one that is infinite or none: no scale reaches those. Numbers are not cut off in silence. Bad: `--weights-dtype float16` for a weight with 70000. Good: the same, and behind it `--weights-dtype NAME=float32` for that weight.',
    remedy:
      'Store that weight as float32, or all of them as bfloat16, which reaches as far as float32. Numbers of a file that are infinite or none are most often the traces of a training that failed.',
    params: {
      weight: 'block_3/conv_1/kernel',
      dtype: 'float16',
      reason: 'it holds 70000, and the greatest float16 is 65504',
    },
  },
  'no-such-weights': {
    means:
      'A pattern of `--weights-dtype` fits the full name of no weight, so that it would change nothing. Bad: `--weights-dtype conv_1=uint8`. Good: `--weights-dtype "conv_1/*=uint8"`.',
    remedy:
      'A pattern is compared with the whole name. `infer-shapes --format json` lists the weights of every node.',
    params: { pattern: 'conv_1', example: 'conv_1/kernel' },
  },
};
