import { entry } from './entry.ts';

/** INC0xx: the text cannot be read at all. The command line ends with status 2. */
export const reading = {
  'unreadable-file': entry<{ file: string; reason: string }>({
    code: 'INC001',
    severity: 'error',
    message: ({ file, reason }) => `cannot read ${file}: ${reason}`,
  }),
  'not-text': entry<{ offset: number }>({
    code: 'INC002',
    severity: 'error',
    message: ({ offset }) => `this is not a text file (byte ${offset} is not valid in UTF-8 text)`,
    help: () => 'a spec is YAML or JSON text in UTF-8',
  }),
  'empty-file': entry<Record<string, never>>({
    code: 'INC003',
    severity: 'error',
    message: () => 'the file is empty',
    help: () => 'a spec begins with `inception: 1`, then `name`, `inputs` and `network`',
  }),
  syntax: entry<{ language: 'YAML' | 'JSON'; reason: string; help?: string }>({
    code: 'INC004',
    severity: 'error',
    message: ({ language, reason }) => `not valid ${language}: ${reason}`,
    help: ({ help }) => help,
  }),
  'duplicate-key': entry<{ key: string }>({
    code: 'INC005',
    severity: 'error',
    message: ({ key }) => `the key \`${key}\` stands twice in one mapping`,
    help: () => 'remove one of the two: which one a reader would take differs between tools',
  }),
  'alias-expansion': entry<{ limit: number }>({
    code: 'INC006',
    severity: 'error',
    message: ({ limit }) => `the aliases of this file expand to more than ${limit} values`,
    help: () => 'write the repetition with `repeat` or a block',
  }),
  'alias-cycle': entry<{ anchor: string }>({
    code: 'INC007',
    severity: 'error',
    message: ({ anchor }) => `the alias \`*${anchor}\` refers to itself`,
  }),
  'nesting-too-deep': entry<{ limit: number }>({
    code: 'INC008',
    severity: 'error',
    message: ({ limit }) => `the document is nested more than ${limit} levels deep`,
  }),
  'unsupported-yaml': entry<{ what: string; help: string }>({
    code: 'INC009',
    severity: 'error',
    message: ({ what }) => `${what} cannot stand in a spec`,
    help: ({ help }) => help,
  }),
  'no-specs': entry<{ where: string; kind: 'folder' | 'pattern' }>({
    code: 'INC010',
    severity: 'error',
    message: ({ where, kind }) =>
      kind === 'folder' ? `there is no spec in ${where}` : `no file matches ${where}`,
    help: ({ kind }) =>
      kind === 'folder'
        ? 'in a folder, a spec is a .yaml, .yml or .json file with the key `inception`; name the file itself to take it as it is'
        : undefined,
  }),
};
