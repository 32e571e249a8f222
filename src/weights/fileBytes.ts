/** The bytes of a file, or of a part of one, read where they are needed. */
export interface FileBytes {
  readonly byteLength: number;
  /** Bytes `start` to `start + byteLength`; within the file, which the caller has checked. */
  read(start: number, byteLength: number): Uint8Array;
}

/** Bytes that are in memory already. */
export function bytesInMemory(bytes: Uint8Array): FileBytes {
  return {
    byteLength: bytes.byteLength,
    read: (start, byteLength) => bytes.subarray(start, start + byteLength),
  };
}

/** A part of a file, as if it were one. */
export function sectionOf(file: FileBytes, start: number, byteLength: number): FileBytes {
  return { byteLength, read: (at, length) => file.read(start + at, length) };
}

/** Several files, one after the other, as one: a tensor may begin in one and end in the next. */
export function joinedFiles(files: readonly FileBytes[]): FileBytes {
  const byteLength = files.reduce((sum, file) => sum + file.byteLength, 0);
  return { byteLength, read: (start, length) => readAcross(files, start, length) };
}

function readAcross(files: readonly FileBytes[], start: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let begin = 0;
  for (const file of files) {
    const from = Math.max(start, begin);
    const to = Math.min(start + length, begin + file.byteLength);
    if (from < to) out.set(file.read(from - begin, to - from), from - start);
    begin += file.byteLength;
  }
  return out;
}

/** Opens a file beside the one that names it; a string says why that cannot be. */
export type OpenBeside = (path: string) => FileBytes | string;

/** Opens files below the folder of the one that names them, and no other place of the disk. */
export function besideOnly(open: OpenBeside): OpenBeside {
  return (path) =>
    /^[/\\]|:|(^|[/\\])\.\.([/\\]|$)/.test(path) ? 'it does not lie beside the model' : open(path);
}
