import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { ReadFile } from '../../index.ts';
import { slashed, systemReason, textOf } from '../files.ts';

/** Reads files as a revision has them, or says why there is no such revision. */
export type Revision = { readonly readFile: ReadFile } | { readonly reason: string };

type Answer = { readonly bytes: Buffer } | { readonly reason: string };

/** More than any spec has. */
const mostBytes = 64 * 1024 * 1024;

/** Opens a revision of the repository that `path` is in. */
export function openRevision(revision: string, path: string): Revision {
  const folder = existsSync(dirname(path)) ? dirname(path) : '.';
  const inside = git(folder, ['rev-parse', '--is-inside-work-tree']);
  if ('reason' in inside) {
    return { reason: `${path} is in no repository of git${because(inside.reason)}` };
  }
  // Git would take it for an option.
  const resolved = revision.startsWith('-')
    ? undefined
    : git(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  if (resolved === undefined || 'reason' in resolved) {
    return { reason: `git knows no revision \`${revision}\`` };
  }
  const commit = resolved.bytes.toString('utf8').trim();
  return {
    readFile: (file) => {
      const name = slashed(relative(folder, file));
      const blob = git(folder, ['cat-file', 'blob', `${commit}:./${name}`]);
      return 'reason' in blob ? { reason: `revision ${revision} has no such file` } : textOf(blob.bytes);
    },
  };
}

/** Runs git without a shell; what it prints, or why it failed. */
function git(folder: string, args: readonly string[]): Answer {
  try {
    const bytes = execFileSync('git', ['-C', folder, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: mostBytes,
    });
    return { bytes };
  } catch (error) {
    const reason = systemReason(error);
    return { reason: reason === undefined ? '' : 'git cannot be run' };
  }
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
