import process from 'node:process';
import { version } from '../index.ts';
import { type ExitStatus, exitStatus } from './exitStatus.ts';
import { out, say } from './terminal.ts';

/** Runs the command line with these arguments and sets the exit status of the process. */
export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await statusOf(args);
}

async function statusOf(args: readonly string[]): Promise<ExitStatus> {
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    out(`${version}\n`);
    return exitStatus.ok;
  }
  const { createProgram } = await import('./program.ts');
  let status: ExitStatus = exitStatus.ok;
  try {
    const ended = (code: ExitStatus) => {
      status = code;
    };
    await createProgram(version, ended, args).parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (isUsageError(error)) return error.exitCode === 0 ? exitStatus.ok : exitStatus.usage;
    say(faultReport(error));
    return exitStatus.fault;
  }
}

/** What commander throws after it has said what is wrong, or printed the help that was asked for. */
function isUsageError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** What to tell the user of a fault of ours, and what to ask of them. */
export function faultReport(error: unknown): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return [
    `inception-cli: internal fault: ${message}`,
    'This is a mistake in inception-cli, not in your spec. Please report it with the command line, the spec and these lines:',
    `  inception-cli ${version}, node ${process.version}, ${process.platform} ${process.arch}`,
    ...(stack ?? '').split('\n').map((line) => `  ${line.trim()}`),
    '',
  ].join('\n');
}
