import { fstatSync, type Stats, statSync } from 'node:fs';
import process from 'node:process';
import { type Paint, plain } from '../index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Colours for standard output (1) or error (2); chalk is loaded only where there are any. */
export async function paintFor(fd: 1 | 2, flag: boolean | undefined): Promise<Paint> {
  if (!(chosen(flag, process.env) ?? (await isColourTerminal(fd)))) return plain;
  const { Chalk } = await import('chalk');
  const { bold, dim, red, yellow, green, blue } = new Chalk({ level: 1 });
  return { bold, dim, red, yellow, green, blue };
}

/** What the user decided, by flag, then NO_COLOR, then FORCE_COLOR; undefined where nothing was. */
export function chosen(flag: boolean | undefined, env: Environment): boolean | undefined {
  if (flag !== undefined) return flag;
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return undefined;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

async function isColourTerminal(fd: 1 | 2): Promise<boolean> {
  return process.env.TERM !== 'dumb' && (await isTerminal(fd));
}

/** Whether a person is looking. node:tty takes milliseconds to load: what is no terminal is mostly told apart without it. */
export async function isTerminal(fd: 1 | 2): Promise<boolean> {
  try {
    const target = fstatSync(fd);
    if (!target.isCharacterDevice() || isNowhere(target)) return false;
  } catch {
    return false;
  }
  return (await import('node:tty')).isatty(fd);
}

/** `/dev/null`, where there is one: it is a character device, as a terminal is. */
function isNowhere({ rdev }: Stats): boolean {
  return statSync('/dev/null', { throwIfNoEntry: false })?.rdev === rdev;
}
