import type { claims } from '../../diagnostics/catalog/claims.ts';
import { type ErrorNotes, network, text } from './errorNote.ts';

/** INC3xx: what the spec claims of itself is not so. */
export const claimsNotes: ErrorNotes<typeof claims> = {
  'shape-claim': {
    means:
      'The shape beside `expect` is not the one that comes out. The message shows how each size came about, from the input on.',
    remedy: 'Correct the claim or the network; where one change of padding or stride would do, it is named.',
    example: {
      spec: network(
        `
  - conv: { filters: 32, kernel: 3, stride: 2, padding: same }
    name: conv_1
    expect: [N, 149, 149, 32]
`,
        '[N, 299, 299, 3]',
      ),
    },
  },
  'total-claim': {
    means: 'The parameters, multiply-adds or depth that the spec claims are not those of the network.',
    remedy:
      'Correct the claim or the network. A difference of one number per filter is mostly a `bias`; one of two per filter a batch norm.',
    example: {
      spec: `${network(`
  - conv: { filters: 8, kernel: 3 }
`)}expect: { parameters: 216 }\n`,
    },
  },
  'claims-not-checked': {
    means:
      'Claims are about the network as it is written. Where inputs or params were changed from outside, they are not checked, and this says so.',
    remedy: 'Nothing is wrong. Totals of a variant can be claimed under `expect` of the variant.',
    example: {
      spec: network(`
  - conv: { filters: 8, kernel: 3 }
    expect: [N, 6, 6, 8]
`),
      inputs: { image: ['N', 32, 32, 3] },
    },
  },
  'claim-not-always': {
    means:
      'A shape or a count with symbols agrees with the claim at some of the sizes that `dims` admits and not at others.',
    remedy: 'Narrow the sizes under `dims`, or claim it in terms of the symbols.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { image: [N, H, H, 3] }
dims: { H: { min: 32 } }
network:
  - max_pool: { kernel: 2, stride: 2 }
    expect: [N, 112, 112, 3]
`),
    },
  },
  'claim-not-decided': {
    means:
      'A shape or a count with symbols agrees with the claim at some sizes and not at others, or it could not be proved.',
    remedy: 'State under `dims` which sizes are meant, or claim the shape in terms of the symbols.',
    example: {
      spec: text(`
inception: 1
name: example
inputs: { image: [N, H, H, 3] }
network:
  - max_pool: { kernel: 2, stride: 2 }
    expect: [N, 112, 112, 3]
`),
    },
  },
};
