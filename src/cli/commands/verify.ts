import {
  chooseSizes,
  emitModels,
  type FormatChoice,
  isVerified,
  openSymbols,
  printVerification,
  type TypedGraph,
  type Verification,
  verificationData,
} from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { loadSpec, reportOfNodes, type SpecOptions } from '../loadSpec.ts';
import { activity } from '../progress.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { findRuntimes } from '../verify/runtimes.ts';
import { runVerification, type VerificationSettings } from '../verify/runVerification.ts';

export interface VerifyOptions extends SpecOptions {
  readonly samples: number;
  readonly tolerance: number;
  readonly seed: number;
  readonly tfjsFormat?: FormatChoice;
  readonly optimize?: boolean;
  /** Seconds. */
  readonly timeLimit: number;
  readonly format: 'text' | 'json';
}

/** `verify`: runs both targets with the same weights and inputs, and compares every end point. */
export async function verify(spec: string, options: VerifyOptions, terminal: Terminal): Promise<ExitStatus> {
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined || status !== exitStatus.ok) {
    terminal.say('nothing was compared\n');
    return status;
  }
  const emitted = emitModels(graph, {
    seed: options.seed,
    format: options.tfjsFormat,
    optimize: options.optimize,
  });
  if (!emitted.ok) {
    reportOfNodes(emitted.problems, terminal);
    terminal.say('nothing was compared\n');
    return exitStatus.findings;
  }
  const settings = settingsOf(graph, options);
  if (typeof settings === 'string') return refuse(settings, terminal);
  const { begin, done } = await activity();
  const verification = await runVerification(graph, emitted.models, { ...settings, begin }).finally(done);
  if ('unstarted' in verification)
    return refuse(
      `${verification.unstarted} is installed and does not start: ${verification.error}`,
      terminal,
    );
  terminal.out(printed(verification, options.format, terminal));
  return isVerified(verification) ? exitStatus.ok : exitStatus.findings;
}

/** A string says what is missing. */
function settingsOf(graph: TypedGraph, options: VerifyOptions): VerificationSettings | string {
  const sizes = chooseSizes(graph);
  if (sizes === undefined) {
    const symbols = openSymbols(graph).join(', ');
    return `no small sizes of ${symbols} were found that fit the network; give its inputs shapes, as --input image=1,224,224,3`;
  }
  const found = findRuntimes();
  if ('missing' in found) {
    const names = found.missing.join(' and ');
    return `verify runs the models in runtimes that are not installed here: ${names}; npm install --save-dev ${found.missing.join(' ')}`;
  }
  const { seed, samples, tolerance, timeLimit } = options;
  return { ...found, sizes, seed, samples, tolerance, limitMs: timeLimit * 1000 };
}

function printed(
  verification: Verification,
  format: VerifyOptions['format'],
  { outPaint }: Terminal,
): string {
  if (format === 'json') return `${JSON.stringify(verificationData(verification), null, 2)}\n`;
  return printVerification(verification, outPaint);
}
