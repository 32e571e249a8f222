import { entry, meant } from './entry.ts';

/** INC100–129: what stands in the document is not what the language allows there. */
export const language = {
  'unknown-key': entry<{
    key: string;
    where: string;
    known: readonly string[];
    nearest?: string | undefined;
    help?: string | undefined;
  }>({
    code: 'INC101',
    severity: 'error',
    message: ({ key, where }) => `unknown key \`${key}\` in ${where}`,
    help: ({ nearest, known, help }) => help ?? meant(nearest) ?? `known here: ${known.join(', ')}`,
  }),
  'missing-key': entry<{ key: string; where: string; help?: string | undefined }>({
    code: 'INC102',
    severity: 'error',
    message: ({ key, where }) => `${where} needs \`${key}\``,
    help: ({ help }) => help,
  }),
  'wrong-type': entry<{ what: string; expected: string; found: string }>({
    code: 'INC103',
    severity: 'error',
    message: ({ what, expected, found }) => `${what} must be ${expected}, not ${found}`,
  }),
  'wrong-value': entry<{ what: string; reason: string; help?: string | undefined }>({
    code: 'INC104',
    severity: 'error',
    message: ({ what, reason }) => `${what} ${reason}`,
    help: ({ help }) => help,
  }),
  'unknown-op': entry<{ op: string; nearest?: string | undefined; help?: string | undefined }>({
    code: 'INC105',
    severity: 'error',
    message: ({ op }) => `\`${op}\` is neither an op nor a block`,
    help: ({ nearest, help }) =>
      meant(nearest) ?? help ?? 'every op of a network must be known: none is skipped or guessed',
  }),
  'several-calls': entry<{ keys: readonly string[] }>({
    code: 'INC106',
    severity: 'error',
    message: ({ keys }) =>
      `a step calls one op, block or structure; this one has ${keys.map((k) => `\`${k}\``).join(' and ')}`,
    help: () => 'begin the second with `- ` on a line of its own',
  }),
  'no-call': entry<{ keys: readonly string[] }>({
    code: 'INC107',
    severity: 'error',
    message: () => 'this step calls no op, block or structure',
    help: ({ keys }) =>
      `beside ${keys.map((k) => `\`${k}\``).join(', ')} it needs one key such as \`conv:\` or \`branches:\``,
  }),
  'unknown-attribute': entry<{
    op: string;
    key: string;
    known: readonly string[];
    nearest?: string | undefined;
    help?: string | undefined;
  }>({
    code: 'INC108',
    severity: 'error',
    message: ({ op, key }) => `\`${op}\` has no attribute \`${key}\``,
    help: ({ nearest, known, help }) => help ?? meant(nearest) ?? `it has: ${known.join(', ') || 'none'}`,
  }),
  'missing-attribute': entry<{ op: string; key: string }>({
    code: 'INC109',
    severity: 'error',
    message: ({ op, key }) => `\`${op}\` needs \`${key}\``,
    help: ({ op, key }) =>
      `write it at the step, or once for all under \`defaults: { ${op}: { ${key}: … } }\``,
  }),
  'wrong-attribute': entry<{ op: string; key: string; reason: string; help?: string | undefined }>({
    code: 'INC110',
    severity: 'error',
    message: ({ op, key, reason }) => `\`${key}\` of \`${op}\`: ${reason}`,
    help: ({ help }) => help,
  }),
  'import-outside-root': entry<{ path: string; root: string }>({
    code: 'INC111',
    severity: 'error',
    message: ({ path, root }) => `the import \`${path}\` leads outside the root folder ${root}`,
    help: () => 'imports stay below the folder of the spec, or below the folder given by --root',
  }),
  'import-unreadable': entry<{ path: string; reason: string }>({
    code: 'INC112',
    severity: 'error',
    message: ({ path, reason }) => `cannot read the import \`${path}\`: ${reason}`,
  }),
  'import-cycle': entry<{ chain: readonly string[] }>({
    code: 'INC113',
    severity: 'error',
    message: ({ chain }) => `the imports run in a circle: ${chain.join(' → ')}`,
  }),
  'unsupported-version': entry<{ found: string }>({
    code: 'INC114',
    severity: 'error',
    message: ({ found }) => `format version ${found} is not known; this compiler reads version 1`,
    help: () => 'write `inception: 1`',
  }),
  'no-network': entry<{ name: string }>({
    code: 'INC115',
    severity: 'error',
    message: ({ name }) =>
      `\`${name}\` has no \`network\`: it is a library of blocks and cannot be compiled by itself`,
    help: () => 'compile a spec that imports it, or add `inputs` and `network`',
  }),
};
