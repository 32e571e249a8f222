import { type Command, Option } from 'commander';
import type { OpsOptions } from './commands/ops.ts';
import { colourOf } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `ops`; its own code is loaded when it runs. */
export function addOps(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('ops')
    .argument('[name]', 'the op whose page to print')
    .summary('list the ops, or print the page of one')
    .description(
      'Lists the ops that a spec can call: what each reads, which targets can say it, and what it does. With a name it prints the page of that op: its attributes with their defaults, examples with shapes and counts, what is refused, its weights, and what each target can say.',
    )
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples);
  command.action(async (name: string | undefined, options: OpsOptions) => {
    const { printOps } = await import('./commands/ops.ts');
    ended(printOps(name, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli ops
  inception-cli ops conv
  inception-cli ops --format json | jq -r '.ops[].name'`;
