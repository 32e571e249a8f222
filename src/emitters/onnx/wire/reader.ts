import type { FileBytes } from '../../../weights/fileBytes.ts';
import { wireTypes } from './fields.ts';
import { longestVarint, varintValue } from './varint.ts';

/** A stretch of the bytes that were read. */
export interface Extent {
  readonly start: number;
  readonly byteLength: number;
}

/** What can be wrong with bytes that should be a message. */
export type Fault = 'truncated' | 'varint-too-long' | 'malformed-tag';

/** Stops a reading; `decode` turns it into a value. */
export class WireError extends Error {
  readonly fault: Fault;
  readonly offset: number;

  constructor(fault: Fault, offset: number) {
    super(`${fault} at byte ${offset}`);
    this.fault = fault;
    this.offset = offset;
  }
}

/** Bytes read at a time: the structure between two tensors is mostly shorter, and all before the first one longer. */
const windowBytes = 65_536;

/**
 * Reads protobuf's values one after another. `end` is the offset that a value must not pass: its message's end. The
 * file is read in pieces, and what is stepped over is not read.
 */
export class Reader {
  offset = 0;
  unknownFields = 0;
  readonly #file: FileBytes;
  #window: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  #windowStart = 0;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(file: FileBytes) {
    this.#file = file;
  }

  tag(end: number): { readonly id: number; readonly wireType: number } {
    const start = this.offset;
    const tag = Number(this.varint(end));
    if (tag < 8) throw new WireError('malformed-tag', start);
    return { id: Math.floor(tag / 8), wireType: tag % 8 };
  }

  varint(end: number): number | bigint {
    const start = this.offset;
    const bytes = this.#read(start, Math.min(longestVarint, end - start));
    const last = bytes.findIndex((byte) => byte < 128);
    if (last === -1)
      throw new WireError(bytes.length < longestVarint ? 'truncated' : 'varint-too-long', start);
    this.offset = start + last + 1;
    return varintValue(bytes.subarray(0, last + 1));
  }

  float(end: number): number {
    const { buffer, byteOffset } = this.#read(this.#take(4, end), 4);
    return new DataView(buffer, byteOffset).getFloat32(0, true);
  }

  text(end: number): string {
    const { start, byteLength } = this.extent(end);
    return this.#decoder.decode(this.#read(start, byteLength));
  }

  /** Steps over bytes that have their number before them. */
  extent(end: number): Extent {
    const lengthOffset = this.offset;
    const byteLength = Number(this.varint(end));
    if (byteLength < 0) throw new WireError('truncated', lengthOffset);
    return { start: this.#take(byteLength, end), byteLength };
  }

  /** Steps over a field that is not wanted. */
  skip(wireType: number, end: number): void {
    this.unknownFields++;
    if (wireType === wireTypes.varint) this.varint(end);
    else if (wireType === wireTypes.fixed64) this.#take(8, end);
    else if (wireType === wireTypes.delimited) this.extent(end);
    else if (wireType === wireTypes.fixed32) this.#take(4, end);
    else throw new WireError('malformed-tag', this.offset);
  }

  #take(byteLength: number, end: number): number {
    const start = this.offset;
    if (start + byteLength > end) throw new WireError('truncated', start);
    this.offset = start + byteLength;
    return start;
  }

  /** Bytes within the file, from the window where they lie in it. */
  #read(start: number, byteLength: number): Uint8Array {
    if (start < this.#windowStart || start + byteLength > this.#windowStart + this.#window.length) {
      this.#windowStart = start;
      this.#window = this.#file.read(
        start,
        Math.min(Math.max(byteLength, windowBytes), this.#file.byteLength - start),
      );
    }
    return this.#window.subarray(start - this.#windowStart, start - this.#windowStart + byteLength);
  }
}
