import { type FileBytes, sectionOf } from './fileBytes.ts';
import { elementsOf, type FileTensor, type FileTensors, type FloatKind } from './fileTensor.ts';

/** The reference implementation's limit for the header. */
export const largestHeader = 100_000_000;

/** Bytes per value (`Dtype` in safetensors/src/tensor.rs), of those that take whole bytes. */
const valueBytes: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
  C64: 8,
};

const floats: Readonly<Record<string, FloatKind>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  F64: 'float64',
};

/**
 * Reads the header of a safetensors file, and nothing else of it. All that the format promises is checked before a
 * tensor is read: tensors lie inside the file, one after the other, without a gap or an overlap, to its end.
 */
export function readSafetensors(file: FileBytes): FileTensors {
  const header = headerOf(file);
  if (typeof header === 'string') return { ok: false, reason: header };
  const tensors: Placed[] = [];
  for (const [name, entry] of Object.entries(header.entries)) {
    if (name === '__metadata__') continue;
    const tensor = placedTensor(name, entry);
    if (typeof tensor === 'string') return { ok: false, reason: tensor };
    tensors.push(tensor);
  }
  tensors.sort((a, b) => a.start - b.start || a.end - b.end);
  const reason = gapIn(tensors, file.byteLength - header.end);
  if (reason !== undefined) return { ok: false, reason };
  return { ok: true, tensors: tensors.map((t) => fileTensor(t, file, header.end)) };
}

interface Header {
  readonly entries: object;
  /** Where the header ends and the tensors begin. */
  readonly end: number;
}

/** A string says what is wrong. */
function headerOf(file: FileBytes): Header | string {
  if (file.byteLength < 8) return `it has ${file.byteLength} bytes; the length of the header alone takes 8`;
  const first = file.read(0, 8);
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > largestHeader) {
    return `its first 8 bytes announce a header of ${length} bytes, more than the ${largestHeader} that the format allows`;
  }
  const end = 8 + Number(length);
  if (end > file.byteLength) {
    return `its header should have ${length} bytes, but the file ends after ${file.byteLength}`;
  }
  const entries = parsed(file.read(8, Number(length)));
  return typeof entries === 'string' ? entries : { entries, end };
}

function parsed(bytes: Uint8Array): object | string {
  if (bytes[0] !== 0x7b) return 'its header does not begin with `{`';
  try {
    const entries: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof entries === 'object' && entries !== null ? entries : 'its header is no JSON object';
  } catch (error) {
    // Both are what the decoder and the parser say of bytes that are not UTF-8, and of text that is not JSON.
    if (error instanceof SyntaxError || error instanceof TypeError) return 'its header is not JSON in UTF-8';
    throw error;
  }
}

interface Placed {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Counted from the end of the header. */
  readonly start: number;
  readonly end: number;
}

/** A string says what is wrong. */
function placedTensor(name: string, entry: unknown): Placed | string {
  const quoted = `the tensor ${JSON.stringify(name)}`;
  if (typeof entry !== 'object' || entry === null) return `${quoted} is not described by an object`;
  const { dtype, shape, data_offsets: offsets }: Partial<Record<string, unknown>> = { ...entry };
  const size = typeof dtype === 'string' && Object.hasOwn(valueBytes, dtype) ? valueBytes[dtype] : undefined;
  if (typeof dtype !== 'string' || size === undefined)
    return `${quoted} has the dtype ${JSON.stringify(dtype)}, which is not known`;
  if (!isCounts(shape)) return `${quoted} has no shape of whole numbers`;
  if (!isCounts(offsets) || offsets.length !== 2) return `${quoted} has no two data_offsets`;
  const [start = 0, end = 0] = offsets;
  const bytes = size * elementsOf(shape);
  if (end - start !== bytes) {
    return `${quoted} takes ${bytes} bytes as ${dtype} [${shape.join(', ')}], but its data_offsets are ${start} and ${end}`;
  }
  return { name, dtype, shape, start, end };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** What is wrong with the places of tensors that are sorted by them. */
function gapIn(tensors: readonly Placed[], available: number): string | undefined {
  let end = 0;
  for (const tensor of tensors) {
    const what = tensor.start < end ? 'overlaps the one before it' : 'leaves a gap before it';
    if (tensor.start !== end) {
      return `the tensor ${JSON.stringify(tensor.name)} ${what}: it begins at byte ${tensor.start}, not ${end}`;
    }
    end = tensor.end;
  }
  if (end === available) return undefined;
  return end > available
    ? `its tensors take ${end} bytes, but only ${available} follow the header: it is cut short`
    : `${available - end} bytes follow its last tensor`;
}

function fileTensor({ name, dtype, shape, start, end }: Placed, file: FileBytes, from: number): FileTensor {
  return { name, shape, dtype, float: floats[dtype], content: sectionOf(file, from + start, end - start) };
}
