import { bytesInMemory, type FileBytes } from '../../../weights/fileBytes.ts';
import { type Field, fields, wireTypes } from './fields.ts';
import type { Message, MessageName } from './messages.ts';
import { type Extent, type Fault, Reader, WireError } from './reader.ts';

export type { Extent, Fault };

/** A message read from bytes, or why it cannot be and where. Blobs come back as places, so weights are not copied. */
export type Decoded<M extends MessageName> =
  | {
      readonly ok: true;
      readonly message: Message<M, Extent>;
      /** How many fields were skipped because the table does not know them, or knows them by another wire type. */
      readonly unknownFields: number;
    }
  | { readonly ok: false; readonly fault: Fault; readonly offset: number };

/** Reads a message. A field that is not repeated but occurs again replaces the one before. */
export function decode<M extends MessageName>(type: M, bytes: Uint8Array): Decoded<M> {
  return decodeFile(type, bytesInMemory(bytes));
}

/** Reads a message from a file, without the bytes of its blobs. */
export function decodeFile<M extends MessageName>(type: M, file: FileBytes): Decoded<M> {
  const reader = new Reader(file);
  try {
    // Built field by field from the table that also gives the type.
    const message = readMessage(type, reader, file.byteLength) as Message<M, Extent>;
    return { ok: true, message, unknownFields: reader.unknownFields };
  } catch (error) {
    if (error instanceof WireError) return { ok: false, fault: error.fault, offset: error.offset };
    throw error;
  }
}

function readMessage(type: MessageName, reader: Reader, end: number): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  while (reader.offset < end) {
    const { id, wireType } = reader.tag(end);
    const field = fields[type].find((candidate) => candidate.id === id);
    if (field === undefined || !accepts(field, wireType)) reader.skip(wireType, end);
    else if (field.many) {
      message[field.name] ??= [];
      const items = message[field.name] as unknown[];
      for (const item of readItems(field, { wireType, reader, end })) items.push(item);
    } else message[field.name] = readValue(field, reader, end);
  }
  return message;
}

/** Repeated numbers may be packed: readers must take both forms, whichever the definition asks for. */
function accepts(field: Field, wireType: number): boolean {
  return wireType === field.tag % 8 || (field.many && wireType === wireTypes.delimited);
}

interface Input {
  readonly wireType: number;
  readonly reader: Reader;
  readonly end: number;
}

function* readItems(field: Field, { wireType, reader, end }: Input): Generator<unknown> {
  if (wireType === field.tag % 8) yield readValue(field, reader, end);
  else {
    const packed = reader.extent(end);
    reader.offset = packed.start;
    const packedEnd = packed.start + packed.byteLength;
    while (reader.offset < packedEnd) yield readValue(field, reader, packedEnd);
  }
}

function readValue(field: Field, reader: Reader, end: number): unknown {
  switch (field.kind) {
    case 'int':
      return reader.varint(end);
    case 'float':
      return reader.float(end);
    case 'string':
      return reader.text(end);
    case 'blob':
      return reader.extent(end);
    case 'message': {
      const { start, byteLength } = reader.extent(end);
      reader.offset = start;
      return readMessage(field.message, reader, start + byteLength);
    }
  }
}
