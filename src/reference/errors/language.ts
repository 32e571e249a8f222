import type { language } from '../../diagnostics/catalog/language.ts';
import { type ErrorNotes, network, text } from './errorNote.ts';

const library = text(`
inception: 1
name: blocks
blocks:
  twice:
    steps: [relu, relu]
`);

/** INC100–129: what stands in the document is not what the language allows there. */
export const languageNotes: ErrorNotes<typeof language> = {
  'unknown-key': {
    means: 'A key that has no meaning at this place. Nothing is skipped: what is not understood is refused.',
    remedy: 'Correct the spelling, or look at the indentation: an attribute belongs below its op.',
    example: {
      spec: text(`
inception: 1
name: example
input: { image: [N, 8, 8, 3] }
inputs: { image: [N, 8, 8, 3] }
network: [relu]
`),
    },
  },
  'missing-key': {
    means: 'Something that must be said is not said.',
    remedy: 'Add the key.',
    example: {
      spec: network(`
  - branches:
      left: [relu]
      right: [tanh]
`),
    },
  },
  'wrong-type': {
    means: 'A list stands where a mapping is wanted, a number where text is wanted, or the like.',
    remedy: 'Write what the message asks for; mostly a `- ` or a `:` is missing.',
    example: {
      spec: network(`
  - conv: 8
`),
    },
  },
  'wrong-value': {
    means:
      'A value that cannot be meant at this place: out of its bounds, not one of the choices, or one level too far out.',
    remedy: 'Write a value that the message allows.',
    example: {
      spec: network(`
  - conv: { filters: 8 }
    kernel: 3
`),
    },
  },
  'unknown-op': {
    means:
      'A step calls something that is neither an op, a block of this file, a block of an import, nor a structure. An unknown op is never taken for one that does nothing.',
    remedy: 'Correct the name. All ops are listed in [the manual of ops](../ops/README.md).',
    example: {
      spec: network(`
  - maxpool: { kernel: 2, stride: 2 }
`),
    },
  },
  'several-calls': {
    means: 'One step calls two ops. Which comes first would be a guess, as mappings have no order.',
    remedy: 'Make two steps of it: begin the second with `- ` on a line of its own.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3 }
    max_pool: { kernel: 2, stride: 2 }
`),
    },
  },
  'no-call': {
    means: 'A step has keys around a call, such as `name`, but no call.',
    remedy: 'Add the op, block or structure that the step is to be; `identity` gives a value a further name.',
    example: {
      spec: network(`
  - name: stem
`),
    },
  },
  'unknown-attribute': {
    means: 'The op has no such attribute. Attributes are not passed on unread.',
    remedy:
      'Correct the name; the attributes of each op stand on its page in [the manual](../ops/README.md).',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3, strides: 2 }
`),
    },
  },
  'missing-attribute': {
    means: 'The op cannot do without this attribute, and no default gives it.',
    remedy: 'Write it at the step, or for all steps under `defaults`.',
    example: {
      spec: network(`
  - max_pool: { kernel: 3 }
`),
    },
  },
  'wrong-attribute': {
    means: 'The value of an attribute is not one that the op takes.',
    remedy: "See the attribute on the op's page in [the manual](../ops/README.md).",
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3, padding: full }
`),
    },
  },
  'import-outside-root': {
    means:
      'An import leads out of the folder of the spec. A spec from someone else could otherwise read any file.',
    remedy: 'Put the library below the spec, or say with `--root` which folder imports may read.',
    example: {
      spec: text(`
inception: 1
name: example
imports: { lib: ../lib.yaml }
inputs: { image: [N, 8, 8, 3] }
network: [relu]
`),
    },
  },
  'import-unreadable': {
    means: 'The file that an import names cannot be read.',
    remedy: 'Check the path; it is relative to the file that imports.',
    example: {
      spec: text(`
inception: 1
name: example
imports: { lib: ./blokcs.yaml }
inputs: { image: [N, 8, 8, 3] }
network: [lib.twice]
`),
      files: { 'blocks.yaml': library },
    },
  },
  'import-cycle': {
    means: 'A file imports itself, directly or through others.',
    remedy: 'Move what both files use into a third one.',
    example: {
      spec: text(`
inception: 1
name: example
imports: { lib: ./blocks.yaml }
inputs: { image: [N, 8, 8, 3] }
network: [lib.twice]
`),
      files: { 'blocks.yaml': library.replace('blocks:', 'imports: { back: ./example.yaml }\nblocks:') },
    },
  },
  'unsupported-version': {
    means: 'The number after `inception` is the version of the language, and this compiler does not know it.',
    remedy: 'Write `inception: 1`, or use a newer compiler for a newer spec.',
    example: { spec: network('  - relu\n').replace('inception: 1', 'inception: 2') },
  },
  'no-network': {
    means: 'The file has blocks but no network: it is a library, made to be imported.',
    remedy: 'Compile a spec that imports it.',
    example: { spec: library },
  },
};
