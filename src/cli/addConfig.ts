import { type Command, Option } from 'commander';
import type { ConfigCommandOptions } from './commands/config.ts';
import { colourOf } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { addConfigOptions } from './lint/addLint.ts';
import { openTerminal } from './terminal.ts';

/** Adds `config`; its own code is loaded when it runs. */
export function addConfig(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('config')
    .argument('[spec]', 'a spec (default: what holds in this folder, before overrides)')
    .summary('print how the rules of lint are set, and what set them')
    .description(
      'Prints the level and the options of every rule as they hold in a spec, and where each comes from: a set, a line of a configuration file, an override, an option, or `lint` in the spec. The options are those of `lint`.',
    );
  addConfigOptions(command)
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples);
  command.action(async (spec: string | undefined, options: ConfigCommandOptions) => {
    const { printConfig } = await import('./commands/config.ts');
    ended(await printConfig(spec, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli config
  inception-cli config sketches/net.yaml --target onnx
  inception-cli config net.yaml --format json | jq '.rules[] | select(.level != "off")'`;
