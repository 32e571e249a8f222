import type { reading } from '../../diagnostics/catalog/reading.ts';
import { limits } from '../../parser/limits.ts';
import { type ErrorNotes, network, text } from './errorNote.ts';

/** INC0xx: the text cannot be read at all. */
export const readingNotes: ErrorNotes<typeof reading> = {
  'unreadable-file': {
    means: 'The file that was named on the command line does not exist or cannot be read.',
    remedy: 'Check the path; it is relative to the folder in which the command runs.',
    params: { file: 'specs/inception_v5.yaml', reason: 'there is no such file' },
  },
  'not-text': {
    means:
      'The file holds bytes that are not UTF-8 text: most often a model file or an image that was named by mistake, or text in another encoding.',
    remedy: 'Name the spec, or save it as UTF-8.',
    params: { offset: 128 },
  },
  'empty-file': {
    means: 'There is nothing in the file but, at most, white space and comments.',
    remedy: 'A spec begins with `inception: 1` and has at least `name`, `inputs` and `network`.',
    example: { spec: '# a network, soon\n' },
  },
  syntax: {
    means:
      'The text is not YAML (or, in a file ending in `.json`, not JSON). Only the first such error is shown, as those after it mostly follow from it.',
    remedy:
      'Look at the line above the one shown, too: a bracket or quote that is not closed is noticed later. Inside `{ }` and `[ ]` an expression with a comma or a bracket needs quotes.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3
  - relu
`),
    },
  },
  'duplicate-key': {
    means:
      'A mapping has the same key twice. Tools differ in which of the two they take, so neither is taken here.',
    remedy: 'Remove one of the two, or give one of the branches another name.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3, filters: 16 }
`),
    },
  },
  'alias-expansion': {
    means:
      'The aliases (`*name`) of a YAML file expand to so many values that the file can only be a mistake or an attack.',
    remedy: 'Write repetition with `repeat` or a block.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { image: [N, 8, 8, 3] }
network: [relu]
params:
  a: { default: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }
  b: { default: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a] }
  c: { default: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b] }
  d: { default: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c] }
  e: { default: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d] }
  f: { default: *e }
`),
    },
  },
  'alias-cycle': {
    means: 'A YAML alias stands inside what it refers to, so the value would have no end.',
    remedy: 'Let the alias refer to something beside it.',
    example: {
      spec: text(`
inception: 1
name: example
params:
  widths: { default: &widths [8, 16, *widths] }
inputs: { image: [N, 8, 8, 3] }
network: [relu]
`),
    },
  },
  'nesting-too-deep': {
    means: 'Mappings and lists are nested deeper than any network asks for.',
    remedy: 'Give the inner parts a name under `blocks` and call them.',
    params: { limit: limits.depth },
  },
  'unsupported-yaml': {
    means:
      'YAML has more than plain data: tags, keys that are no words, and more. A spec is plain data, so that every tool reads the same in it.',
    remedy: 'Write the value as a number, text, boolean, list or mapping.',
    example: {
      spec: network(`
  - conv: !layer { filters: 8, kernel: 3 }
`),
    },
  },
  'no-specs': {
    means:
      'A folder or a pattern on the command line stands for no file. A pattern such as `specs/**/*.yaml` matches names; in a folder, a spec is a file ending in `.yaml`, `.yml` or `.json` that has the key `inception`. What is hidden and `node_modules` are passed over.',
    remedy: 'Check the path, or name the file itself: what is named is taken as it is.',
    params: { where: 'specs/**/*.yml', kind: 'pattern' },
  },
};
