import { namesIn } from '../parser/expression.ts';
import type { Located } from '../parser/located.ts';

/** Every name that expressions anywhere in a part of a document read. */
export function namesRead(part: Located, into: Set<string> = new Set()): ReadonlySet<string> {
  if (part.kind === 'list') for (const item of part.items) namesRead(item, into);
  else if (part.kind === 'map') for (const { value } of part.entries) namesRead(value, into);
  else if (part.template !== undefined) for (const name of namesIn(part.template)) into.add(name);
  return into;
}
