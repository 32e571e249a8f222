import type { Source } from '../diagnostics/source.ts';
import { Findings } from './findings.ts';
import type { Located } from './located.ts';
import { read } from './read.ts';

/** The document of a text as data with places; undefined where it cannot be read. What is wrong in it is not said. */
export function readDocument(source: Source): Located | undefined {
  return source.text.trim() === '' ? undefined : read(source, new Findings());
}
