import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import type { ClaimRepairs } from '../../../src/linter/repairs/claimRepairs.ts';
import { type RepairClaimsOptions, repairClaims } from '../../../src/repairClaims.ts';

function repairsOf(text: string, options: RepairClaimsOptions = {}): ClaimRepairs {
  const [found] = repairClaims(text, options);
  if (found === undefined) throw new Error('no claim fails');
  return found;
}

/** Each combination as a list of changes, as `conv1.stride 1 → 2`. */
function changes({ combinations }: ClaimRepairs): readonly (readonly string[])[] {
  return combinations.map((c) => c.changes.map((x) => `${x.of}.${x.attribute} ${x.from} → ${x.to}`));
}

function errorsOf(text: string, name = 'spec'): readonly string[] {
  return compile(text, { name })
    .diagnostics.filter((d) => d.severity === 'error')
    .map((d) => d.message);
}

function spec(lines: string, head = 'inputs: { image: [N, 32, 32, 3] }'): string {
  return `inception: 1\nname: small\n${head}\nnetwork:\n${lines}`;
}

describe('the listing with the claims of its docstring', () => {
  const text = readFileSync(new URL('../../fixtures/seed_stem_docstring.yaml', import.meta.url), 'utf8');
  const reductions = ['mixed_1', 'mixed_3'].flatMap((m) => [
    `${m}/branch_0/branch_0_mp.padding same → valid`,
    `${m}/branch_1/branch_1_conv.padding same → valid`,
  ]);
  const first = 'conv_1.padding same → valid';

  // By hand: 3x3/2 `same` makes 149 of 297 and 298, `valid` of 299 and 300; of 147 and 71 only `valid` makes 73 and 35.
  const four = [
    [first, ...reductions],
    ['image.size 299 → 300', first, ...reductions],
    ['image.size 299 → 298', ...reductions],
    ['image.size 299 → 297', ...reductions],
  ];

  test('hold with exactly four combinations, and each compiles without a failed claim', () => {
    const found = repairsOf(text);
    expect(changes(found)).toEqual(four);
    expect(found).toMatchObject({ isCut: false, refused: 0, surplus: [] });
    expect(found.failed.map((f) => f.isRepaired)).toEqual(Array.from({ length: 16 }, () => true));
    for (const combination of found.combinations) expect(errorsOf(combination.text)).toEqual([]);
  });

  test('and its two rows too many, put in as the docstring has them, are reported and not repaired', () => {
    const rows = '[[N, 147, 147, 64], [N, 147, 147, 32], [N, 147, 147, 64]]';
    const found = repairsOf(text.replace('expect: [N, 147, 147, 64]', `expect: ${rows}`));
    expect(found.surplus).toMatchObject([{ name: 'conv_3', claimed: 3, values: 1 }]);
    expect(changes(found)).toEqual(four);
    for (const { text: edited } of found.combinations)
      expect(errorsOf(edited)).toEqual(['`expect` claims 3 shapes, but conv_3 has 1 value']);
  });
});

