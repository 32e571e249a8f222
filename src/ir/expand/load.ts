import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import { type Parsed, parse } from '../../parser/parse.ts';
import type { OpSchemas } from '../../parser/parseAttributes.ts';
import type { Spec } from '../../parser/spec.ts';
import { Environment } from './environment.ts';
import { bindParams } from './params.ts';
import { folderOf, isBelow, joinPath } from './paths.ts';

/** Reads an imported file; `path` is already resolved. The command line gives a reader of the disk, tests one of a map. */
export type ReadFile = (path: string) => { readonly text: string } | { readonly reason: string };

/** A spec with what it imports; its params are bound, as its blocks' defaults may read them. */
export interface LoadedFile {
  readonly spec: Spec;
  readonly imports: ReadonlyMap<string, LoadedFile>;
  readonly params: Environment;
}

/** Files parsed for other networks of the same spec, by path. */
export type ParsedFiles = Map<string, Parsed>;

export interface LoadContext {
  readonly readFile: ReadFile | undefined;
  readonly root: string;
  readonly findings: Findings;
  readonly schemas: OpSchemas;
  readonly parsed: ParsedFiles;
  /** Files already read, by path, so that a library imported twice is one. */
  readonly loaded: Map<string, LoadedFile | undefined>;
}

/** Reads the imports of a spec, and theirs, below the root folder. `chain` are the paths that lead to it, itself last. */
export function loadImports(
  spec: Spec,
  context: LoadContext,
  chain: readonly string[],
): ReadonlyMap<string, LoadedFile> {
  const imports = new Map<string, LoadedFile>();
  for (const { alias, path, span } of spec.imports) {
    const resolved = joinPath(folderOf(spec.source.name), path);
    const file = loadFile(resolved, { written: path, span, chain }, context);
    if (file !== undefined) imports.set(alias, file);
  }
  return imports;
}

function loadFile(
  path: string,
  at: { written: string; span: Span; chain: readonly string[] },
  context: LoadContext,
): LoadedFile | undefined {
  const { findings, root } = context;
  if (!isBelow(path, root)) {
    findings.add(
      problem('import-outside-root', { path: at.written, root: root === '' ? '.' : root }),
      at.span,
    );
    return undefined;
  }
  if (at.chain.includes(path)) {
    findings.add(
      problem('import-cycle', { chain: [...at.chain.slice(at.chain.indexOf(path)), path] }),
      at.span,
    );
    return undefined;
  }
  if (context.loaded.has(path)) return context.loaded.get(path);
  const file = readSpec(path, at, context);
  context.loaded.set(path, file);
  return file;
}

function readSpec(
  path: string,
  at: { written: string; span: Span; chain: readonly string[] },
  context: LoadContext,
): LoadedFile | undefined {
  const { findings } = context;
  const read = context.readFile?.(path) ?? { reason: 'imports are not available here' };
  if ('reason' in read) {
    findings.add(problem('import-unreadable', { path: at.written, reason: read.reason }), at.span);
    return undefined;
  }
  const parsed = parsedOnce(path, read.text, context);
  findings.merge(parsed.diagnostics);
  if (parsed.value === undefined) return undefined;
  const spec = parsed.value;
  const imports = loadImports(spec, context, [...at.chain, path]);
  const owner = `the imported file ${path}`;
  const params = bindParams(spec, new Map(), {
    owner,
    outer: Environment.empty,
    findings,
    span: at.span,
    missing: { help: 'nothing can set the params of an imported file: give it a default there' },
  });
  return { spec, imports, params };
}

function parsedOnce(path: string, text: string, { parsed, schemas }: LoadContext): Parsed {
  const known = parsed.get(path);
  if (known?.value?.source.text === text) return known;
  const fresh = parse({ name: path, text }, schemas);
  parsed.set(path, fresh);
  return fresh;
}
