import { type Command, Option } from 'commander';
import type { ReceptiveFieldOptions } from './commands/receptiveField.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `receptive-field`; its own code is loaded when it runs. */
export function addReceptiveField(program: Command, ended: (status: ExitStatus) => void): void {
  const command = commandWithSpec(program, 'receptive-field')
    .summary('say which pixels of the input each end point reads')
    .description(
      'Prints for each end point how many pixels of the input one position reads (the receptive field), how many pixels lie between positions (the effective stride), how far the field of position 0 begins before the first pixel (the effective padding), and where branches meet that do not lie over the same pixels.',
    )
    .option('--all', 'every value, not only end points')
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples);
  command.action(async (spec: string, options: ReceptiveFieldOptions) => {
    const { receptiveField } = await import('./commands/receptiveField.ts');
    ended(await receptiveField(spec, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli receptive-field specs/inception_v4.yaml
  inception-cli receptive-field specs/mobilenet_v1.yaml --until conv_pw_13 --input image=N,H,W,3
  inception-cli receptive-field specs/unet.yaml --format json | jq .misaligned
  inception-cli infer-shapes specs/vgg.yaml --columns name,output,receptive_field,stride,offset`;
