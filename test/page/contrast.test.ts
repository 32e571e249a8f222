import { describe, expect, test } from 'vitest';
import { dark, light } from '../../src/emitters/picture/style.ts';
import { readText } from '../golden/compileSpec.ts';

/* Texts can be read in both schemes: contrast by the definition of WCAG 2.2, success criterion 1.4.3. */

/** Relative luminance of `#rgb` or `#rrggbb`. */
function luminance(colour: string): number {
  const digits = colour.slice(1);
  const pairs = digits.length === 3 ? [...digits].map((d) => d + d) : (digits.match(/../g) ?? []);
  const [r = 0, g = 0, b = 0] = pairs.map((pair) => {
    const c = Number.parseInt(pair, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test('the measure is that of the definition', () => {
  // Black on white has 21; #767676 is the lightest grey that has 4.5 on white.
  expect(contrast('#000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#fff')).toBeGreaterThan(4.5);
  expect(contrast('#777777', '#fff')).toBeLessThan(4.5);
});

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the picture, %s', (_, { ground, text, soft, blocks, badge, badgeText, families }) => {
  const fills = [ground, ...blocks, ...Object.values(families).map(([fill]) => fill)];

  test.each(fills)('texts on %s', (fill) => {
    expect(contrast(text, fill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(soft, fill)).toBeGreaterThanOrEqual(4.5);
  });

  test('the number of copies', () => expect(contrast(badgeText, badge)).toBeGreaterThanOrEqual(4.5));

  test('outlines of boxes stand out from what is in them', () => {
    // Success criterion 1.4.11 asks 3 of what tells parts of a graphic apart; boxes are told by their texts too.
    for (const [fill, line] of Object.values(families)) expect(contrast(fill, line)).toBeGreaterThan(1.9);
  });
});

/** The colours of each scheme, as the style sheet of the page sets them. */
function variables(selector: string): ReadonlyMap<string, string> {
  const style = readText('src/page/style.css');
  const rule = style.split('\n').find((line) => line.startsWith(`${selector} {`)) ?? '';
  return new Map(
    [...rule.matchAll(/--(\w+): (#[0-9a-f]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

describe.each([
  ['light', ':root'],
  ['dark', ':root[data-theme="dark"]'],
])('the page, %s', (_, selector) => {
  const colours = variables(selector);
  const of = (name: string) => colours.get(name) ?? '#';

  // What is written, and on what: rows that are selected or were found have a ground of their own.
  test.each([
    ['text', ['ground', 'panel', 'chosen', 'match']],
    ['soft', ['ground', 'panel', 'chosen', 'match']],
    ['wrong', ['ground', 'panel']],
    ['doubtful', ['ground']],
    ['accent', ['ground']],
  ])('%s', (ink, grounds) => {
    expect(colours.size).toBeGreaterThan(9);
    for (const ground of grounds) expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test('the ring around what has the focus', () => {
    for (const ground of ['ground', 'panel'])
      expect(contrast(of('accent'), of(ground))).toBeGreaterThanOrEqual(3);
  });

  test('no rule has a colour of its own for texts', () => {
    const rules = readText('src/page/style.css')
      .split('\n')
      .filter((line) => !line.startsWith(':root'));
    expect(rules.join('\n').match(/[{; ]color: #/g)).toBeNull();
  });
});
