import { Command, Option } from 'commander';
import { columnNames, defaultTolerance, formatChoices, schemeNames, tableFormats } from '../index.ts';
import { addFormat } from './addFormat.ts';
import type { EmitOptions } from './commands/emit.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { InferShapesOptions } from './commands/inferShapes.ts';
import type { VerifyOptions } from './commands/verify.ts';
import type { ExitStatus } from './exitStatus.ts';
import { addLint } from './lint/addLint.ts';
import {
  columnList,
  dtypeRule,
  inputShape,
  parameter,
  positiveNumber,
  tolerance,
  wholeNumber,
} from './optionValues.ts';
import { openTerminal, out, say } from './terminal.ts';

const statuses = `
Exit status:
  0  done
  1  the spec has errors, or its targets do not agree
     (format --check: also a file that would change)
  2  wrong command line, or a file that cannot be read, parsed or written
     (verify: also a runtime that is missing)
  3  a fault of this program`;

/** The command line, as commander has it. A command's own code is loaded when it runs; `ended` is told its status. */
export function createProgram(version: string, ended: (status: ExitStatus) => void): Command {
  const program = new Command('inception-cli')
    .description(
      'A compiler for neural-network architectures: one spec, exact shapes, a tfjs model and an ONNX graph.',
    )
    .version(version, '-V, --version', 'print the version')
    .option('--color', 'colour the output, also where it is not a terminal')
    .option('--no-color', 'do not colour the output (like NO_COLOR in the environment)')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', `${statuses}\n\nStart with:\n  inception-cli infer-shapes specs/inception_v4.yaml`)
    .configureOutput({ writeOut: out, writeErr: say })
    .exitOverride();
  addInferShapes(program, ended);
  addEmit(program, ended);
  addVerify(program, ended);
  addExplain(program, ended);
  addLint(program, async (specs, options) => {
    const { lintSpecs } = await import('./commands/lint.ts');
    ended(await lintSpecs(specs, options, await openTerminal(colourOf(program))));
  });
  addFormat(program, ended);
  return program;
}

function addInferShapes(program: Command, ended: (status: ExitStatus) => void): void {
  const command = commandWithSpec(program, 'infer-shapes')
    .summary('print the shape of every layer, its parameters and its multiply-adds')
    .description(
      'Prints the shape of every layer with its parameters and multiply-adds (MACs), as a table. What is wrong with the spec goes to standard error.',
    )
    .addOption(
      new Option('-f, --format <format>', 'form of the table').choices(tableFormats).default('table'),
    )
    .option('--columns <names>', `which columns, as a,b,c: ${columnNames.join(', ')}`, columnList)
    .option('--depth <parts>', 'fold blocks below this depth of the name into one row each', positiveNumber);
  command.addHelpText(
    'after',
    `
Examples:
  inception-cli infer-shapes specs/inception_v4.yaml
  inception-cli infer-shapes specs/inception_v4.yaml --depth 1
  inception-cli infer-shapes specs/inception_v4.yaml --input image=1,331,331,3 --set classes=10
  inception-cli infer-shapes specs/inception_v4.yaml --format json | jq .totals
  cat net.yaml | inception-cli infer-shapes - --stdin-filename net.yaml`,
  );
  command.action(async (spec: string, options: InferShapesOptions) => {
    const { inferShapes } = await import('./commands/inferShapes.ts');
    ended(await inferShapes(spec, options, await openTerminal(colourOf(program))));
  });
}

function addEmit(program: Command, ended: (status: ExitStatus) => void): void {
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
  const format = 'shapes: form of the table (default: by the ending of the file: .txt .md .csv .json)';
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

function addVerify(program: Command, ended: (status: ExitStatus) => void): void {
  const command = commandWithSpec(program, 'verify')
    .summary('run both targets with the same weights and compare every end point')
    .description(
      'Emits a network for ONNX and for tf.js with the same drawn weights (biases and moving statistics too, so that a wrong one shows), runs both models on the same random inputs in onnxruntime-node and @tensorflow/tfjs, and compares the shape and the values of every end point. The runtimes are taken from the working folder, or from where this program is installed. A symbol that --input leaves open is 2 on the first axis of an input, and elsewhere 5 or more: the smallest size that fits.',
    )
    .option('--samples <count>', 'how many random inputs', positiveNumber, 1)
    .option(
      '--tolerance <number>',
      'greatest difference, relative to the greatest magnitude of the end point; whole numbers and truths must be equal',
      tolerance,
      defaultTolerance,
    )
    .option('--seed <number>', 'seed of the weights and of the first input', wholeNumber, 0)
    .addOption(
      new Option(
        '--tfjs-format <format>',
        'which tf.js model (default: layers where it can say the network, else graph)',
      ).choices(formatChoices),
    )
    .option(
      '--optimize',
      'compare the models that `emit --optimize` writes, at the end points that they keep',
    )
    .option('--time-limit <seconds>', 'how long a runtime may take before it is ended', positiveNumber, 300)
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', verifyExamples);
  command.action(async (spec: string, options: VerifyOptions) => {
    const { verify } = await import('./commands/verify.ts');
    ended(await verify(spec, options, await openTerminal(colourOf(program))));
  });
}

const verifyExamples = `
Examples:
  inception-cli verify specs/inception_v4.yaml
  inception-cli verify specs/unet.yaml --input image=1,188,204,1 --samples 3
  inception-cli verify specs/inception_v3.yaml --tfjs-format both --tolerance 1e-5
  inception-cli verify specs/bert.yaml --format json | jq .firstDifference`;

function addExplain(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('explain')
    .argument('<what>', 'NODE.ATTRIBUTE, NODE.shape, NODE (its full name), or a code as INC301')
    .summary('say where an attribute or a shape came from, or what an error code means')
    .description(
      'Says where the value of an attribute came from (the step, a line of `defaults`, a param and who gave it, the op), how each axis of a shape came about, or, without a spec, what an error code means.',
    )
    .option('--spec <file>', 'YAML or JSON file of the network; - is standard input');
  withSpecOptions(command)
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', explainExamples);
  command.action(async (what: string, options: ExplainOptions) => {
    const { explainWhat } = await import('./commands/explain.ts');
    ended(await explainWhat(what, options, await openTerminal(colourOf(program))));
  });
}

const explainExamples = `
Examples:
  inception-cli explain stem/Conv2d_2b_3x3.padding --spec specs/inception_v4.yaml
  inception-cli explain Mixed_5b.shape --spec specs/inception_v4.yaml
  inception-cli explain Logits --spec specs/inception_v4.yaml --set classes=10
  inception-cli explain INC301`;

/** A command on one spec, with the options that say how the spec is built. */
function commandWithSpec(program: Command, name: string): Command {
  return withSpecOptions(
    program.command(name).argument('<spec>', 'YAML or JSON file of the network; - is standard input'),
  );
}

function withSpecOptions(command: Command): Command {
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
    .option('--stdin-filename <name>', 'what messages call standard input, and where its imports are')
    .showHelpAfterError(`(inception-cli ${command.name()} --help shows all options)`);
}

function colourOf(program: Command): boolean | undefined {
  const { color } = program.opts<{ color?: boolean }>();
  return color;
}
