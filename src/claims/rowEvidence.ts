import type { PaperRow } from './readTable.ts';

/** What a row says of which layer it is. */
export interface RowEvidence {
  /** The ops that it may be; empty where it names none. */
  readonly ops: readonly string[];
  readonly kernel?: readonly [number, number];
  readonly stride?: number;
  /** Its cells without spaces and punctuation, also the parts before brackets. */
  readonly names: readonly string[];
  /** Its words, to be compared with names of blocks. */
  readonly text: string;
  readonly isInput: boolean;
}

const pools = ['max_pool', 'avg_pool', 'global_avg_pool', 'global_max_pool', 'adaptive_avg_pool'];

/** What papers and frameworks call an op; the first that fits counts. */
const words: readonly (readonly [RegExp, readonly string[]])[] = [
  [/depth-?wise|\bconv[\s_]*dw|dw[\s_-]*conv/i, ['depthwise_conv']],
  [/separable/i, ['separable_conv']],
  [/transposed?|deconv|up-?conv/i, ['conv_transpose']],
  [/global[\s_]*(?:avg|average)/i, ['global_avg_pool', 'avg_pool']],
  [/max[\s_-]*pool/i, ['max_pool', 'global_max_pool']],
  [/(?:avg|average|mean)[\s_-]*pool/i, ['avg_pool', 'global_avg_pool', 'adaptive_avg_pool']],
  [/pool/i, pools],
  [/concat/i, ['concat']],
  [/conv/i, ['conv']],
  [/fully[\s-]*connected|\bfc\b|\bfc[\d-]|dense|linear|logits|inner[\s_]*product/i, ['dense']],
  [/softmax/i, ['softmax']],
  [/flatten/i, ['flatten']],
  [/drop-?out/i, ['dropout']],
  [/batch[\s_]*norm/i, ['batch_norm']],
  [/\brelu/i, ['relu']],
  [/\badd\b/i, ['add']],
];

/** Reads what the cells of a row say. */
export function rowEvidence({ labels }: PaperRow): RowEvidence {
  const text = labels.join(' ');
  // A class in brackets, as Keras prints it, says more than the name before it.
  const kind = /\(([A-Za-z]\w*)\)/.exec(text)?.[1];
  const found = words.find(([word]) => word.test(kind ?? text)) ?? words.find(([word]) => word.test(text));
  // 3 x 3 x 64 x 128 is a window with its channels.
  const windows = [...text.matchAll(/(\d+)\s*[x×]\s*(\d+)(?:\s*[x×]\s*\d+)*/g)].map(
    ([, h, w]) => [Number(h), Number(w)] as const,
  );
  const [kernel] = windows;
  const stride = /\/\s*(?:s\s*)?(\d+)\b|\bs(?:tride)?\s*[=:]?\s*(\d+)\b/i.exec(text);
  return {
    // Several windows are those of a whole stage.
    ops: windows.length > 1 ? [] : (found?.[1] ?? []),
    ...(kernel !== undefined && windows.length === 1 ? { kernel } : {}),
    ...(stride === null ? {} : { stride: Number(stride[1] ?? stride[2]) }),
    names: labels.flatMap((label) => [
      ...new Set([plainName(label), plainName(label.replace(/\s*\([^)]*\)\s*$/, ''))]),
    ]),
    text: ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `,
    isInput: labels.some((label) => /^\W*input\b/i.test(label)) || kind === 'InputLayer',
  };
}

/** A name without what papers and code write differently in it. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
