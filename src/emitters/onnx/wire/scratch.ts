import { putVarint } from './varint.ts';

const capacity = 65_536;

/** Gathers small values into pieces of up to 64 KiB. The caller asks for room before it writes. */
export class Scratch {
  readonly #bytes = new Uint8Array(capacity);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #encoder = new TextEncoder();
  #length = 0;

  fits(byteLength: number): boolean {
    return this.#length + byteLength <= capacity;
  }

  /** Gives away what is gathered; its bytes are overwritten afterwards. */
  *flush(): Generator<Uint8Array> {
    if (this.#length > 0) yield this.#bytes.subarray(0, this.#length);
    this.#length = 0;
  }

  varint(value: number | bigint): void {
    this.#length = putVarint(this.#bytes, this.#length, value);
  }

  float(value: number): void {
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  text(text: string): void {
    this.#length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }
}
