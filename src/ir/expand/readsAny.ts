import { namesIn } from '../../parser/expression.ts';
import type { Located } from '../../parser/located.ts';

/** Whether an expression in it reads one of these names. */
export function readsAny(located: Located, names: readonly string[]): boolean {
  if (located.kind === 'list') return located.items.some((item) => readsAny(item, names));
  if (located.kind === 'map') return located.entries.some((e) => readsAny(e.value, names));
  return located.template !== undefined && [...namesIn(located.template)].some((n) => names.includes(n));
}
