import type { Paint } from '../index.ts';

/** Lines around a change that are shown with it. */
const context = 3;
/** Pairs of lines that are compared at most; beyond, all between the first and the last difference counts as replaced. */
const patience = 4_000_000;

interface Edit {
  readonly kind: ' ' | '-' | '+';
  readonly line: string;
}

type Lines = readonly string[];

/** The difference of two texts in the unified form that `patch` reads; empty where there is none. */
export function unifiedDiff(name: string, [before, after]: readonly [string, string], paint: Paint): string {
  if (before === after) return '';
  const edits = editsBetween(linesOf(before), linesOf(after));
  const hunks = hunksOf(edits).map(([from, to]) => hunkText(edits, [from, to], paint));
  return [`${paint.bold(`--- ${name}`)}\n`, `${paint.bold(`+++ ${name}`)}\n`, ...hunks].join('');
}

/** With their ends, so that a last line without one differs from one with it. */
function linesOf(text: string): Lines {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function editsBetween(before: Lines, after: Lines): readonly Edit[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let [a, b] = [before.length, after.length];
  while (a > start && b > start && before[a - 1] === after[b - 1]) {
    a -= 1;
    b -= 1;
  }
  return [
    ...all(' ', before.slice(0, start)),
    ...changes(before.slice(start, a), after.slice(start, b)),
    ...all(' ', before.slice(a)),
  ];
}

function all(kind: Edit['kind'], lines: Lines): readonly Edit[] {
  return lines.map((line) => ({ kind, line }));
}

/** What the longest lines in common leave: removals, then additions. */
function changes(before: Lines, after: Lines): readonly Edit[] {
  if (before.length * after.length > patience) return [...all('-', before), ...all('+', after)];
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const edits: Edit[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    const [removed, added] = [common[(a + 1) * width + b] ?? 0, common[a * width + b + 1] ?? 0];
    if (a < before.length && before[a] === after[b]) {
      edits.push({ kind: ' ', line: before[a] ?? '' });
      a += 1;
      b += 1;
    } else if (b === after.length || (a < before.length && removed >= added)) {
      edits.push({ kind: '-', line: before[a] ?? '' });
      a += 1;
    } else {
      edits.push({ kind: '+', line: after[b] ?? '' });
      b += 1;
    }
  }
  return edits;
}

/** For each pair of places, how many lines the two rests have in common, in order. */
function commonLengths(before: Lines, after: Lines): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let a = before.length - 1; a >= 0; a -= 1) {
    for (let b = after.length - 1; b >= 0; b -= 1) {
      const [down, right] = [lengths[(a + 1) * width + b] ?? 0, lengths[a * width + b + 1] ?? 0];
      const both = before[a] === after[b] ? 1 + (lengths[(a + 1) * width + b + 1] ?? 0) : 0;
      lengths[a * width + b] = Math.max(down, right, both);
    }
  }
  return lengths;
}

/** From where to where the edits are shown: changes with their context, near ones together. */
function hunksOf(edits: readonly Edit[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  for (const [i, { kind }] of edits.entries()) {
    if (kind === ' ') continue;
    const last = hunks.at(-1);
    const end = Math.min(edits.length, i + 1 + context);
    if (last !== undefined && i - context <= last[1]) last[1] = end;
    else hunks.push([Math.max(0, i - context), end]);
  }
  return hunks;
}

function hunkText(edits: readonly Edit[], [from, to]: readonly [number, number], paint: Paint): string {
  const shown = edits.slice(from, to);
  const range = (absent: '-' | '+') => {
    const start = edits.slice(0, from).filter(({ kind }) => kind !== absent).length;
    const length = shown.filter(({ kind }) => kind !== absent).length;
    // Where no line is shown, the one before is counted, as in POSIX.
    return `${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
  };
  const head = paint.blue(`@@ -${range('+')} +${range('-')} @@`);
  return [`${head}\n`, ...shown.map((edit) => editText(edit, paint))].join('');
}

function editText({ kind, line }: Edit, paint: Paint): string {
  const text = `${kind}${line.replace(/\n$/, '')}`;
  const painted = kind === '-' ? paint.red(text) : kind === '+' ? paint.green(text) : text;
  return `${painted}\n${line.endsWith('\n') ? '' : '\\ No newline at end of file\n'}`;
}
