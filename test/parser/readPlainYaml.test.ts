import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Findings } from '../../src/parser/findings.ts';
import type { Located } from '../../src/parser/located.ts';
import { readPlainYaml } from '../../src/parser/readPlainYaml.ts';
import { readYaml } from '../../src/parser/readYaml.ts';

/** Values with their places: of a scalar both ends, of a collection the start. */
function placed(located: Located): unknown {
  const { start, end } = located.span;
  switch (located.kind) {
    case 'scalar':
      return { value: located.value, start, end };
    case 'list':
      return { start, items: located.items.map(placed) };
    case 'map':
      return {
        start,
        entries: located.entries.map((e) => [e.key, e.keySpan.start, e.keySpan.end, placed(e.value)]),
      };
    default:
      return located satisfies never;
  }
}

function full(text: string): { located: unknown; clean: boolean } {
  const findings = new Findings();
  const located = readYaml({ name: 's.yaml', text }, findings);
  return { located: located && placed(located), clean: findings.diagnostics.length === 0 };
}

/** All specs but those with anchors or texts over several lines, which are left to the full reader. */
const specs = ['specs', 'specs/blocks']
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((f) => f.endsWith('.yaml'))
      .map((f) => `${folder}/${f}`),
  )
  .filter((file) => !/[:-] &\w|: [>|]-?\n/.test(readFileSync(file, 'utf8')));

describe('the fast reader agrees with the full reader', () => {
  test.each(specs)('%s is read by it, with the same values at the same places', (file) => {
    const text = readFileSync(file, 'utf8');
    const fast = readPlainYaml({ name: file, text });
    expect(fast && placed(fast)).toEqual(full(text).located);
  });

  test.each([
    ['a: 1\nb:\n- x\n- y: [1, {k: "v, w"}]\n', 'a list at the column of its key'],
    ['a:\nb: ~\nc: # nothing\n  - {x: -1.5e3, y: .5, z: +2}\n', 'empty values'],
    ['- - 1\n  - 2\n-\n  a: b\n-   c: d\n    e: f\n', 'compact lists'],
    ["a: 'it is # no comment' # but this is\nb: x#y\n", 'hashes'],
    ['a: [\n  1, # one\n  2,\n  ]\nb: {}\n', 'a flow list over lines'],
    ['1: a\n11_bn: { 2: b }\n', 'keys that begin with a digit'],
    ['größe: ä b # ö\néa: [x, ü]\nb: { 层: 1, c层: 2 }\n', 'keys beyond ASCII'],
    ['a: b:c d#e #f\ng: [h:i j#k #l\n  , m]\n', 'colons and hashes inside a text'],
    ['a: $(k * 4)\nb: { f: $x, g: $(y) }\n', 'expressions'],
  ])('%j: %s', (text) => {
    const fast = readPlainYaml({ name: 's.yaml', text });
    expect(fast && placed(fast)).toEqual(full(text).located);
    expect(fast).not.toBe(undefined);
  });

  test.each([
    'a: &x 1\nb: *x\n',
    'a: |\n  text\n',
    'a: !tag 1\n',
    'a: 1\na: 2\n',
    'a: one\n  two\n',
    'a: "x\\n"\n',
    "a: 'it''s'\n",
    'a:\n\t- b\n',
    'a: 0x10\n',
    'a: .inf\n',
    '1.0: a\n',
    'true: a\n',
    '? a\n: b\n',
    '---\na: 1\n',
    'a: [1, 2\n',
    'a: 1\n b: 2\n',
    'a: b: c\n',
    '- relu\n    name: x\n',
    'a: { b: $(max(1, c)) }\n',
    'a: {b}\n',
    'a: [b: c]\n',
    'a: 1\r\nb: 2\r\n',
  ])('%j is left to the full reader', (text) => {
    expect(readPlainYaml({ name: 's.yaml', text })).toBe(undefined);
  });

  test('whatever it accepts of random text, the full reader reads the same without a finding', () => {
    const token = fc.constantFrom(
      ...[
        'a',
        'b',
        'key',
        '1',
        '-2',
        '1.5',
        'true',
        'null',
        '~',
        '.',
        '$x',
        '$(i + 1)',
        "'q'",
        '"d"',
        '-x',
        ':x',
        'x:y',
      ],
      ...[
        ': ',
        ':',
        '- ',
        '-',
        ', ',
        ',',
        '{',
        '}',
        '[',
        ']',
        ' ',
        '  ',
        '\n',
        '\n  ',
        '\n    ',
        '\n- ',
        '\n  - ',
        ' # c',
        '#',
        '?',
        '*',
        '&',
        '01',
        '1e3',
        '<<',
        '%',
        '@',
        '`',
        '|',
        '>',
      ],
    );
    const text = fc.array(token, { maxLength: 24 }).map((parts) => parts.join(''));
    let accepted = 0;
    fc.assert(
      fc.property(text, (t) => {
        const fast = readPlainYaml({ name: 's.yaml', text: t });
        if (fast === undefined) return;
        accepted += 1;
        const whole = full(t);
        expect(placed(fast)).toEqual(whole.located);
        expect(whole.clean).toBe(true);
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 20_000) },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('documents of the shape of specs are accepted, and read the same', () => {
    const scalar = fc.constantFrom('1', '-3', '0.5', 'same', '$n', '$(k * 4)', "'a b'", '"x: y"', 'true', '');
    const word = fc.constantFrom(
      'conv',
      'name',
      'filters',
      'kernel',
      'steps',
      'x_1',
      'Conv2d_0a_1x1',
      'v4.stem',
    );
    const { node } = fc.letrec<{ node: string[]; map: string[]; list: string[] }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        scalar.map((s) => [s]),
        tie('map'),
        tie('list'),
      ),
      map: fc
        .uniqueArray(fc.tuple(word, tie('node')), { minLength: 1, maxLength: 3, selector: ([w]) => w })
        .map((entries) =>
          entries.flatMap(([w, n]) =>
            n.length === 1 && !/^(- |.*:)/.test(n[0] ?? '')
              ? [`${w}: ${n[0]}`.trimEnd()]
              : [`${w}:`, ...n.map((l) => `  ${l}`)],
          ),
        ),
      list: fc
        .array(tie('node'), { minLength: 1, maxLength: 3 })
        .map((items) =>
          items.flatMap(([first = '', ...rest]) => [`- ${first}`.trimEnd(), ...rest.map((l) => `  ${l}`)]),
        ),
    }));
    fc.assert(
      fc.property(node, (lines) => {
        const text = `root:\n${lines.map((l) => `  ${l}`).join('\n')}\nlast: 1\n`;
        const fast = readPlainYaml({ name: 's.yaml', text });
        const whole = full(text);
        if (whole.clean && whole.located !== undefined) expect(fast && placed(fast)).toEqual(whole.located);
      }),
      { numRuns: 2_000 },
    );
  });
});
