import { compile, describeOp, diagnose, listOps, type OpSummary } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { report } from '../loadSpec.ts';
import type { Terminal } from '../terminal.ts';

export interface OpsOptions {
  readonly format: 'text' | 'json';
}

/** `ops`: every op in a line, or the page of one. */
export function printOps(name: string | undefined, options: OpsOptions, terminal: Terminal): ExitStatus {
  if (name !== undefined) return printOp(name, options, terminal);
  const ops = listOps();
  terminal.out(options.format === 'json' ? data({ ops }) : listed(ops, terminal));
  return exitStatus.ok;
}

function printOp(name: string, { format }: OpsOptions, terminal: Terminal): ExitStatus {
  const described = describeOp(name, compile);
  if (!described.ok) {
    report(
      described.problems.map((found) => diagnose(found)),
      terminal,
    );
    return exitStatus.usage;
  }
  terminal.out(format === 'json' ? data({ op: described.value }) : described.value.page);
  return exitStatus.ok;
}

function data(content: object): string {
  return `${JSON.stringify({ formatVersion: 1, ...content }, null, 2)}\n`;
}

/** Name, inputs, targets and summary, in columns. */
function listed(ops: readonly OpSummary[], { outPaint }: Terminal): string {
  const rows = ops.map(({ name, inputs, targets, summary }) => ({
    cells: [name, inputsText(inputs), targets.join(' ')],
    summary,
  }));
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map(({ cells }) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ');
  return rows.map(({ cells, summary }) => `${outPaint.bold(line(cells))}  ${summary}\n`).join('');
}

function inputsText(inputs: OpSummary['inputs']): string {
  if ('atLeast' in inputs) return `${inputs.atLeast} or more`;
  return inputs.length === 0 ? '-' : inputs.join(' ');
}
