import { existsSync, readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { basename, join } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

type Exports = Readonly<Record<string, unknown>>;
type Load = (file: string) => Exports;

/** A loader of the bundles in one folder, and the scripts it has compiled so far by file name. */
export interface Loader {
  readonly load: Load;
  readonly scripts: ReadonlyMap<string, Script>;
}

/** What later versions of Node than the oldest supported one have. */
interface NewerModule {
  readonly enableCompileCache?: () => void;
}

/**
 * V8 optimises a function after so many runs of it. Most of what it makes so here, on other threads, is ready when the
 * process ends: told to wait four times as long, it saves that work. By version, as each calls this in its own way.
 */
const lateOptimisation: Readonly<Record<string, readonly string[]>> = {
  '11.3': ['--interrupt-budget=528000'],
  '12.4': ['--invocation-count-for-maglev=1600', '--invocation-count-for-turbofan=12000'],
  '13.6': ['--invocation-count-for-maglev=1600', '--invocation-count-for-turbofan=12000'],
};

// Before anything is compiled: a code cache is rejected under other flags than it was made with.
const [v8Version = ''] = /^\d+\.\d+/.exec(process.versions.v8) ?? [];
for (const flag of lateOptimisation[v8Version] ?? []) setFlagsFromString(flag);

/** Runs the command line from its bundles. Kept small: this is all that is compiled without a cache. */
export function start(): void {
  const cached = existsSync(cacheFile(join(__dirname, 'main.cjs')));
  const load = cached ? createLoader(__dirname).load : plainLoader();
  // The bundle of main.ts exports it; a bundle's exports have no types.
  const { main } = load('main.cjs') as { main(args: readonly string[]): Promise<void> };
  // All is written and awaited by then: ended here, the process does not wait for V8 to tidy up what it throws away.
  void main(process.argv.slice(2)).then(() => process.exit());
}

/**
 * Where the code cache of a bundle lies for the V8 that runs now. It is made when the package is built, after a run, and
 * so holds the functions that a run needs, which Node's own cache leaves out.
 */
export function cacheFile(bundle: string): string {
  return `${bundle}.${process.versions.v8}.cache`;
}

/** For a V8 that no cache was made for: Node's own cache, where it has one. */
function plainLoader(): Load {
  (nodeModule as NewerModule).enableCompileCache?.(); // The types are those of the oldest supported version.
  return (file) => require(join(__dirname, file)) as Exports;
}

/** Loads bundles with their code caches. V8 rejects one that does not fit and compiles as if there were none. */
export function createLoader(folder: string): Loader {
  const scripts = new Map<string, Script>();
  const loaded = new Map<string, Exports>();
  const load = (file: string): Exports => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const script = compiled(join(folder, file));
    scripts.set(file, script);
    const module: { exports: Exports } = { exports: {} };
    const requireFrom = (id: string) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
    script.runInThisContext()(module, requireFrom, folder);
    loaded.set(file, module.exports);
    return module.exports;
  };
  return { load, scripts };
}

/** A bundle holds no character beyond ASCII, which lets V8 keep one byte for each. */
function compiled(filename: string): Script {
  const source = `(function (module, require, __dirname) {${readFileSync(filename, 'latin1')}\n})`;
  const cache = cacheFile(filename);
  return new Script(source, {
    filename: basename(filename),
    ...(existsSync(cache) ? { cachedData: readFileSync(cache) } : {}),
  });
}
