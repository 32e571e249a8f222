import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Edit, Fix } from '../diagnostics/fix.ts';

/** A text with repairs made, and how many. */
export interface FixedText {
  readonly text: string;
  readonly applied: number;
}

/**
 * Makes the repairs of one file, in the order of the text. A repair whose edits touch those of an earlier one is left for
 * another run: what it would mean then is not known yet.
 */
export function applyFixes(
  { name, text }: { readonly name: string; readonly text: string },
  diagnostics: readonly Diagnostic[],
  wanted: (fix: Fix) => boolean,
): FixedText {
  const fixes = diagnostics
    .flatMap(({ fix }) => (fix !== undefined && wanted(fix) && isAllIn(fix, name) ? [fix] : []))
    .sort((a, b) => startOf(a) - startOf(b));
  const taken: Edit[] = [];
  let applied = 0;
  for (const { edits } of fixes) {
    // Found twice, as in two variants: made once.
    const fresh = edits.filter((edit) => !taken.some((t) => isSame(t, edit)));
    if (fresh.length === 0 || fresh.some((edit) => taken.some((t) => touches(t, edit)))) continue;
    taken.push(...fresh);
    applied += 1;
  }
  return { text: edited(text, taken), applied };
}

function isAllIn({ edits }: Fix, name: string): boolean {
  return edits.length > 0 && edits.every(({ span }) => span.source.name === name);
}

function startOf({ edits }: Fix): number {
  return Math.min(...edits.map(({ span }) => span.start));
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

function touches(a: Edit, b: Edit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}

/** The text with edits made that do not touch each other. */
export function edited(text: string, edits: readonly Edit[]): string {
  const backwards = [...edits].sort((a, b) => b.span.start - a.span.start);
  return backwards.reduce(
    (changed, { span, text: put }) => changed.slice(0, span.start) + put + changed.slice(span.end),
    text,
  );
}
