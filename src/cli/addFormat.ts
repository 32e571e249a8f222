import type { Command } from 'commander';
import type { FormatOptions } from './commands/format.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `format`; its own code is loaded when it runs. */
export function addFormat(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('format')
    .argument('<files...>', 'specs, folders of specs, or patterns as specs/**/*.yaml; - is standard input')
    .summary('write specs in their canonical form')
    .description(
      'Writes specs in their canonical form, in place: two columns to a level, one kind of spaces, no needless quotes, keys of steps in one order. Values, comments and the form of numbers stay as they are. A file that has the form already is not touched, and one that cannot be read is left as it is. Standard input is written to standard output.',
    )
    .option(
      '--check',
      'write nothing; list the files that would change, and end with status 1 where there are any',
    )
    .option('--diff', 'write nothing; print what would change')
    .option('--stdin-filename <name>', 'what messages call standard input, and whether it is JSON')
    .addHelpText('after', examples);
  command.action(async (files: readonly string[], options: FormatOptions) => {
    const { format } = await import('./commands/format.ts');
    const { color } = program.opts<{ color?: boolean }>();
    ended(await format(files, options, await openTerminal(color)));
  });
}

const examples = `
Examples:
  inception-cli format specs
  inception-cli format --check specs 'models/**/*.yaml'
  inception-cli format --diff net.yaml | less
  cat net.yaml | inception-cli format - --stdin-filename net.yaml`;
