import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { type Problem, problem, type ReadFile } from '../index.ts';

/** The text of a spec, or why there is none. */
export type Reading = { readonly text: string } | { readonly problem: Problem };

/** Reads a spec from a file, or from standard input for `-`. */
export async function readSpec(path: string): Promise<Reading> {
  if (path === '-') return decode(await standardInput());
  const bytes = readBytes(path);
  return 'reason' in bytes
    ? { problem: problem('unreadable-file', { file: path, reason: bytes.reason }) }
    : decode(bytes.bytes);
}

/** Reads the files that a spec imports. */
export const readImport: ReadFile = (path) => {
  const bytes = readBytes(path);
  return 'reason' in bytes ? bytes : textOf(bytes.bytes);
};

/** The text that bytes hold, or why they hold none. */
export function textOf(bytes: Buffer): ReturnType<ReadFile> {
  const offset = firstInvalid(bytes);
  if (offset !== undefined) return { reason: `it is not UTF-8 text (byte ${offset})` };
  return { text: withoutMark(bytes) };
}

/** Names of files as messages and imports have them: with forward slashes. */
export function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than is allowed',
  EROFS: 'the file system is read-only',
  EEXIST: 'something of this name is in the way',
  ENOTEMPTY: 'the folder is not empty',
};

/** Why the system refused, in words; undefined for an error that is not the system's. */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return reasons[String(error.code)] ?? error.message;
}

function readBytes(path: string): { readonly bytes: Buffer } | { readonly reason: string } {
  try {
    return { bytes: readFileSync(path) };
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return { reason };
  }
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): Reading {
  const offset = firstInvalid(bytes);
  if (offset !== undefined) return { problem: problem('not-text', { offset }) };
  const text = withoutMark(bytes);
  return text.trim() === '' ? { problem: problem('empty-file', {}) } : { text };
}

function withoutMark(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** The first byte that UTF-8 text cannot have at its place; a NUL byte is the sign of a binary file. */
function firstInvalid(bytes: Buffer): number | undefined {
  const nul = bytes.indexOf(0);
  if (isUtf8(bytes)) return nul === -1 ? undefined : nul;
  const decoded = Buffer.from(bytes.toString('utf8'));
  const different = decoded.findIndex((byte, i) => byte !== bytes[i]);
  return nul === -1 ? different : Math.min(nul, different);
}
