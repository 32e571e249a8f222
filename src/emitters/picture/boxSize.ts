import type { PictureItem } from './picture.ts';
import { lineSizes } from './stepLines.ts';
import { textWidth } from './textWidth.ts';

/** Size of the shapes beside lines, in pixels. */
export const labelSize = 10.5;

/** Height of each kind of line. */
export const lineHeights = { title: 17, detail: 14, name: 14 } as const;

/** Room inside of a box, left and right together, and above and below together. */
const boxPadding = { across: 22, down: 11 } as const;

/** Room in an open block around what is inside; its title stands in the upper part. */
export const openMargin = { side: 14, top: 34, bottom: 8 } as const;

/** Where the title of an open block begins, and where what enters may begin. */
const titleInset = { left: 12, right: 16 } as const;

const signSize = 22;

/** `×6`, in the corner of a box that stands for copies. */
export function badgeText(copies: number): string {
  return copies > 1 ? `×${copies}` : '';
}

/** The size of a box with text, or of a sign. */
export function boxSize(
  { lines, sign, joins = 0 }: PictureItem,
  copies: number,
): { readonly width: number; readonly height: number } {
  if (sign !== undefined) return { width: signSize, height: signSize };
  const widest = Math.max(
    0,
    ...lines.map(({ text, style }) => textWidth(text, lineSizes[style], style === 'title')),
  );
  const height = lines.reduce((sum, { style }) => sum + lineHeights[style], 0);
  return {
    width: Math.max(56, 30 * joins, widest + boxPadding.across + badgeWidth(copies)),
    height: height + boxPadding.down,
  };
}

/** How far the title of an open block reaches from its left side, with the mark before it and the badge behind. */
export function titleWidth({ lines }: PictureItem, copies: number): number {
  const title = textWidth(lines[0]?.text ?? '', lineSizes.title, true);
  return titleInset.left + 16 + title + badgeWidth(copies) + titleInset.right;
}

function badgeWidth(copies: number): number {
  return copies > 1 ? textWidth(badgeText(copies), 12, true) + 14 : 0;
}
