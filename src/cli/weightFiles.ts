import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { FileBytes } from '../index.ts';
import { systemReason } from './files.ts';

/** Files that stay open at a time. A model of tf.js can have thousands, more than a process may open. */
const mostOpen = 64;

/** Files that are read where their bytes are asked for. */
export interface WeightFiles {
  /** A string says why the file cannot be read. */
  readonly open: (path: string) => FileBytes | string;
  readonly close: () => void;
}

/** Opens files when they are read; of many, those that were opened last stay open. */
export function weightFiles(): WeightFiles {
  const descriptors = new Map<string, number>();
  const descriptorOf = (path: string): number => {
    const known = descriptors.get(path);
    if (known !== undefined) return known;
    for (const [other, descriptor] of descriptors) {
      if (descriptors.size < mostOpen) break;
      closeSync(descriptor);
      descriptors.delete(other);
    }
    const opened = openSync(path, 'r');
    descriptors.set(path, opened);
    return opened;
  };
  const open = (path: string): FileBytes | string => {
    try {
      const stats = statSync(path);
      if (!stats.isFile()) return 'it is no file';
      descriptorOf(path);
      return {
        byteLength: stats.size,
        read: (start, byteLength) => readBytes(descriptorOf(path), start, byteLength),
      };
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return reason;
    }
  };
  return { open, close: () => descriptors.forEach((descriptor) => void closeSync(descriptor)) };
}

function readBytes(descriptor: number, start: number, byteLength: number): Uint8Array {
  const bytes = new Uint8Array(byteLength);
  for (let at = 0; at < byteLength; ) {
    const read = readSync(descriptor, bytes, at, byteLength - at, start + at);
    if (read === 0) throw new Error('a file of weights became shorter while it was read');
    at += read;
  }
  return bytes;
}
