import type { Blob } from '../../../weights/blob.ts';
import { occurrences } from './fields.ts';
import { sizesOf } from './measure.ts';
import type { Message, MessageName } from './messages.ts';
import { Scratch } from './scratch.ts';
import { utf8Length } from './utf8.ts';
import { longestVarint } from './varint.ts';

/** The most bytes that a tag takes with an integer, a float or a length after it. */
const longestHead = 2 * longestVarint;

/** Where a message is written: the sizes of the messages to come, and the place where small fields are gathered. */
interface Output {
  readonly sizes: Iterator<number>;
  readonly scratch: Scratch;
}

/**
 * The bytes of a model's file, in pieces: small fields gathered, the tensors' blobs passed through as they come. A piece
 * is valid until the next one is asked for. Repeated numbers are not packed, as onnx.proto is proto2.
 */
export function* encode(model: Message<'Model'>): Generator<Uint8Array> {
  const sizes = sizesOf(model).slice(1).values();
  const scratch = new Scratch();
  yield* writeMessage('Model', model, { sizes, scratch });
  yield* scratch.flush();
}

function* writeMessage(type: MessageName, message: object, output: Output): Generator<Uint8Array> {
  const { scratch, sizes } = output;
  for (const occurrence of occurrences(type, message)) {
    if (!scratch.fits(longestHead)) yield* scratch.flush();
    scratch.varint(occurrence.tag);
    switch (occurrence.kind) {
      case 'int':
        scratch.varint(occurrence.value);
        break;
      case 'float':
        scratch.float(occurrence.value);
        break;
      case 'string':
        yield* writeText(occurrence.value, scratch);
        break;
      case 'blob':
        yield* writeBlob(occurrence.value, scratch);
        break;
      case 'message':
        scratch.varint(sizes.next().value);
        yield* writeMessage(occurrence.message, occurrence.value, output);
    }
  }
}

function* writeText(text: string, scratch: Scratch): Generator<Uint8Array> {
  const byteLength = utf8Length(text);
  scratch.varint(byteLength);
  if (scratch.fits(byteLength)) scratch.text(text);
  else {
    yield* scratch.flush();
    yield new TextEncoder().encode(text);
  }
}

function* writeBlob(blob: Blob, scratch: Scratch): Generator<Uint8Array> {
  scratch.varint(blob.byteLength);
  yield* scratch.flush();
  let written = 0;
  for (const chunk of blob.chunks()) {
    written += chunk.byteLength;
    yield chunk;
  }
  if (written !== blob.byteLength) {
    throw new Error(`A blob promised ${blob.byteLength} bytes and gave ${written}`);
  }
}
