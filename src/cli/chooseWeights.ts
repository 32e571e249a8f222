import { diagnose, type FittedFile, type TypedGraph, type WeightsOption } from '../index.ts';
import { type ExitStatus, exitStatus } from './exitStatus.ts';
import { report } from './loadSpec.ts';
import { openWeights, type WeightOptions } from './openWeights.ts';
import { refuse } from './refuse.ts';
import type { Terminal } from './terminal.ts';

/** Where the weights of a model come from, or how the command ends; `close` ends what was opened for them. */
export type Chosen = { readonly close: () => void } & (
  | { readonly option: WeightsOption }
  | { readonly status: ExitStatus }
);

/** Follows `--weights`: what of a file does not fit the network is said, and then nothing is to be written. */
export function chooseWeights(graph: TypedGraph, options: WeightOptions, terminal: Terminal): Chosen {
  const { weights, seed } = options;
  const lone = ['init', 'zeros', 'none'].includes(weights) ? optionOfFiles(options) : undefined;
  if (lone !== undefined) {
    return {
      status: refuse(`${lone} says how a file of weights is read; --weights names no file`, terminal),
      close: () => {},
    };
  }
  if (weights === 'init') return { option: { kind: 'init', seed }, close: () => {} };
  if (weights === 'zeros' || weights === 'none') return { option: { kind: weights }, close: () => {} };
  const { fitted, close } = openWeights(graph, options);
  if (fitted.ok) {
    terminal.say(summary(weights, fitted.value));
    return { option: { kind: 'given', source: fitted.value.source }, close };
  }
  const diagnostics = fitted.problems.map((problem) => diagnose(problem));
  report(diagnostics, terminal);
  terminal.say('nothing was written\n');
  const unreadable = fitted.problems.some(({ name }) => unread.includes(name));
  return { status: unreadable ? exitStatus.usage : exitStatus.findings, close };
}

/** An option that was given although it only says how a file is read. */
function optionOfFiles({ names, allowMissing, allowUnexpected }: WeightOptions): string | undefined {
  if (names !== undefined) return '--names';
  if (allowMissing !== undefined) return '--allow-missing';
  return allowUnexpected === undefined ? undefined : '--allow-unexpected';
}

/** What is said of files that could not be read at all. */
const unread: readonly string[] = ['unreadable-weights', 'weight-names'];

/** `102 weights from resnet18.safetensors, 2 drawn, 1 tensor left alone` */
function summary(file: string, { matched, missing, unexpected }: FittedFile): string {
  const parts = [
    `${counted(matched, 'weight')} from ${file}`,
    ...(missing.length === 0 ? [] : [`${missing.length} drawn`]),
    ...(unexpected.length === 0 ? [] : [`${counted(unexpected.length, 'tensor')} left alone`]),
  ];
  return `${parts.join(', ')}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
