import { type Command, Option } from 'commander';
import type { MemoryCommandOptions } from './commands/memory.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { dtypeRule } from './optionValues.ts';
import { openTerminal } from './terminal.ts';

/** Adds `memory`; its own code is loaded when it runs. */
export function addMemory(program: Command, ended: (status: ExitStatus) => void): void {
  const command = commandWithSpec(program, 'memory')
    .summary('say what a network takes in memory, and when it takes most')
    .description(
      'Says how many bytes the weights take by type; how many the values of one item of the batch take while the network runs in the order in which it stands, and at which node most; what any order takes at least; and the best order that a search finds. Nothing is taken to be computed in place.',
    )
    .option(
      '--weights-dtype <type>',
      'how weights are stored, as with emit: float32, float16, bfloat16, uint8, uint16, or pattern=type (repeatable)',
      dtypeRule,
    )
    .option('--order', 'print the best order')
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples);
  command.action(async (spec: string, options: MemoryCommandOptions) => {
    const { memory } = await import('./commands/memory.ts');
    ended(await memory(spec, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli memory specs/inception_v4.yaml
  inception-cli memory specs/unet.yaml --order
  inception-cli memory specs/bert.yaml --input input_ids=1,128 --weights-dtype float16
  inception-cli memory specs/unet.yaml --format json | jq .peaks`;
