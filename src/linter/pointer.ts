import type { Source, Span } from '../diagnostics/source.ts';
import type { Located } from '../parser/located.ts';
import { readDocument } from '../parser/readDocument.ts';

/** Only a memo: the same text has the same parts. */
const documents = new WeakMap<Source, { readonly root: Located | undefined }>();

/**
 * The JSON pointer (RFC 6901) of the innermost part of a document that a place is in or belongs to the key of; it stays when
 * lines are put in above. Empty for the whole document, and where the text cannot be read.
 */
export function pointerAt({ source, start }: Span): string {
  let known = documents.get(source);
  if (known === undefined) {
    known = { root: readDocument(source) };
    documents.set(source, known);
  }
  return known.root === undefined ? '' : below(known.root, start);
}

function below(located: Located, offset: number): string {
  if (located.kind === 'list') {
    const at = located.items.findIndex(({ span }) => span.start <= offset && offset < span.end);
    const item = located.items[at];
    return item === undefined ? '' : `/${at}${below(item, offset)}`;
  }
  if (located.kind === 'map') {
    const entry = located.entries.find(
      ({ keySpan, value }) => keySpan.start <= offset && offset < Math.max(keySpan.end, value.span.end),
    );
    return entry === undefined ? '' : `/${escaped(entry.key)}${below(entry.value, offset)}`;
  }
  return '';
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