describe('one attribute', () => {
  // 224 with 3 before and after and a kernel of 7: (224 + 6 − 7)/2 + 1 = 112, as of 223; with stride 1 112 stays 112.
  test('a stride of 1 in the stem of a ResNet', () => {
    const text = spec(
      `  - conv: { filters: 64, kernel: 7, stride: 1, padding: half, bias: false }
    name: conv1
    expect: [N, 112, 112, 64]
  - max_pool: { kernel: 3, stride: 2, padding: half }
    expect: [N, 56, 56, 64]
`,
      'inputs: { image: [N, 224, 224, 3] }',
    );
    expect(changes(repairsOf(text))).toEqual([
      ['conv1.stride 1 → 2'],
      ['image.size 224 → 223', 'conv1.stride 1 → 2'],
      ['image.size 224 → 112'],
    ]);
  });

  // 64 + 128 + 32 + 32 = 256: 23 of the third branch should be 32, whether its own claim says it or the sum.
  test.each([
    ['with a claim of its own', '\n          expect: [N, 28, 28, 32]', [['mixed/five.filters 23 → 32']]],
    [
      'which only the sum tells: any branch that ends in a convolution could have 9 more',
      '',
      [
        ['mixed/pooled.filters 32 → 41'],
        ['mixed/five.filters 23 → 32'],
        ['mixed/three.filters 128 → 137'],
        ['mixed/one.filters 64 → 73'],
      ],
    ],
  ])('filters of one branch, %s', (_, own, expected) => {
    const text = spec(
      `  - branches:
      - - conv: { filters: 64, kernel: 1 }
          name: one
      - - conv: { filters: 96, kernel: 1 }
        - conv: { filters: 128, kernel: 3 }
          name: three
      - - conv: { filters: 16, kernel: 1 }
        - conv: { filters: 23, kernel: 5 }
          name: five${own}
      - - max_pool: { kernel: 3, stride: 1, padding: same }
        - conv: { filters: 32, kernel: 1 }
          name: pooled
    merge: concat
    name: mixed
    expect: [N, 28, 28, 256]
`,
      'inputs: { image: [N, 28, 28, 192] }\ndefaults: { conv: { padding: same } }',
    );
    expect(changes(repairsOf(text)).toSorted()).toEqual(expected.toSorted());
  });

  // LeNet: 5·5·1·6 + 6 = 156 weights and 32 − 5 + 1 = 28. The kernel of 3 gives 28 of an image of 30, but 60 weights.
  test('a kernel, told from the size of the image by the number of weights', () => {
    const text = spec(
      `  - conv: { filters: 6, kernel: 3 }
    name: c1
    expect: { shape: [N, 28, 28, 6], parameters: 156 }
`,
      'inputs: { image: [N, 32, 32, 1] }',
    );
    expect(changes(repairsOf(text))).toEqual([['c1.kernel 3 → 5']]);
  });

  // 3·3·3·8 + 8 = 224, and 7·7·3·8 + 8 = 1184: with `same` the shape cannot tell.
  test('a kernel that only a count tells', () => {
    const text = spec(
      '  - conv: { filters: 8, kernel: 3, padding: same }\n    name: c\n    expect: { shape: [N, 32, 32, 8], parameters: 1184 }\n',
    );
    expect(changes(repairsOf(text))).toEqual([['c.kernel 3 → 7']]);
  });

  // 224 → 55 with 11x11/4: (224 + 2·2 − 11)/4 + 1 = 55.25 and with 3 55.75, both 55; without any it takes 227 to 230.
  test('the first layer of AlexNet: the padding of the implementations and the image of the paper among others', () => {
    const text = spec(
      '  - conv: { filters: 96, kernel: 11, stride: 4 }\n    name: conv1\n    expect: { shape: [N, 55, 55, 96], parameters: 34944 }\n',
      'inputs: { image: [N, 224, 224, 3] }',
    );
    const found = changes(repairsOf(text));
    expect(found.filter((c) => c.length === 1)).toEqual([
      ['conv1.padding valid → 2'],
      ['conv1.padding valid → 3'],
      ['image.size 224 → 227'],
      ['image.size 224 → 228'],
      ['image.size 224 → 229'],
      ['image.size 224 → 230'],
    ]);
    // The kernel would do for the shape: 5 to 8 give 55, too. 11·11·3·96 + 96 = 34944 weights refute it.
    expect(found.flat().filter((c) => c.includes('kernel'))).toEqual([]);
  });
});

describe('several claims', () => {
  // 32 − 3 + 1 = 30 needs `valid`, or an image of 30; ⌈30/2⌉ = 15 holds then; 15 filters should be 16.
  test('two that fail for reasons of their own', () => {
    const text = spec(
      `  - conv: { filters: 8, kernel: 3, padding: same }
    name: a
    expect: [N, 30, 30, 8]
  - conv: { filters: 15, kernel: 3, stride: 2, padding: same }
    name: b
    expect: [N, 15, 15, 16]
`,
    );
    expect(changes(repairsOf(text))).toEqual([
      ['a.padding same → valid', 'b.filters 15 → 16'],
      ['image.size 32 → 30', 'b.filters 15 → 16'],
    ]);
  });

  // Three copies of a `valid` 3x3 take 2 off each; one edit of the one step in the block keeps all three at 32.
  test('of every copy of a block: one edit in the block', () => {
    const text = `inception: 1
name: copies
inputs: { image: [N, 32, 32, 16] }
blocks:
  unit:
    params: { width: int }
    steps:
      - conv: { filters: $width, kernel: 3, padding: valid }
        name: a
      - conv: { filters: $width, kernel: 1 }
        name: b
        expect: { parameters: 272 }
network:
  - unit: { width: 16 }
    name: u
    repeat: 3
    expect: [N, 32, 32, 16]
`;
    const found = repairsOf(text);
    expect(found.failed).toHaveLength(3);
    expect(changes(found)).toEqual([['u_0/a.padding valid → same'], ['u_0/a.kernel 3 → 1']]);
    expect(found.combinations[0]?.text).toBe(text.replace('padding: valid', 'padding: same'));
  });
});

