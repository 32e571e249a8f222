import { compile, type Diagnostic, hasErrors, type TypedGraph } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { readImport } from '../files.ts';
import { compileOptions, readSource, type SpecOptions } from '../loadSpec.ts';

/** A spec as it is now, and the files that it was made of. */
export interface CompiledSpec {
  readonly source: string;
  readonly graph?: TypedGraph | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly status: ExitStatus;
  readonly variant?: string | undefined;
  /** The spec and what it imports, also what could not be read: all that may change what is shown. */
  readonly files: readonly string[];
}

/** Reads and compiles a spec without a word about it. */
export async function compileSpec(path: string, options: SpecOptions): Promise<CompiledSpec> {
  const read = await readSource(path, options.stdinFilename);
  if ('diagnostic' in read) {
    return { source: path, diagnostics: [read.diagnostic], status: exitStatus.usage, files: [path] };
  }
  const files = new Set([path]);
  const { name, text } = read.source;
  const { graph, diagnostics, parsed } = compile(text, {
    ...compileOptions(name, options),
    readFile: (imported) => {
      files.add(imported);
      return readImport(imported);
    },
  });
  const status = !parsed ? exitStatus.usage : hasErrors(diagnostics) ? exitStatus.findings : exitStatus.ok;
  return { source: name, graph, diagnostics, status, variant: options.variant, files: [...files] };
}
