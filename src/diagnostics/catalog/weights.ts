import { entry } from './entry.ts';

/** What does not fit, of how many weights. */
type Misfits = { readonly file: string; readonly of: number; readonly items: readonly string[] };

/** INC5xx: a file of weights cannot be read or does not fit the network, or weights cannot be stored as is wanted. */
export const weights = {
  'unreadable-weights': entry<{ file: string; reason: string }>({
    code: 'INC501',
    severity: 'error',
    message: ({ file, reason }) => `cannot read weights from ${file}: ${reason}`,
  }),
  'weights-missing': entry<Misfits & { scheme?: string | undefined }>({
    code: 'INC502',
    severity: 'error',
    message: ({ file, of, items }) => `${items.length} of ${of} weights are not in ${file}: ${some(items)}`,
    help: ({ scheme }) =>
      scheme === undefined
        ? '`--allow-missing` draws them by their initialisers; `--names` says how the file calls weights'
        : `names in the file look like those of \`--names ${scheme}\``,
  }),
  'weights-unexpected': entry<Misfits>({
    code: 'INC503',
    severity: 'error',
    message: ({ file, items }) =>
      `${tensors(items)} of ${file} ${items.length === 1 ? 'is' : 'are'} no weight of the network: ${some(items)}`,
    help: () => '`--allow-unexpected` leaves them alone; a mapping file can give them other names',
  }),
  'weights-shape': entry<Misfits>({
    code: 'INC504',
    severity: 'error',
    message: ({ file, items }) => `${tensors(items)} of ${file} ${has(items)} another shape: ${some(items)}`,
  }),
  'weights-transposed': entry<Misfits & { layout?: string | undefined }>({
    code: 'INC505',
    severity: 'error',
    message: ({ file, items }) =>
      `${tensors(items)} of ${file} ${has(items)} the axes in another order: ${some(items)}`,
    help: ({ layout }) =>
      layout === 'torch'
        ? 'they are in the order of Keras; a mapping file with `layout: keras` reads them so'
        : "they are in PyTorch's order; `--names torch`, or a mapping file with `layout: torch`, reads them so",
  }),
  'weights-dtype': entry<Misfits>({
    code: 'INC506',
    severity: 'error',
    message: ({ file, items }) => `${tensors(items)} of ${file} ${has(items)} no floats: ${some(items)}`,
    help: () =>
      'weights are read from float32, float16, bfloat16 and float64, and from the uint8 and uint16 of tf.js; save the model before it is quantised',
  }),
  'weights-order': entry<Misfits & { layout?: string | undefined }>({
    code: 'INC507',
    severity: 'error',
    message: ({ file, items }) =>
      `${items.length} recurrent weights of ${file} are those of another cell: ${some(items)}`,
    help: ({ layout }) =>
      layout === 'torch'
        ? "PyTorch's GRU is a `gru` with `reset_after: true`; it has no other"
        : 'two biases, and gates in the order of PyTorch, are read with `--names torch`',
  }),
  'weight-names': entry<{ file: string; reason: string }>({
    code: 'INC508',
    severity: 'error',
    message: ({ file, reason }) => `${file} does not say how weights are called: ${reason}`,
    help: () => 'it has `names`, `layout`, `rename` and `ignore`',
  }),
  'unstorable-weight': entry<{ weight: string; dtype: string; reason: string }>({
    code: 'INC509',
    severity: 'error',
    message: ({ weight, dtype, reason }) => `${weight} cannot be stored as ${dtype}: ${reason}`,
    help: ({ weight }) => `\`--weights-dtype ${weight}=float32\` behind the other stores it as it is`,
  }),
  'no-such-weights': entry<{ pattern: string; example?: string | undefined }>({
    code: 'INC510',
    severity: 'error',
    message: ({ pattern }) => `no weight of the network is called ${pattern}`,
    help: ({ example }) =>
      example === undefined
        ? 'the network has no weights'
        : `weights are called as in \`${example}\`; in a pattern \`*\` stands for any text and \`?\` for one character`,
  }),
};

/** The first few, and how many more there are. */
function some(items: readonly string[]): string {
  const first = items.slice(0, 3).join('; ');
  return items.length > 3 ? `${first}; and ${items.length - 3} more` : first;
}

function tensors(items: readonly string[]): string {
  return items.length === 1 ? '1 tensor' : `${items.length} tensors`;
}

function has(items: readonly string[]): string {
  return items.length === 1 ? 'has' : 'have';
}
