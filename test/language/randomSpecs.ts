import fc from 'fast-check';

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type Step = Json;

const size = fc.integer({ min: 1, max: 3 });

/** A name for the item of a repeat that no repeat inside has: it may not hide another. */
function itemName(inner: readonly Step[]): string {
  const inside = [...JSON.stringify(inner).matchAll(/"(?:as":"k|over":\{"k)(\d+)"/g)].map(([, n]) =>
    Number(n),
  );
  return `k${1 + Math.max(-1, ...inside)}`;
}

/** Steps after which the value has the shape that it had before. */
const keeping = fc.oneof(
  fc.constantFrom<Step>('relu', 'tanh', { dropout: 0.5 }, { scale: '$(1 / 2)' }, 'keep'),
  size.map((kernel): Step => ({ conv: { filters: '$in_channels', kernel, padding: 'same' } })),
);

/** Steps that may change the shape, but fit any. */
const changing = fc.oneof(
  fc.tuple(size, size).map(([filters, kernel]): Step => ({ conv: { filters, kernel, norm: 'batch_norm' } })),
  size.map((kernel): Step => ({ max_pool: { kernel, stride: kernel } })),
  fc.constantFrom<Step>({ wide: { width: '$w' } }, 'wide', { dense: '$(w + 1)' }),
);

const { steps, kept } = fc.letrec<{ steps: Step[]; kept: Step[]; structure: Step; keepingStructure: Step }>(
  (tie) => ({
    steps: fc.array(fc.oneof({ depthSize: 'small' }, changing, keeping, tie('structure')), { maxLength: 4 }),
    kept: fc.array(fc.oneof({ depthSize: 'small' }, keeping, tie('keepingStructure')), { maxLength: 3 }),
    structure: fc.oneof(
      fc.tuple(tie('kept'), tie('kept')).map(([a, b]): Step => ({ branches: [a, b], merge: 'concat' })),
      tie('steps').map((inner): Step => ({ tap: inner })),
      tie('steps').map((inner): Step => ({ steps: inner, repeat: 2 })),
      tie('steps').map((inner): Step => ({ steps: inner, defaults: { conv: { bias: false } } })),
      tie('keepingStructure'),
    ),
    keepingStructure: fc.oneof(
      tie('kept').map((inner): Step => ({ residual: inner })),
      fc.tuple(tie('kept'), tie('kept')).map(([a, b]): Step => ({ residual: a, shortcut: b })),
      fc.tuple(tie('kept'), tie('kept')).map(
        ([a, b]): Step => ({
          branches: [a, { steps: b, when: '$(w > 2)' }],
          merge: 'add',
        }),
      ),
      tie('kept').map((inner): Step => ({ steps: inner, repeat: { over: [1, 2], as: itemName(inner) } })),
      tie('kept').map(
        (inner): Step => ({
          steps: inner,
          repeat: { over: { [itemName(inner)]: [1, 2], [`other_${itemName(inner)}`]: '$pair' } },
          note: 'lists together',
        }),
      ),
    ),
  }),
);

/** Documents without a mistake: steps, and named steps that are read again. */
export const randomSpecs: fc.Arbitrary<{ [key: string]: Json }> = fc
  .tuple(steps, kept, fc.integer({ min: 1, max: 4 }), fc.record({ cache: fc.boolean(), first: fc.boolean() }))
  .map(([before, within, w, { cache, first }]) => ({
    inception: 1,
    name: 'net',
    params: { w, cache, pair: [3, 4], unused: { type: 'int', default: '$(w * 2)', min: 1 } },
    channels: first ? 'first' : 'last',
    lint: { some: 'off', other: ['error', { most: 3 }] },
    variants: { other: { w: 3, expect: { parameters: 1 } } },
    inputs: {
      x: { shape: first ? ['N', 3, 64, 'W'] : ['N', 64, 'W', 3], range: ['$(-w)', 1] },
      'past_$(i)': { shape: ['N', 'P', 4], repeat: 2, when: '$cache' },
      plain: { shape: ['N', '$size'], repeat: { over: { size: '$pair' } } },
      mask: ['N', 'T'],
    },
    dims: { W: { min: 64, multiple_of: 8 }, T: { equals: '$("P + 1" if cache else "2 * N")' } },
    defaults: { conv: { padding: 'same' }, max_pool: { padding: 'same' } },
    blocks: {
      keep: [{ conv: { filters: '$in_channels', kernel: 1 } }],
      wide: {
        params: { width: 5 },
        steps: [{ conv: { filters: '$width', kernel: 1 }, name: 'inner' }, 'relu'],
        outputs: ['inner'],
      },
    },
    network: [
      { identity: null, from: 'x', name: 'image' },
      ...before,
      { relu: null, name: 'stem', expect: ['N', '_', '_', '_'] },
      {
        branches: { left: within, 'right_$(pair[0])': ['relu'], gone: { steps: ['tanh'], when: '$(w > 9)' } },
        merge: { concat: { order: ['right_3', 'gone', 'left'] } },
        name: 'm',
      },
      { relu: null, repeat: 2, name: 'r' },
      { concat: ['r/*', 'm/left', 'stem', '_'], name: 'end' },
      { concat: 'plain/*', name: 'rows' },
      { relu: null, from: 'past_$i', repeat: { times: 2, parallel: true }, when: '$cache', name: 'kept_$i' },
    ],
    outputs: {
      last: 'end',
      m: 'm',
      rows: { from: 'rows' },
      kept_out_$i: { from: 'kept_$i', repeat: 2, when: '$cache' },
      w_$w: 'mask',
    },
  }));

const junk = fc.constantFrom<Json>(
  ...[null, true, 0, -1, 1.5, 3, 1e300, '', '_', 'x', 'conv', 'none', '$w', '$(', '$(w / 0)', '$(w + 1)'],
  ...['$nothing', '$in_channels', '$(w > 1)', 'N', 'a b', [], {}, [1, 2, 3], ['x', 'x'], { relu: null }],
);
const keys = fc.constantFrom(
  ...[
    'name',
    'from',
    'repeat',
    'when',
    'expect',
    'merge',
    'steps',
    'conv',
    'fliters',
    'x',
    '__proto__',
    '$(a',
  ],
);

/** One change at one place of a document: a value replaced, a key taken away or renamed, an item twice. */
export const randomChanges = fc.record({
  place: fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 9 }),
  kind: fc.constantFrom('replace', 'remove', 'rename', 'repeat'),
  junk,
  key: keys,
});

