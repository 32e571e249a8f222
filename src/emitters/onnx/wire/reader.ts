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

/** Reads protobuf's values one after another. `end` is the offset that a value must not pass: its message's end. */
export class Reader {
  offset = 0;
  unknownFields = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  tag(end: number): { readonly id: number; readonly wireType: number } {
    const start = this.offset;
    const tag = Number(this.varint(end));
    if (tag < 8) throw new WireError('malformed-tag', start);
    return { id: Math.floor(tag / 8), wireType: tag % 8 };
  }

  varint(end: number): number | bigint {
    const start = this.offset;
    let last = start;
    while (last < end && this.#bytes[last]! >= 128) last++;
    if (last - start >= longestVarint) throw new WireError('varint-too-long', start);
    if (last >= end) throw new WireError('truncated', start);
    this.offset = last + 1;
    return varintValue(this.#bytes.subarray(start, this.offset));
  }

  float(end: number): number {
    return this.#view.getFloat32(this.#take(4, end), true);
  }

  text(end: number): string {
    const { start, byteLength } = this.extent(end);
    return this.#decoder.decode(this.#bytes.subarray(start, start + byteLength));
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
}
