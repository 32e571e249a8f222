import type { Diagnostic } from './diagnostic.ts';

/** What is said of one of several alike: a copy of a repeated step, a call of a block. */
export interface Said {
  /** The same for all that are alike. */
  readonly about: string;
  /** Which of them it is. */
  readonly name: string;
  readonly diagnostic: Diagnostic;
}

/** One diagnostic for what is true in the same way, and at the same place of the text, of several: with their names. */
export function foldCopies(said: readonly Said[]): readonly Diagnostic[] {
  const groups = new Map<string, Said[]>();
  for (const item of said) {
    const { span } = item.diagnostic;
    const key = JSON.stringify([span?.source.name, span?.start, item.about]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { diagnostic } = first;
    if (others.length === 0) return [diagnostic];
    const names = others.slice(0, 3).map((o) => o.name);
    const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return [{ ...diagnostic, notes: [...diagnostic.notes, `so also ${names.join(', ')}${more}`] }];
  });
}