describe('counts of the whole network', () => {
  const layer =
    '  - conv: { filters: 8, kernel: 3, stride: 2, padding: same }\n    name: c\n    expect: [N, 8, 8, 8]\n';

  // 32 → 16 with stride 2; 8 takes a stride of 4, or an image of 15 or 16. 8·8·(3·3·3·8) = 13824 in all of these.
  test('decide between combinations that shapes do not tell apart', () => {
    const open = repairsOf(spec(layer));
    expect(changes(open)).toEqual([
      ['c.stride 2 → 4'],
      ['image.size 32 → 31', 'c.stride 2 → 4'],
      ['image.size 32 → 30', 'c.stride 2 → 4'],
      ['image.size 32 → 29', 'c.stride 2 → 4'],
      ['image.size 32 → 16'],
      ['image.size 32 → 15'],
    ]);
    // A second convolution reads the image too: 1·1·3·2·32·32 = 6144 more, at 32 only.
    const two = `${layer}  - conv: { filters: 2, kernel: 1 }\n    from: image\n    name: d\nexpect: { macs: 19968 }\n`;
    expect(changes(repairsOf(spec(two)))).toEqual([['c.stride 2 → 4']]);
  });

  test('are not searched for themselves', () => {
    const found = repairsOf(spec('  - conv: { filters: 8, kernel: 3 }\nexpect: { parameters: 225 }\n'));
    expect(found).toMatchObject({ combinations: [], failed: [{ isRepaired: false, searchedFor: false }] });
  });
});

