import { type DTypeRule, memoryData, memoryOf, printMemory, storedAs } from '../../index.ts';
import type { ExitStatus } from '../exitStatus.ts';
import { loadSpec, type SpecOptions } from '../loadSpec.ts';
import { printReport } from '../printReport.ts';
import type { Terminal } from '../terminal.ts';

export interface MemoryCommandOptions extends SpecOptions {
  readonly format: 'text' | 'json';
  readonly order?: boolean;
  readonly weightsDtype?: readonly DTypeRule[];
}

/** `memory`: what a network takes in memory, to standard output, also where a claim fails. */
export async function memory(
  spec: string,
  options: MemoryCommandOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined) return status;
  const { format, order = false, weightsDtype = [] } = options;
  const text = () => {
    const taken = memoryOf(graph, { storedAs: storedAs(weightsDtype) });
    return format === 'json'
      ? `${JSON.stringify(memoryData(graph, taken), null, 2)}\n`
      : printMemory(taken, { order, paint: terminal.outPaint });
  };
  return printReport({ graph, status }, { memory: true }, text, terminal);
}
