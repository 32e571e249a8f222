import { writeSync } from 'node:fs';
import process from 'node:process';
import type { Paint } from '../index.ts';
import { paintFor } from './paint.ts';

/** Where a command's words go: data to `out`, everything else to `say`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly say: (text: string) => void;
  readonly outPaint: Paint;
  readonly sayPaint: Paint;
}

/** The terminal of this process; `colour` is the choice made by flag, if one was. */
export async function openTerminal(colour: boolean | undefined): Promise<Terminal> {
  return { out, say, outPaint: await paintFor(1, colour), sayPaint: await paintFor(2, colour) };
}

/** Writes to standard output. A reader that has gone away (`| head`) ends the process quietly. */
export function out(text: string): void {
  writeFully(1, text);
}

/** One line on standard error, where everything but data goes. */
export function say(text: string): void {
  writeFully(2, text);
}

/** Written at once, which is faster than the streams of `process` and loses nothing at the end of the process. */
function writeFully(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE') process.exit(process.exitCode ?? 0);
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

/** A pipe that another program made non-blocking is full: wait for its reader. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
