import { type Command, Option } from 'commander';
import type { DiffOptions } from './commands/diff.ts';
import { colourOf, withSpecOptions } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { inputShape, parameter } from './optionValues.ts';
import { openTerminal } from './terminal.ts';

/** Adds `diff`; its own code is loaded when it runs. */
export function addDiff(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('diff')
    .argument('<before>', 'the spec to compare with; with --against, the spec itself')
    .argument('[after]', 'the other spec')
    .summary('compare two specs, or two revisions of one')
    .description(
      'Compares two networks by the full names of their layers: shapes, parameters, multiply-adds, inputs and outputs, and the weights of a checkpoint that would no longer load. Status 1 says that the change is breaking: a weight is gone or has another shape, an input or output is another or has another place, or what was said of its numbers. The --before and --after options count for one of the two networks only; with them one spec can be compared with another form of itself.',
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
  withSpecOptions(command);
  for (const side of ['before', 'after']) {
    command
      .option(`--${side}-input <name=shape>`, `--input, for the network ${side} only`, inputShape)
      .option(`--${side}-set <name=value>`, `--set, for the network ${side} only`, parameter)
      .option(`--${side}-variant <name>`, `--variant, for the network ${side} only`);
  }
  command.addHelpText('after', examples);
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
  inception-cli diff specs/resnet.yaml --before-variant 18 --after-variant 34
  inception-cli diff net.yaml --against HEAD --weights model.safetensors`;
