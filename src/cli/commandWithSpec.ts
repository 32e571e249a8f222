import type { Command } from 'commander';
import { inputShape, parameter } from './optionValues.ts';

/** A command on one spec, with the options that say how the spec is built. */
export function commandWithSpec(program: Command, name: string): Command {
  return withSpecOptions(
    program.command(name).argument('<spec>', 'YAML or JSON file of the network; - is standard input'),
  );
}

/** The options that say how a spec is built. */
export function withSpecOptions(command: Command): Command {
  return command
    .option(
      '--input <name=shape>',
      'shape of an input, as image=1,299,299,3 (repeatable; names are symbols)',
      inputShape,
    )
    .option('--set <name=value>', 'value of a param of the spec, as classes=10 (repeatable)', parameter)
    .option('--variant <name>', 'variant of the spec')
    .option('--until <name>', 'build only what this end point needs, and make it the output')
    .option('--root <folder>', 'folder that imports may not leave (default: the folder of the spec)')
    .option('--stdin-filename <name>', 'what messages call standard input, and where its imports are');
}

/** The choice of colours that was made by flag, if one was. */
export function colourOf(program: Command): boolean | undefined {
  const { color } = program.opts<{ color?: boolean }>();
  return color;
}
