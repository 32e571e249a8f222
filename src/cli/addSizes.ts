import { type Command, Option } from 'commander';
import type { SizesCommandOptions } from './commands/sizes.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { positiveNumber } from './optionValues.ts';
import { openTerminal } from './terminal.ts';

/** Adds `sizes`; its own code is loaded when it runs. */
export function addSizes(program: Command, ended: (status: ExitStatus) => void): void {
  const command = commandWithSpec(program, 'sizes')
    .summary('say which input sizes a network accepts')
    .description(
      'Says exactly which heights, widths or lengths of its inputs a network accepts, because of which nodes, and at which no window leaves out the end of its map. The spec need not fit the size it is written with.',
    )
    .option('--near <size>', 'the sizes nearest to this one', positiveNumber)
    .option(
      '--try-up-to <size>',
      'where sizes cannot be worked out, try each up to this one (default: 512)',
      positiveNumber,
    )
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    );
  command.addHelpText(
    'after',
    `
Examples:
  inception-cli sizes specs/inception_v4.yaml
  inception-cli sizes specs/unet.yaml --near 500
  inception-cli sizes specs/vgg.yaml --input image=N,224,W,3`,
  );
  command.action(async (spec: string, options: SizesCommandOptions) => {
    const { sizes } = await import('./commands/sizes.ts');
    ended(await sizes(spec, options, await openTerminal(colourOf(program))));
  });
}
