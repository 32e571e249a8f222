import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../../bin/inception-cli.js', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy of the command line. */
  readonly program?: string;
}

/** Runs the built command line as a process of its own; no colour is asked for or forbidden unless `env` does. */
export function runCli(args: readonly string[], { cwd, input, env, program = bin }: Surroundings = {}): Run {
  const { NO_COLOR: _n, FORCE_COLOR: _f, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    input,
    env: { ...inherited, ...env },
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** A new folder with these files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'inception-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A spec of a conv, a pooling and a dense layer. */
export const smallSpec = `\
inception: 1
name: small
inputs:
  image: [N, 9, 9, 3]
params:
  classes: 10
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: valid }
    name: conv_1
    expect: [N, 4, 4, 8]
  - global_avg_pool
  - dense: $classes
    name: logits
`;

/** The same with a claim that does not hold. */
export const wrongClaim = smallSpec.replace('[N, 4, 4, 8]', '[N, 5, 4, 8]');
