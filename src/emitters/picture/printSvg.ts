import { badgeText, labelSize, lineHeights } from './boxSize.ts';
import type { Picture } from './picture.ts';
import type { PlacedBox, PlacedEdge, PlacedPicture } from './placed.ts';
import { routePath, short } from './routePath.ts';
import { lineSizes } from './stepLines.ts';
import { pictureStyle, type Theme } from './style.ts';
import { textWidth } from './textWidth.ts';

/** A placed picture as a file of its own. */
export function printSvg(picture: Picture, placed: PlacedPicture, theme: Theme): string {
  const { width, height, boxes } = placed;
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" ${size} role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(picture.title)}</title>`,
    `<desc id="desc">${escaped(description(boxes))}</desc>`,
    `<style>${pictureStyle(theme)}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    printDrawing(placed),
    '</svg>\n',
  ].join('\n');
}

/** The end of lines that arrive at a box. */
export const arrowTip =
  '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto-start-reverse"><path class="tip" d="M0,0.6L8,4L0,7.4z"/></marker></defs>';

/** What is drawn, without the frame of a file. Each box bears the number of its item. */
export function printDrawing({ boxes, edges }: PlacedPicture): string {
  const lines = edges.filter(({ route }) => route.points.length > 1);
  return [
    arrowTip,
    ...boxes.filter(({ open }) => open).map(printOpen),
    ...lines.map(printEdge),
    ...boxes.filter(({ open }) => !open).map(printBox),
    ...lines.filter(({ label }) => label !== '').map(printLabel),
  ].join('\n');
}

function description(boxes: readonly PlacedBox[]): string {
  const shown = boxes.filter(
    ({ open, source }) => !open && source.kind !== 'input' && source.kind !== 'output',
  );
  const inputs = boxes.filter(({ source }) => source.kind === 'input').map(({ source }) => source.name);
  return `A neural network as a graph of ${shown.length} boxes, from ${inputs.join(', ') || 'no input'} at the top downwards.`;
}

/** An open block, behind what is in it. */
export function printOpen(box: PlacedBox): string {
  const { x, y, source, copies, level } = box;
  const title = source.lines[0]?.text ?? source.name;
  const width = textWidth(title, lineSizes.title, true);
  const at = { x: x + 28, y: y + 19 };
  const mark = `<path class="mark tip" d="M${short(x + 12)},${short(y + 11)}h8l-4,6z"/>`;
  return group(box, `open${level % 2 === 1 ? ' odd' : ''}`, [
    ...sheets(box, 10),
    mark,
    textAt(title, 'title', { ...at, width }),
    badge(copies, at.x + width + 8, y + 5),
  ]);
}

/** A step, a folded block, an input or an output. */
export function printBox(box: PlacedBox): string {
  const { x, y, width, height, source, copies } = box;
  const { sign, lines, kind, family } = source;
  const middle = { x: x + width / 2, y: y + height / 2 };
  if (sign !== undefined) {
    const [r, a] = [width / 2, 5];
    const straight = `M${short(middle.x - a)},${short(middle.y)}h${2 * a}M${short(middle.x)},${short(middle.y - a)}v${2 * a}`;
    const turn = sign === '×' ? ` transform="rotate(45 ${short(middle.x)} ${short(middle.y)})"` : '';
    return group(box, family, [
      `<circle cx="${short(middle.x)}" cy="${short(middle.y)}" r="${r}"/>`,
      `<path class="edge" d="${straight}"${turn}/>`,
    ]);
  }
  const badgeWidth = copies > 1 ? textWidth(badgeText(copies), 12, true) + 14 : 0;
  let baseline = y + 5.5;
  const texts = lines.map(({ text, style }) => {
    const own = textWidth(text, lineSizes[style], style === 'title');
    baseline += lineHeights[style];
    return textAt(text, style, { x: middle.x - badgeWidth / 2 - own / 2, y: baseline - 4, width: own });
  });
  const round = kind === 'input' || kind === 'output' ? height / 2 : 6;
  return group(box, `${family}${kind === 'block' ? ' folded' : ''}`, [
    ...sheets(box, round),
    ...texts,
    badge(copies, x + width - badgeWidth - 1, y + height / 2 - 9),
  ]);
}

/** A box, and the edges of two more behind it where it stands for copies. */
function sheets({ x, y, width, height, copies }: PlacedBox, round: number): readonly string[] {
  const size = `width="${short(width)}" height="${short(height)}" rx="${short(round)}"`;
  return (copies > 1 ? [6, 3, 0] : [0]).map(
    (by) => `<rect x="${short(x + by)}" y="${short(y + by)}" ${size}/>`,
  );
}

function badge(copies: number, x: number, y: number): string {
  if (copies < 2) return '';
  const text = badgeText(copies);
  const width = textWidth(text, 12, true);
  return `<g class="badge"><rect x="${short(x)}" y="${short(y)}" width="${width + 10}" height="18" rx="9"/>${textAt(text, '', { x: x + 5, y: y + 13.2, width })}</g>`;
}

function group({ item, source }: PlacedBox, classes: string, parts: readonly string[]): string {
  return `<g class="box ${classes}" data-item="${item}" id="box-${item}" role="img" aria-label="${escaped(source.name)}"><title>${escaped(source.name)}</title>${parts.join('')}</g>`;
}

/** A line from box to box. */
export function printEdge({ route, arrow, from, to }: PlacedEdge): string {
  const tip = arrow ? ' marker-end="url(#tip)"' : '';
  return `<path class="edge" data-from="${from}" data-to="${to}" d="${routePath(route)}"${tip}/>`;
}

/** A shape beside a line. */
export function printLabel({ label, labelAt }: PlacedEdge): string {
  return textAt(label, 'shape', { ...labelAt, width: textWidth(label, labelSize) });
}

/** A text as long as was worked out, whatever the font. */
function textAt(
  text: string,
  style: string,
  { x, y, width }: { x: number; y: number; width: number },
): string {
  const named = style === '' ? '' : ` class="${style}"`;
  return `<text${named} x="${short(x)}" y="${short(y)}" textLength="${width}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const halfPairs = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as XML and HTML take it; characters that neither may hold are left out. */
export function escaped(text: string): string {
  return text
    .replace(controls, '')
    .replace(halfPairs, '')
    .replace(/[&<>"']/g, (c) => entities[c] ?? c);
}
