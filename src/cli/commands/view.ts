import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { report, type SpecOptions } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { compileSpec } from '../view/compileSpec.ts';
import { pageOf } from '../view/pageOf.ts';
import { deliverText, type FoldOptions, refuseUnknown } from './draw.ts';

export interface ViewOptions extends SpecOptions, FoldOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly serve?: boolean;
  readonly port: number;
}

/** `view`: a page that shows a network, as a file or served to a browser. */
export async function view(spec: string, options: ViewOptions, terminal: Terminal): Promise<ExitStatus> {
  if (options.serve === true) {
    if (options.output !== undefined) return refuse('--serve writes no file; leave out --output', terminal);
    if (spec === '-') return refuse('--serve watches a file; standard input cannot be watched', terminal);
    const { serve } = await import('../view/serve.ts');
    return await serve(spec, options, terminal);
  }
  const compiled = await compileSpec(spec, options);
  report(compiled.diagnostics, terminal);
  const { graph, status } = compiled;
  if (graph === undefined) {
    terminal.say('nothing was written\n');
    return status;
  }
  const unknown = refuseUnknown(graph, options, terminal);
  if (unknown !== undefined) return unknown;
  const page = pageOf(compiled, options, { live: false });
  const { output = '-' } = options;
  if (output === '-') {
    terminal.out(page);
    return status;
  }
  const delivered = await deliverText(output, page, { force: options.force === true, terminal });
  return delivered === exitStatus.ok ? status : delivered;
}