describe('where the value comes from', () => {
  // `same` gives 32, 16, 8; only the second claim, 15, asks for `valid`: (32 − 3)/2 + 1 = 15, and 15 → 8.
  test('a default that several steps share: the step that needs another value gets its own', () => {
    const text = spec(
      `  - conv: { filters: 4, kernel: 3 }
    name: a
    expect: [N, 32, 32, 4]
  - conv: { filters: 4, kernel: 3, stride: 2 }
    name: b
    expect: [N, 15, 15, 4]
  - conv: { filters: 4, kernel: 3, stride: 2 }
    name: c
    expect: [N, 8, 8, 4]
`,
      'inputs: { image: [N, 32, 32, 3] }\ndefaults: { conv: { padding: same } }',
    );
    const found = repairsOf(text);
    expect(changes(found)).toEqual([['b.padding same → valid']]);
    expect(found.combinations[0]?.text).toBe(
      text.replace('stride: 2 }\n    name: b', 'stride: 2, padding: valid }\n    name: b'),
    );
  });

  test('a call of a block, a list that is walked, a variant: the edit is made there', () => {
    const text = `inception: 1
name: sources
params: { last: { type: int, default: 12 } }
inputs: { image: [N, 8, 8, 3] }
blocks:
  unit:
    params: { width: int }
    steps:
      - conv: { filters: $width, kernel: 1 }
network:
  - unit: { width: 7 }
    name: called
    expect: [N, 8, 8, 8]
  - conv: { filters: $width, kernel: 1 }
    name: walked
    repeat: { over: [8, 17], as: width }
    expect: [N, 8, 8, _]
  - relu:
    name: after
    expect: [N, 8, 8, 16]
  - conv: { filters: $last, kernel: 1 }
    name: given
    expect: [N, 8, 8, 10]
`;
    const found = repairsOf(text);
    expect(changes(found)).toEqual([
      ['called/conv.filters 7 → 8', 'walked_1.filters 17 → 16', 'given.filters 12 → 10'],
    ]);
    expect(found.combinations[0]?.text).toBe(
      text
        .replace('width: 7', 'width: 8')
        .replace('[8, 17]', '[8, 16]')
        .replace('default: 12', 'default: 10'),
    );
  });

  test('two attributes of a step that takes both from elsewhere are written side by side', () => {
    // 9 → 3 with kernel 3 and stride 3: the only way, as 9 − k + 1 = 3 asks for 7 and ⌈9/3⌉ for `same`.
    const text = spec(
      '  - avg_pool: { kernel: 3 }\n    name: p\n    expect: [N, 4, 4, 3]\n',
      'inputs: { image: [N, 9, 9, 3] }\ndefaults: { avg_pool: { stride: 4, padding: valid } }',
    );
    const found = repairsOf(text);
    expect(changes(found).filter((c) => c.length === 1)).toEqual([
      ['p.stride 4 → 2'],
      ['image.size 9 → 15'],
      ['image.size 9 → 16'],
      ['image.size 9 → 17'],
      ['image.size 9 → 18'],
    ]);
    expect(errorsOf(found.combinations[0]?.text ?? '')).toEqual([]);
  });

  // 9 → 5: a kernel of 5 does it alone, but not with 3·3·3·4 + 4 = 112 weights; `same` with stride 2 does. The first claim
  // holds the image at 9.
  test('more than the fewest changes where these do not serve the claims after; lines of their own stay so', () => {
    const text = spec(
      `  - relu:
    expect: [N, 9, 9, 3]
  - conv:
      filters: 4
      kernel: 3
    name: c
    expect: { shape: [N, 5, 5, 4], parameters: 112, macs: 2700 }
`,
      'inputs: { image: [N, 9, 9, 3] }',
    );
    const found = repairsOf(text);
    expect(changes(found)).toContainEqual(['c.padding valid → same', 'c.stride 1 → 2']);
    const both = found.combinations.find(({ changes: c }) =>
      c.some(({ attribute }) => attribute === 'stride'),
    );
    expect(both?.text.replace(/^ {6}(padding: same|stride: 2)\n/gm, '')).toBe(text);
    for (const { text: edited } of found.combinations) expect(errorsOf(edited)).toEqual([]);
  });

  // The size of the image is a param: 2·7 + 1 = 15 and 16 give 7 with a `valid` 3x3/2; `same` gives 8 of 15 and of 16.
  test('a size of the input that a param gives', () => {
    const text = spec(
      '  - conv: { filters: 4, kernel: 3, stride: 2 }\n    name: c\n    expect: [N, 7, 7, 4]\n',
      'params: { size: { type: int, default: 20 } }\ninputs: { image: [N, $size, $size, 3] }',
    );
    const sizes = repairsOf(text).combinations.filter(({ changes: c }) => c.length === 1);
    expect(sizes.map(({ text: edited }) => edited)).toContain(text.replace('20', '15'));
    expect(sizes.map(({ text: edited }) => edited)).toContain(text.replace('20', '16'));
  });
});

