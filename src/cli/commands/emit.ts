import {
  blobBytes,
  type Optimized,
  optimize,
  printPasses,
  type Rounding,
  type TypedGraph,
} from '../../index.ts';
import { chooseWeights } from '../chooseWeights.ts';
import { deliver } from '../deliver.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { loadSpec, reportOfNodes, type SpecOptions } from '../loadSpec.ts';
import type { WeightOptions } from '../openWeights.ts';
import { refuse } from '../refuse.ts';
import {
  foreignOption,
  type TargetName,
  type TargetOptions,
  targetOf,
  type WeightedOptions,
} from '../targets.ts';
import type { Terminal } from '../terminal.ts';

export interface EmitOptions extends SpecOptions, TargetOptions, WeightOptions {
  readonly target: TargetName;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/** `emit`: compiles a spec for a target. Nothing is written where the spec has errors. */
export async function emit(spec: string, options: EmitOptions, terminal: Terminal): Promise<ExitStatus> {
  const foreign = foreignOption(options.target, options);
  if (foreign !== undefined) {
    return refuse(`${foreign} is not an option of --target ${options.target}`, terminal);
  }
  if (options.weights === 'none' && options.weightsDtype !== undefined) {
    return refuse(
      '--weights-dtype says how weights are stored; with --weights none there are none',
      terminal,
    );
  }
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined || status !== exitStatus.ok) {
    terminal.say('nothing was written\n');
    return status;
  }
  const weights = chooseWeights(graph, options, terminal);
  try {
    if (!('option' in weights)) return weights.status;
    return await write(graph, { ...options, weightsFrom: weights.option }, terminal);
  } finally {
    weights.close();
  }
}

async function write(
  graph: TypedGraph,
  options: EmitOptions & WeightedOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { target, output } = options;
  const destination = targetOf(target).destination(output, graph.name);
  if (typeof destination === 'string') return refuse(`--output ${output}: ${destination}`, terminal);
  const made = optimized(graph, options);
  const emitted = targetOf(target).emit(made.graph, options, destination.fileName);
  if (!emitted.ok) {
    reportOfNodes(emitted.problems, terminal);
    terminal.say('nothing was written\n');
    return exitStatus.findings;
  }
  terminal.say(printPasses([...made.passes, ...(emitted.passes ?? [])], made.gone));
  if (output !== '-') {
    const status = await deliver({ ...options, destination, files: emitted.files }, terminal);
    if (status === exitStatus.ok && emitted.rounding !== undefined)
      terminal.say(roundingLine(emitted.rounding));
    return status;
  }
  for (const { content } of emitted.files) terminal.out(new TextDecoder().decode(blobBytes(content)));
  return exitStatus.ok;
}

/** `uint8: no weight is off by more than 0.0021 (conv_1/kernel)` */
function roundingLine({ weight, dtype, largestError }: Rounding): string {
  return `${dtype}: no weight is off by more than ${largestError.toPrecision(2)} (${weight})\n`;
}

/** The network as it is to be written, and what was done to it. Who gives the weights later has those of the spec. */
function optimized(graph: TypedGraph, options: EmitOptions & WeightedOptions): Optimized {
  const { optimize: asked, endPoints = false, weightsFrom } = options;
  return asked === true
    ? optimize(graph, { endPoints, foldsWeights: weightsFrom.kind !== 'none' })
    : { graph, passes: [], gone: [] };
}
