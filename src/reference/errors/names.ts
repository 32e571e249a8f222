import type { names } from '../../diagnostics/catalog/names.ts';
import { limits } from '../../parser/limits.ts';
import { type ErrorNotes, network, text } from './errorNote.ts';

const withParam = text(`
inception: 1
name: example
params: { width: { type: int, default: 16 } }
variants: { small: { width: 8 }, large: { width: 32 } }
inputs: { image: [N, 8, 8, 3] }
network:
  - conv: { filters: $width, kernel: 3 }
`);

/** INC130–159: names, calls and wiring. */
export const namesNotes: ErrorNotes<typeof names> = {
  'unknown-name': {
    means:
      'Something is read that is not there: a value that no step before gives, an output, an input or an end point.',
    remedy:
      'Correct the name, or move the step behind the one it reads. A block sees its own steps and inputs only.',
    example: {
      spec: network(`
  - relu: {}
    name: stem
  - add: [stem, steam]
`),
    },
  },
  'duplicate-name': {
    means:
      'Two steps of one scope have the same name. Names are the names of weights, so each must be there once.',
    remedy: 'Give one of them another name, or put them into branches or blocks with names of their own.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3 }
    name: stem
  - conv: { filters: 8, kernel: 3 }
    name: stem
`),
    },
  },
  'bad-name': {
    means:
      'The name has a character that names cannot have. `/` parts the names of scopes, `*` and `$` have meanings of their own, and `_` alone is the current value.',
    remedy: 'Use letters, digits, `_`, `-` and `.`.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { image: [N, 8, 8, 3], image/left: [N, 8, 8, 3] }
network:
  - relu:
    from: image
`),
    },
  },
  'block-recursion': {
    means: 'A block calls itself, directly or through others, and would never end.',
    remedy: 'Write repetition with `repeat`.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { image: [N, 8, 8, 3] }
blocks:
  deeper: { steps: [relu, deeper] }
network: [deeper]
`),
    },
  },
  'unknown-param': {
    means: 'A block, a variant or the command line sets a param that is not declared.',
    remedy: 'Correct the name, or declare it under `params`.',
    example: { spec: withParam, set: { widht: 8 } },
  },
  'missing-param': {
    means: 'A param without a default was not given a value.',
    remedy: 'Give it with `--set`, choose a `--variant`, or give the param a default.',
    example: { spec: withParam.replace(', default: 16', '') },
  },
  'unknown-variant': {
    means: 'The spec has no variant of this name.',
    remedy: 'Choose one of those that are listed.',
    example: { spec: withParam, variant: 'medium' },
  },
  'input-count': {
    means: 'An op or block is given more or fewer values than it reads.',
    remedy: 'Say with `from` which values it is to read, or merge them before.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3 }
    name: stem
  - relu:
    from: [image, stem]
`),
    },
  },
  'repeat-not-chained': {
    means:
      '`from` belongs to every copy of a repeat. Where it names a fixed value, all copies read that value and none reads another: the result would have the right shape and the wrong network.',
    remedy: 'Put the repeat into a group and `from` on the group, or say `parallel: true`.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 1 }
    name: stem
  - conv: { filters: 8, kernel: 3, padding: same }
    from: stem
    repeat: 3
`),
    },
  },
  'no-current-value': {
    means: 'The first step of a network with several inputs does not say which it reads.',
    remedy: 'Add `from`.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { left: [N, 8], right: [N, 8] }
network:
  - relu
`),
    },
  },
  'left-out': {
    means: 'A step reads a value of a step that its `when` left out.',
    remedy: 'Give the reading step the same `when`, or read the value from before.',
    example: {
      spec: network(`
  - relu: {}
    name: extra
    when: false
  - add: [image, extra]
`),
    },
  },
  'nothing-to-merge': {
    means: 'Every branch was left out by its `when`, so nothing comes out.',
    remedy: 'Keep one branch without `when`; a branch that passes its input on is written `[]`.',
    example: {
      spec: network(`
  - branches:
      left: { steps: [relu], when: false }
      right: { steps: [tanh], when: false }
    merge: add
`),
    },
  },
  'order-not-a-permutation': {
    means: '`order` says in which order branches are joined, and must name each branch exactly once.',
    remedy: 'Name all branches; one that is left out by its `when` is named, too.',
    example: {
      spec: network(`
  - branches:
      left: [relu]
      right: [tanh]
    merge: { concat: { order: [right] } }
`),
    },
  },
  'too-many-nodes': {
    means: 'The network has more nodes than any network asks for.',
    remedy: 'Look for a `repeat` with a count that was not meant.',
    params: { limit: limits.nodes },
  },
  'block-input-mismatch': {
    means:
      'A value does not have the shape or the element type that the block declares for its input. A symbol that a block names in several places stands for one size.',
    remedy:
      'Give the block a value that fits, or write in its `inputs` what it can take; `_` takes any size.',
    example: {
      spec: network(`
  - gate:
    from: [image, image]
blocks:
  gate:
    inputs: { x: [N, H, W, C], weight: [N, C] }
    steps:
      - multiply:
        from: [x, weight]
`),
    },
  },
  'share-mismatch': {
    means:
      'A step is to use the weights of another, but the two do not call the same op or block, or their weights would not have the same shapes.',
    remedy:
      'Give both steps the same attributes and values with the same number of channels, or take `share` away.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3, padding: same }
    name: first
  - conv: { filters: 8, kernel: 3, padding: same }
    share: first
`),
    },
  },
};
