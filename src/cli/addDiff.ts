import { type Command, Option } from 'commander';
import type { DiffOptions } from './commands/diff.ts';
import { colourOf, withSpecOptions } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `diff`; its own code is loaded when it runs. */
export function addDiff(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('diff')
    .argument('<before>', 'the spec to compare with; with --against, the spec itself')
    .argument('[after]', 'the other spec')
    .summary('compare two specs, or two revisions of one')
    .description(
      'Compares two networks by the full names of their layers: shapes, parameters, multiply-adds, inputs and outputs, and the weights of a checkpoint that would no longer load. Status 1 says that the change is breaking: a weight is gone or has another shape, or an input or output is another.',
    )
    .option(
      '--against <revision>',
      'compare with the spec at this revision of git; a..b compares two of them',
    )
    .option('--weights <file>', 'say also what of this file of weights does not fit the network after')
    .option('--names <scheme>', 'how --weights calls the weights, as for emit')
    .addOption(
      new Option('-f, --format <format>', 'form of the answer')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    );
  withSpecOptions(command).addHelpText('after', examples);
  command.action(async (before: string, after: string | undefined, options: DiffOptions) => {
    const { diff } = await import('./commands/diff.ts');
    ended(await diff([before, after], options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli diff specs/inception_v3.yaml specs/inception_v4.yaml
  inception-cli diff specs/inception_v4.yaml --against main
  inception-cli diff specs/inception_v4.yaml --against v1.0..v1.1 --format markdown
  inception-cli diff net.yaml --against HEAD --weights model.safetensors`;