export type Change = typeof randomChanges extends fc.Arbitrary<infer C> ? C : never;

/** The document with the change at the place to which the numbers lead, each taken modulo what there is. */
export function changed(value: Json, { place: [at = 0, ...deeper], ...change }: Change): Json {
  if (typeof value !== 'object' || value === null) return change.junk;
  const entries = Object.entries(value);
  if (entries.length === 0) return change.junk;
  const index = at % entries.length;
  const [key = '', inner = null] = entries[index] ?? [];
  const isLast = deeper.length === 0 || typeof inner !== 'object' || inner === null;
  const altered = isLast
    ? alteredEntries(key, inner, change)
    : [[key, changed(inner, { ...change, place: deeper })]];
  const all = entries.flatMap((entry, i) => (i === index ? altered : [entry])) as [string, Json][];
  return Array.isArray(value) ? all.map(([, item]) => item) : Object.fromEntries(all);
}

function alteredEntries(key: string, inner: Json, change: Omit<Change, 'place'>): (string | Json)[][] {
  switch (change.kind) {
    case 'replace':
      return [[key, change.junk]];
    case 'remove':
      return [];
    case 'rename':
      return [[change.key, inner]];
    default:
      return [
        [key, inner],
        [`${key}_2`, inner],
      ];
  }
}