describe('other forms of specs', () => {
  // H // 2 of a `valid` 2x2/2; `same` makes ⌈H/2⌉, and no size is written that could be another.
  test('open sizes, where claims are formulas', () => {
    const text = spec(
      `  - conv: { filters: 4, kernel: 3 }
    name: c
    expect: [N, H, W, 4]
  - max_pool: { kernel: 2, stride: 2 }
    expect: [N, H // 2, W // 2, 4]
`,
      'inputs: { image: [N, H, W, 3] }',
    );
    expect(changes(repairsOf(text))).toEqual([['c.padding valid → same'], ['c.kernel 3 → 1']]);
  });

  test('channels first: shapes are read and printed so', () => {
    const text = spec(
      '  - conv: { filters: 5, kernel: 3 }\n    name: c\n    expect: [N, 4, 6, 6]\n',
      'channels: first\ninputs: { image: [N, 3, 8, 8] }',
    );
    const found = repairsOf(text);
    expect(changes(found)).toEqual([['c.filters 5 → 4']]);
    expect(found.combinations[0]?.changes[0]?.follows).toBe('[N, 4, 6, 6]');
  });

  test('JSON', () => {
    const text = JSON.stringify({
      inception: 1,
      name: 'json',
      inputs: { image: ['N', 8, 8, 3] },
      network: [{ conv: { filters: 4, kernel: 3 }, name: 'c', expect: ['N', 8, 8, 4] }],
    });
    const found = repairsOf(text, { name: 'net.json' });
    expect(changes(found)).toEqual([['c.padding valid → same'], ['c.kernel 3 → 1'], ['image.size 8 → 10']]);
    expect(found.combinations[0]?.text).toBe(text.replace('"kernel":3', '"kernel":3, "padding": "same"'));
    expect(errorsOf(found.combinations[0]?.text ?? '', 'net.json')).toEqual([]);
  });

  // The wide form has 8 filters by its param; a literal in the step would break it, the default of the param does not.
  test('variants: what breaks one of them is no repair', () => {
    const text = `inception: 1
name: forms
params: { stride: { type: int, default: 1 } }
variants: { half: { stride: 2 } }
inputs: { image: [N, 8, 8, 3] }
network:
  - conv: { filters: 4, kernel: 1, stride: $stride }
    name: c
  - conv: { filters: 4, kernel: 1, padding: same }
    name: d
    expect: [N, $(8 // stride), $(8 // stride), 5]
`;
    const found = repairsOf(text);
    expect(found.variant).toBe(undefined);
    expect(changes(found)).toEqual([['d.filters 4 → 5']]);
  });

  // The claim fails in both forms, and the stride that is written serves both.
  test('what fails in several forms for one reason is said once', () => {
    const text = `inception: 1
name: forms
params: { width: { type: int, default: 4 } }
variants: { wide: { width: 8 } }
inputs: { image: [N, 8, 8, 3] }
network:
  - conv: { filters: $width, kernel: 3, stride: 1, padding: same }
    name: c
    expect: [N, 4, 4, $width]
`;
    expect(repairClaims(text)).toHaveLength(1);
  });

  // The branches are 8 and 4 wide and do not join: the stride of one is wrong, which its claim says.
  test('a network that does not compile, as branches do not fit', () => {
    const text = spec(`  - branches:
      - - conv: { filters: 4, kernel: 3, stride: 2, padding: same }
          name: a
          expect: [N, 16, 16, 4]
      - - max_pool: { kernel: 3, stride: 1, padding: same }
          name: b
          expect: [N, 16, 16, 3]
    merge: concat
    name: joined
    expect: [N, 16, 16, 7]
`);
    const found = repairsOf(text);
    expect(changes(found)).toEqual([
      ['joined/b.stride 1 → 2'],
      ['image.size 32 → 31', 'joined/b.stride 1 → 2'],
    ]);
    expect(errorsOf(found.combinations[0]?.text ?? '')).toEqual([]);
  });
});

describe('what is not found', () => {
  test('a claim that no edit meets is said with what was tried, and the others are repaired', () => {
    const text = spec(
      `  - conv: { filters: 4, kernel: 3 }
    name: a
    expect: [N, 30, 30, 5]
  - relu:
    name: b
    expect: [N, 30, 30, 4]
  - conv: { filters: 4, kernel: 1 }
    name: c
    expect: [N, 30, 30, 6]
`,
    );
    const found = repairsOf(text);
    expect(changes(found)).toEqual([['c.filters 4 → 6']]);
    expect(found.failed.map(({ name, isRepaired, tried }) => [name, isRepaired, tried])).toEqual([
      ['a', false, ['a']],
      ['c', true, []],
    ]);
  });

  test('a row that has no step of its own', () => {
    const text = spec(
      `  - conv: { filters: 4, kernel: 3 }
    name: a
    expect: [N, 30, 30, 4]
  - identity:
    name: row
    expect: [N, 30, 30, 5]
`,
    );
    const found = repairsOf(text);
    expect(found.combinations).toEqual([]);
    expect(found.failed).toMatchObject([{ name: 'row', isRepaired: false, tried: [] }]);
  });

  test('where no claim fails there is nothing to say', () => {
    expect(repairClaims(spec('  - relu:\n    expect: [N, 32, 32, 3]\n'))).toEqual([]);
  });

  test('that the bounds were met is said', () => {
    const nine = Array.from(
      { length: 9 },
      (_, i) => `  - max_pool: { kernel: 3, stride: 1 }\n    name: p${i}\n`,
    );
    const text = spec(`${nine.join('')}    expect: [N, 16, 16, 3]\n`);
    expect(repairsOf(text).isCut).toBe(false);
    expect(repairsOf(text, { bounds: { nodes: 50 } })).toMatchObject({ isCut: true });
    const few = repairsOf(text, { bounds: { combinations: 2 } });
    expect(few.isCut).toBe(true);
    expect(few.combinations).toHaveLength(2);
  });
});
