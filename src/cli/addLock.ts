import type { Command } from 'commander';
import type { LockCommandOptions } from './commands/lock.ts';
import { colourOf } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `lock`; its own code is loaded when it runs. */
export function addLock(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('lock')
    .argument('<specs...>', 'specs, folders with specs, or patterns')
    .summary('write down what networks are, for `lint --locked`')
    .description(
      'Writes shapes of inputs, outputs, end points and weights, parameters and multiply-adds of every form of the specs to `inception.lock.json`, in this folder or in the nearest one above that has it. Entries of other specs stay, unless the spec is gone. `lint --locked` then reports every difference.',
    )
    .option('--root <folder>', 'folder that imports may not leave (default: the folder of the spec)')
    .addHelpText('after', examples);
  command.action(async (specs: readonly string[], options: LockCommandOptions) => {
    const { lock } = await import('./commands/lock.ts');
    ended(await lock(specs, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli lock specs
  inception-cli lint specs --locked`;
