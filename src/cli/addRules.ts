import { type Command, Option } from 'commander';
import type { RulesOptions } from './commands/rules.ts';
import { colourOf } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `rules`; its own code is loaded when it runs. */
export function addRules(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('rules')
    .summary('list the rules of lint')
    .description(
      'Lists the rules of `lint`: code, id, level, the set that each belongs to, and what it reports. `inception-cli explain CODE` has the whole page of one.',
    )
    .addOption(
      new Option('-f, --format <format>', 'form of the list').choices(['table', 'json']).default('table'),
    );
  command.action(async (options: RulesOptions) => {
    const { listRules } = await import('./commands/rules.ts');
    ended(listRules(options, await openTerminal(colourOf(program))));
  });
}
