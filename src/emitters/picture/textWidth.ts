/**
 * Advance widths of Helvetica (Adobe Font Metrics), thousandths of an em, for U+0020 to U+007E. Arial and Liberation
 * Sans have the same; whatever font a reader has, texts are set to the length that is worked out here.
 */
const helvetica = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** `×`, `·`, `…` and their like are no wider than this; what is wider is written in scripts of square characters. */
const otherWidth = 600;
const squareWidth = 1000;

/** Bold letters are wider: Helvetica-Bold's are by at most a tenth, over words of any length. */
const boldFactor = 1.1;

/** How wide a text is in pixels, at a size in pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  let thousandths = 0;
  for (const character of text) thousandths += characterWidth(character.codePointAt(0) ?? 0);
  return Math.ceil((thousandths / 1000) * size * (bold ? boldFactor : 1));
}

function characterWidth(code: number): number {
  return (
    helvetica[code - 0x20] ?? (code < 0x1100 || (code >= 0x2000 && code < 0x2e80) ? otherWidth : squareWidth)
  );
}

/** A text of at most so many pixels: what is too long loses its middle. */
export function shortened(text: string, pixels: number, size: number): string {
  if (textWidth(text, size) <= pixels) return text;
  const characters = [...text];
  let kept = characters.length - 1;
  const cut = () =>
    [
      ...characters.slice(0, Math.ceil(kept / 2)),
      '…',
      ...characters.slice(characters.length - Math.floor(kept / 2)),
    ].join('');
  while (kept > 2 && textWidth(cut(), size) > pixels) kept--;
  return cut();
}
