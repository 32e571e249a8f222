import { type Command, Option } from 'commander';
import { schemeNames, tableFormats } from '../index.ts';
import type { EmitOptions } from './commands/emit.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { dtypeRule, positiveNumber, wholeNumber } from './optionValues.ts';
import { openTerminal } from './terminal.ts';

/** Adds `emit`; its own code is loaded when it runs. */
export function addEmit(program: Command, ended: (status: ExitStatus) => void): void {
  const command = addWeightOptions(commandWithSpec(program, 'emit'))
    .summary('compile to a tfjs model, an ONNX file, a file of weights or one with the shape table')
    .description(
      'Compiles a spec and writes the files of a target. Nothing is written where the spec has errors; nothing is replaced without --force.',
    )
    .requiredOption(
      '-o, --output <path>',
      'tfjs: a new or empty folder; onnx: a file ending in .onnx, or a folder/; safetensors: a file ending in .safetensors; shapes: a file, or - for standard output',
    )
    .addOption(
      new Option(
        '--tfjs-format <format>',
        'tfjs: layers, or graph for inference only (default: layers)',
      ).choices(['layers', 'graph']),
    )
    .option('--shard-bytes <bytes>', 'tfjs: size of a weights file (default: 4194304)', positiveNumber)
    .option('--opset <version>', 'onnx: version of the operator set, 13 to 24 (default: 17)', positiveNumber)
    .option(
      '--external-data',
      'onnx: put tensors of 1024 bytes and more into FILE.onnx.data beside the model (default: only where one file would exceed 2 GiB)',
    )
    .option('--functions', 'onnx: keep each block that is called as a function of the model')
    .option('--end-points', 'make every end point an output of the model')
    .option(
      '--optimize',
      'tfjs, onnx: write the network as for inference only: without dropout, batch norms folded, constants computed',
    )
    .option('--force', 'replace files that exist')
    .option('-n, --dry-run', 'say what would be written, and write nothing')
    .addHelpText('after', emitExamples);
  for (const option of emitChoices()) command.addOption(option);
  command.action(async (spec: string, options: EmitOptions) => {
    const { emit } = await import('./commands/emit.ts');
    ended(await emit(spec, options, await openTerminal(colourOf(program))));
  });
}

/** Where the weights of an emitted model come from. */
function addWeightOptions(command: Command): Command {
  return command
    .option(
      '--weights <source>',
      'init (drawn by their initialisers), zeros, none, or a file: .safetensors, .safetensors.index.json, model.json of tf.js, .onnx; or a folder with one',
      'init',
    )
    .option('--seed <number>', 'seed of the initialisers', wholeNumber, 0)
    .option(
      '--weights-dtype <type>',
      'how weights are stored: float32, float16, bfloat16 (onnx, safetensors), uint8 or uint16 (tfjs, onnx), or pattern=type for those that a pattern fits (repeatable, the last that fits counts; default: float32)',
      dtypeRule,
    )
    .option(
      '--names <scheme>',
      `how the file of --weights calls them: ${schemeNames.join(', ')}, or a mapping file (default: ours)`,
    )
    .option('--allow-missing', 'draw the weights that the file does not hold')
    .option('--allow-unexpected', 'leave tensors of the file alone that are no weight of the network');
}

/** The options of `emit` whose values are a closed list. */
function emitChoices(): readonly Option[] {
  const layout = 'onnx: order of axes of inputs and outputs (default: spec)';
  const format =
    'shapes: form of the table (default: by the ending of the file: .txt .md .tex .html .csv .json)';
  return [
    new Option('-t, --target <target>', 'what to write')
      .choices(['tfjs', 'onnx', 'safetensors', 'shapes'])
      .makeOptionMandatory(),
    new Option('--layout <layout>', layout).choices(['spec', 'nhwc', 'nchw']),
    new Option('-f, --format <format>', format).choices(tableFormats),
  ];
}

const emitExamples = `
Examples:
  inception-cli emit specs/inception_v4.yaml --target tfjs -o inception_v4
  inception-cli emit specs/inception_v4.yaml --target onnx -o inception_v4.onnx --layout nchw
  inception-cli emit specs/inception_v4.yaml --target onnx -o graph.onnx --weights none
  inception-cli emit specs/resnet.yaml --variant 18 -t onnx -o resnet18.onnx --weights resnet18.safetensors --names torch
  inception-cli emit specs/inception_v4.yaml --target shapes -o docs/inception_v4.md`;
