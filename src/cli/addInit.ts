import { type Command, Option } from 'commander';
import type { InitOptions } from './commands/init.ts';
import { colourOf } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { templateNames } from './init/templateNames.ts';
import { openTerminal } from './terminal.ts';

/** Adds `init`; its own code is loaded when it runs. */
export function addInit(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('init')
    .argument('[file]', 'what to write (default: TEMPLATE.yaml, or inception.config.yaml)')
    .summary('write a starter spec')
    .description(
      'Writes a spec to begin with: it compiles, `lint` finds nothing in it, and its first line tells editors where the schema is. That is the one of the installed package, or, where none is installed for the folder, a copy in `.inception` beside the file. A file that is there already is not overwritten.',
    )
    .addOption(
      new Option('-t, --template <name>', 'what to begin with').choices(templateNames).default('conv'),
    )
    .option('--config', 'write a starter configuration of `lint` instead')
    .option('--force', 'overwrite the file')
    .addHelpText('after', examples);
  command.action(async (file: string | undefined, options: InitOptions) => {
    const { init } = await import('./commands/init.ts');
    ended(await init(file, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli init
  inception-cli init net.yaml --template resnet
  inception-cli init --config`;
