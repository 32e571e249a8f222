import { Command, Option } from 'commander';
import { columnNames, conventions, defaultTolerance, formatChoices, tableFormats } from '../index.ts';
import { addClaims } from './addClaims.ts';
import { addCompletion } from './addCompletion.ts';
import { addConfig } from './addConfig.ts';
import { addDiff } from './addDiff.ts';
import { addDraw } from './addDraw.ts';
import { addEmit } from './addEmit.ts';
import { addFormat } from './addFormat.ts';
import { addInit } from './addInit.ts';
import { addLock } from './addLock.ts';
import { addMemory } from './addMemory.ts';
import { addOps } from './addOps.ts';
import { addReceptiveField } from './addReceptiveField.ts';
import { addRules } from './addRules.ts';
import { addSchema } from './addSchema.ts';
import { addSizes } from './addSizes.ts';
import { addView } from './addView.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { InferShapesOptions } from './commands/inferShapes.ts';
import type { VerifyOptions } from './commands/verify.ts';
import { colourOf, commandWithSpec, withSpecOptions } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { addLint } from './lint/addLint.ts';
import { columnList, positiveNumber, tolerance, wholeNumber } from './optionValues.ts';
import { openTerminal, out, say } from './terminal.ts';

const statuses = `
Exit status:
  0  done
  1  the spec has errors, or its targets do not agree
     (format --check: also a file that would change; diff: a breaking change)
  2  wrong command line, or a file that cannot be read, parsed or written
     (verify: also a runtime that is missing)
  3  a fault of this program`;

/** Every command under its name, in the order in which help lists them. */
const commands: Readonly<Record<string, (program: Command, ended: (status: ExitStatus) => void) => void>> = {
  'infer-shapes': addInferShapes,
  emit: addEmit,
  memory: addMemory,
  'receptive-field': addReceptiveField,
  verify: addVerify,
  explain: addExplain,
  lint: addLint,
  sizes: addSizes,
  rules: addRules,
  draw: addDraw,
  view: addView,
  config: addConfig,
  claims: addClaims,
  diff: addDiff,
  lock: addLock,
  format: addFormat,
  ops: addOps,
  init: addInit,
  schema: addSchema,
  completion: addCompletion,
};

/** Whether a run that begins with this word needs no other command: all are hundreds of options, of which it reads few. */
function isAlone(word: string | undefined): boolean {
  return word !== undefined && word !== 'completion' && Object.hasOwn(commands, word);
}

/**
 * The command line, as commander has it; all of it where no arguments are given. A command's own code is loaded when it
 * runs; `ended` is told its status.
 */
export function createProgram(
  version: string,
  ended: (status: ExitStatus) => void,
  args: readonly string[] = [],
): Command {
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
  const [asked] = args;
  for (const [name, add] of Object.entries(commands))
    if (name === asked || !isAlone(asked)) add(program, ended);
  for (const command of program.commands)
    command.showHelpAfterError(`(inception-cli ${command.name()} --help shows all options)`);
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
    .option('--depth <parts>', 'fold blocks below this depth of the name into one row each', positiveNumber)
    .addOption(
      new Option(
        '--convention <name>',
        'what is counted as the cost: multiply-adds, all operations, or what another tool counts (default: macs)',
      ).choices(conventions),
    );
  command.addHelpText(
    'after',
    `
Examples:
  inception-cli infer-shapes specs/inception_v4.yaml
  inception-cli infer-shapes specs/inception_v4.yaml --depth 1
  inception-cli infer-shapes specs/inception_v4.yaml --depth 1 --convention fvcore
  inception-cli infer-shapes specs/inception_v4.yaml --input image=1,331,331,3 --set classes=10
  inception-cli infer-shapes specs/inception_v4.yaml --format json | jq .totals
  cat net.yaml | inception-cli infer-shapes - --stdin-filename net.yaml`,
  );
  command.action(async (spec: string, options: InferShapesOptions) => {
    const { inferShapes } = await import('./commands/inferShapes.ts');
    ended(await inferShapes(spec, options, await openTerminal(colourOf(program))));
  });
}

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
