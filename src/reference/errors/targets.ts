import type { targets } from '../../diagnostics/catalog/targets.ts';
import { type ErrorNotes, network } from './errorNote.ts';

/** INC4xx: a target cannot say what the network says. */
export const targetsNotes: ErrorNotes<typeof targets> = {
  unsupported: {
    means:
      'The format of the target has no words for this step. Nothing is left out or put in its place; no file is written.',
    remedy: "The reason names a way out where there is one; each op's page says what each target can say.",
    example: {
      spec: network(
        `
  - conv: { filters: 8, kernel: 3, groups: 4, padding: same }
`,
        '[N, 8, 8, 8]',
      ),
      target: 'tfjs',
    },
  },
  'target-option': {
    means: 'An option of the target has a value that it does not know.',
    remedy: 'Use one of the values that are named.',
    example: { spec: network('  - relu\n'), target: 'onnx', opset: 11 },
  },
};
