import { problem } from '../diagnostics/diagnostic.ts';
import type { Fields } from './fields.ts';
import type { Findings } from './findings.ts';
import type { Entry, LocatedScalar } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';
import { namePattern } from './namePattern.ts';
import { parseRepeat } from './parseRepeat.ts';
import type { CopiedSpec } from './spec.ts';

/** A key that is a name, which may hold expressions; undefined where it cannot be one. */
export function parseName(
  { key, keySpan }: Pick<Entry, 'key' | 'keySpan'>,
  findings: Findings,
): LocatedScalar | undefined {
  const name = locatedScalar(key, keySpan, findings);
  if (name.broken) return undefined;
  if (name.template !== undefined || namePattern.test(String(name.value))) return name;
  findings.add(problem('bad-name', { name: String(name.value) }), keySpan);
  return undefined;
}

/** The `repeat` and `when` beside what is declared. */
export function parseCopies(fields: Fields, findings: Findings): Omit<CopiedSpec, 'name'> {
  const [repeat, when] = [fields.get('repeat')?.value, fields.get('when')?.value];
  return {
    ...(repeat === undefined ? {} : { repeat: parseRepeat(repeat, findings) }),
    ...(when?.kind === 'scalar' ? { when } : {}),
  };
}
