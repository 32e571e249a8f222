import { blobBytes, floatsBlob } from '../../src/weights/blob.ts';
import { bytesInMemory, type FileBytes, type OpenBeside } from '../../src/weights/fileBytes.ts';
import { safetensorsBlob } from '../../src/weights/writeSafetensors.ts';

/** A tensor as a test writes it down. */
export interface Written {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A safetensors file with these tensors. */
export function safetensorsFile(tensors: Readonly<Record<string, Written>>): FileBytes {
  const written = Object.entries(tensors).map(([name, { shape, values }]) => {
    return { name, shape, content: floatsBlob(values) };
  });
  return bytesInMemory(blobBytes(safetensorsBlob(written)));
}

/** For files that name no other. */
export const nothingBeside: OpenBeside = (path) => `${path} is not there`;

/** 0, 1, 2, … in this shape. */
export function counting(...shape: readonly number[]): Written {
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Float32Array.from({ length: count }, (_, i) => i) };
}
