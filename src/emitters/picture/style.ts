import type { Family } from './picture.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly blocks: readonly [string, string];
  readonly blockLine: string;
  readonly badge: string;
  readonly badgeText: string;
  /** Fill and outline of boxes. */
  readonly families: Readonly<Record<Family, readonly [fill: string, line: string]>>;
}

export const light: Palette = {
  ground: '#ffffff',
  text: '#1b1f24',
  soft: '#5a636e',
  line: '#7d8794',
  blocks: ['#f6f7f9', '#ffffff'],
  blockLine: '#c4cad2',
  badge: '#3f4a57',
  badgeText: '#ffffff',
  families: {
    input: ['#e9ecef', '#7d8794'],
    output: ['#e9ecef', '#7d8794'],
    layer: ['#e0ecfd', '#5b8fd9'],
    norm: ['#efe6fb', '#9a77cf'],
    activation: ['#fdeedb', '#d99a45'],
    window: ['#dff3e7', '#54a878'],
    join: ['#fbe4e6', '#d3727d'],
    other: ['#f2f3f5', '#9aa3ae'],
  },
};

export const dark: Palette = {
  ground: '#14171b',
  text: '#e8ebef',
  soft: '#a3adb9',
  line: '#8b95a2',
  blocks: ['#1b1f25', '#15191e'],
  blockLine: '#414a55',
  badge: '#c9d1da',
  badgeText: '#14171b',
  families: {
    input: ['#2a2f36', '#8b95a2'],
    output: ['#2a2f36', '#8b95a2'],
    layer: ['#1c3150', '#5e93df'],
    norm: ['#31264a', '#a384d8'],
    activation: ['#44311a', '#d39a4c'],
    window: ['#1b3a2a', '#56ab7c'],
    join: ['#44242a', '#d7808a'],
    other: ['#262b31', '#7f8995'],
  },
};

const families = Object.keys(light.families) as readonly Family[]; // A record has the keys that its type says.

const shapes = `
.picture text{font-family:Helvetica,Arial,"Liberation Sans",sans-serif}
.picture .title{font-size:13px;font-weight:600}
.picture .detail,.picture .name{font-size:11px}
.picture .shape{font-size:10.5px;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}
.picture .badge text{font-size:12px;font-weight:600}
.picture .edge{fill:none;stroke-width:1.3}
.picture .box rect,.picture .box circle{stroke-width:1.2}`;

/** The style sheet of a picture. Colours are written out: readers of SVG other than browsers know no variables. */
export function pictureStyle(theme: Theme): string {
  if (theme !== 'auto') return `${shapes}${colours(theme === 'dark' ? dark : light)}`;
  return `${shapes}${colours(light)}\n@media (prefers-color-scheme: dark){${colours(dark)}\n}`;
}

/** The colours of one theme; `scope` is a selector before each of its own. */
export function colours(palette: Palette, scope = ''): string {
  const rule = (selector: string, body: string) =>
    `\n${selector
      .split(',')
      .map((s) => `${scope}.picture ${s}`)
      .join(',')}{${body}}`;
  const { ground, text, soft, line, blocks, blockLine, badge, badgeText } = palette;
  return [
    rule('.ground', `fill:${ground}`),
    rule('text', `fill:${text}`),
    rule('.detail,.name', `fill:${soft}`),
    rule('.shape', `fill:${soft};stroke:${ground}`),
    rule('.edge', `stroke:${line}`),
    rule('.tip', `fill:${line}`),
    rule('.box rect,.box circle', `fill:${ground};stroke:${line}`),
    rule('.open rect', `fill:${blocks[0]};stroke:${blockLine}`),
    rule('.odd rect', `fill:${blocks[1]}`),
    rule('.badge rect', `fill:${badge};stroke:none`),
    rule('.badge text', `fill:${badgeText}`),
    ...families.map((family) => {
      const [fill, outline] = palette.families[family];
      return rule(`.${family}>rect,.${family}>circle`, `fill:${fill};stroke:${outline}`);
    }),
  ].join('');
}

/** Colours that stay as they are whatever the reader prefers, below an element that says which: for pages. */
export function chosenColours(): string {
  return `${shapes}${colours(light, '[data-theme="light"] ')}${colours(dark, '[data-theme="dark"] ')}`;
}
