import { entry, meant } from './entry.ts';

/** INC130–159: names, calls and wiring. */
export const names = {
  'unknown-name': entry<{
    name: string;
    what: string;
    known?: readonly string[];
    nearest?: string | undefined;
    help?: string | undefined;
  }>({
    code: 'INC130',
    severity: 'error',
    message: ({ name, what }) => `there is no ${what} \`${name}\` here`,
    help: ({ nearest, known, help }) =>
      meant(nearest) ??
      help ??
      (known && known.length > 0 && known.length <= 12 ? `known here: ${known.join(', ')}` : undefined),
  }),
  'duplicate-name': entry<{ name: string; what?: string | undefined; help?: string | undefined }>({
    code: 'INC131',
    severity: 'error',
    message: ({ name, what = 'steps' }) => `two ${what} are called \`${name}\``,
    help: ({ help }) =>
      help ?? 'give one of them another name: names are weight names, and each must be there once',
  }),
  'bad-name': entry<{ name: string; help?: string | undefined }>({
    code: 'INC132',
    severity: 'error',
    message: ({ name }) => `\`${name}\` cannot be a name`,
    help: ({ help }) => help ?? 'a name has letters, digits, `_`, `-` and `.`, and is not `_` alone',
  }),
  'block-recursion': entry<{ chain: readonly string[] }>({
    code: 'INC133',
    severity: 'error',
    message: ({ chain }) => `the block calls itself: ${chain.join(' → ')}`,
  }),
  'unknown-param': entry<{
    owner: string;
    param: string;
    known: readonly string[];
    nearest?: string | undefined;
    help?: string | undefined;
  }>({
    code: 'INC134',
    severity: 'error',
    message: ({ owner, param }) => `${owner} has no param \`${param}\``,
    help: ({ nearest, known, help }) => help ?? meant(nearest) ?? `it has: ${known.join(', ') || 'none'}`,
  }),
  'missing-param': entry<{
    owner: string;
    param: string;
    variants?: readonly string[] | undefined;
    help?: string | undefined;
  }>({
    code: 'INC135',
    severity: 'error',
    message: ({ owner, param }) => `${owner} needs the param \`${param}\``,
    help: ({ variants, help }) =>
      variants && variants.length > 0
        ? `choose a variant: ${variants.join(', ')}`
        : (help ?? 'it has no default, so the caller must give it'),
  }),
  'unknown-variant': entry<{ variant: string; known: readonly string[]; nearest?: string | undefined }>({
    code: 'INC136',
    severity: 'error',
    message: ({ variant }) => `there is no variant \`${variant}\``,
    help: ({ nearest, known }) =>
      meant(nearest) ?? (known.length > 0 ? `variants: ${known.join(', ')}` : 'this spec has no variants'),
  }),
  'input-count': entry<{ owner: string; expected: string; found: number }>({
    code: 'INC137',
    severity: 'error',
    message: ({ owner, expected, found }) => `\`${owner}\` reads ${expected}, but is given ${found}`,
    help: () => 'say with `from` which values the step reads',
  }),
  'repeat-not-chained': entry<{ name: string }>({
    code: 'INC138',
    severity: 'error',
    message: () =>
      'every copy of this repeat would read the same value: `from` holds neither `_` nor the index',
    help: () =>
      'to chain the copies, put the repeat in a group and `from` on the group; if they shall stand side by side, say `repeat: { times: …, parallel: true }`',
  }),
  'no-current-value': entry<{ step: string }>({
    code: 'INC139',
    severity: 'error',
    message: ({ step }) => `\`${step}\` stands first, but it is not clear which input it reads`,
    help: () => 'the network has several inputs: say `from: NAME`',
  }),
  'left-out': entry<{ name: string; notGiven?: boolean | undefined }>({
    code: 'INC140',
    severity: 'error',
    message: ({ name, notGiven }) =>
      `\`${name}\` was ${notGiven ? 'not given to the block' : 'left out by its `when`'}, so it cannot be read`,
  }),
  'nothing-to-merge': entry<Record<string, never>>({
    code: 'INC141',
    severity: 'error',
    message: () => 'every branch was left out by its `when`, so there is nothing to merge',
  }),
  'order-not-a-permutation': entry<{ order: readonly string[]; branches: readonly string[] }>({
    code: 'INC142',
    severity: 'error',
    message: ({ order, branches }) =>
      `\`order\` must name each branch once: it has [${order.join(', ')}], the branches are [${branches.join(', ')}]`,
  }),
  'too-many-nodes': entry<{ limit: number; what?: string | undefined }>({
    code: 'INC143',
    severity: 'error',
    message: ({ limit, what = 'nodes' }) => `the network has more than ${limit} ${what}`,
    help: () => 'look for a `repeat` with a count that was not meant',
  }),
  'block-input-mismatch': entry<{ block: string; input: string; given: string; reason: string }>({
    code: 'INC144',
    severity: 'error',
    message: ({ block, input, given, reason }) =>
      `\`${block}\` is given ${given} for its input \`${input}\`: ${reason}`,
  }),
  'share-mismatch': entry<{ name: string; owner: string; reason: string }>({
    code: 'INC145',
    severity: 'error',
    message: ({ name, owner, reason }) => `${name} cannot use the weights of ${owner}: ${reason}`,
    help: () =>
      'steps that share weights call the same op or block with the same attributes, on values of which the weights have the same shapes',
  }),
};
