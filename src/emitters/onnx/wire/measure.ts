import { type Occurrence, occurrences } from './fields.ts';
import type { Message, MessageName } from './messages.ts';
import { utf8Length } from './utf8.ts';
import { varintSize } from './varint.ts';

/** The bytes of a model's file, known without making its tensors. */
export function sizeOf(model: Message<'Model'>): number {
  return sizesOf(model)[0]!;
}

/** The sizes in bytes of a model and of all messages within it, each before those it contains: in visiting order. */
export function sizesOf(model: Message<'Model'>): readonly number[] {
  const sizes: number[] = [];
  measure('Model', model, sizes);
  return sizes;
}

/** Appends the sizes of a message and of those within it to `sizes`. */
function measure(type: MessageName, message: object, sizes: number[]): number {
  const place = sizes.push(0) - 1;
  let size = 0;
  for (const occurrence of occurrences(type, message)) {
    size += varintSize(occurrence.tag) + valueSize(occurrence, sizes);
  }
  sizes[place] = size;
  return size;
}

function valueSize(occurrence: Occurrence, sizes: number[]): number {
  switch (occurrence.kind) {
    case 'int':
      return varintSize(occurrence.value);
    case 'float':
      return 4;
    case 'string':
      return delimited(utf8Length(occurrence.value));
    case 'blob':
      return delimited(occurrence.value.byteLength);
    case 'message':
      return delimited(measure(occurrence.message, occurrence.value, sizes));
  }
}

/** Bytes with their number before them. */
function delimited(byteLength: number): number {
  return varintSize(byteLength) + byteLength;
}
