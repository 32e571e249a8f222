import { type ExitStatus, exitStatus } from './exitStatus.ts';
import type { Terminal } from './terminal.ts';

/** Says why a command line cannot be followed. */
export function refuse(reason: string, { say, sayPaint }: Terminal): ExitStatus {
  say(`${sayPaint.bold(sayPaint.red('error:'))} ${reason}\n`);
  return exitStatus.usage;
}
