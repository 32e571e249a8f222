/** The sizes of a printed shape, channels last, without the batch. */
export type PrintedSize = readonly number[];

const batch = /^(?:none|null|n|b|batch|bs|\?|-1)$/i;

/** `149 x 149 x 32`, `149²×32`, `(None, 149, 149, 32)`; undefined for what is no size. */
export function printedSize(cell: string): PrintedSize | undefined {
  const text = squared(cell.replace(/^\s*\[\s*\((.*)\)\s*\]\s*$/, '($1)')).trim();
  const inBrackets = /^[([](.*)[)\]]$/.exec(text)?.[1];
  const parts = (inBrackets ?? text)
    .split(inBrackets === undefined ? /\s*[x×X✕∗*]\s*/ : /\s*[,x×]\s*/)
    .map((p) => p.trim());
  const last = parts.at(-1) === '' && inBrackets !== undefined ? parts.slice(0, -1) : parts;
  const sizes = batch.test(last[0] ?? '') ? last.slice(1) : last;
  const enough = sizes.length >= (sizes === last ? 2 : 1);
  return enough && sizes.every((s) => /^[1-9]\d{0,7}$/.test(s)) ? sizes.map(Number) : undefined;
}

/** `149²` and `149^2` are `149 x 149`. */
function squared(text: string): string {
  return text.replace(/(\d+)\s*(?:²|\^2)/g, '$1x$1');
}
