import { type Command, Option } from 'commander';
import { themes } from '../index.ts';
import type { DrawOptions } from './commands/draw.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { anotherName, positiveNumber } from './optionValues.ts';
import { openTerminal } from './terminal.ts';

/** Adds `draw`; its own code is loaded when it runs. */
export function addDraw(program: Command, ended: (status: ExitStatus) => void): void {
  const command = withFoldOptions(commandWithSpec(program, 'draw'))
    .summary('draw the network as SVG')
    .description(
      'Draws the network as an SVG picture: a box for each step, blocks as boxes around them, shapes beside the lines. Copies that a `repeat` made are drawn once, with their number. Without --depth, --fold and --unfold blocks are open as deep as a person can survey.',
    )
    .option('-o, --output <file>', 'file to write (default: standard output)')
    .option('--force', 'replace a file that exists')
    .addOption(
      new Option('--theme <theme>', 'colours; auto follows what the reader prefers')
        .choices(themes)
        .default('auto'),
    )
    .addHelpText('after', examples);
  command.action(async (spec: string, options: DrawOptions) => {
    const { draw } = await import('./commands/draw.ts');
    ended(await draw(spec, options, await openTerminal(colourOf(program))));
  });
}

/** The options that say which blocks of a picture are open. */
export function withFoldOptions(command: Command): Command {
  return command
    .option('--depth <parts>', 'fold blocks below this depth of the name into one box each', positiveNumber)
    .option('--fold <name>', 'fold this block into one box (repeatable)', anotherName)
    .option('--unfold <name>', 'open this block and those around it (repeatable)', anotherName)
    .option('--unroll', 'draw each copy that a `repeat` made');
}

const examples = `
Examples:
  inception-cli draw specs/inception_v4.yaml -o inception_v4.svg
  inception-cli draw specs/inception_v4.yaml --depth 1 --unfold stem -o overview.svg
  inception-cli draw specs/resnet.yaml --variant 101 --theme light > resnet.svg`;
