import { readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';

type Exports = Readonly<Record<string, unknown>>;

/** A loader of the bundles in one folder, and the scripts it has compiled so far by file name. */
export interface Loader {
  readonly load: (file: string) => Exports;
  readonly scripts: ReadonlyMap<string, Script>;
}

/** What later versions of Node than the oldest supported one have. */
interface NewerModule {
  readonly enableCompileCache?: () => void;
}

/** Runs the command line from its bundles. Kept small: this is all that is compiled without a cache. */
export function start(): void {
  const { enableCompileCache } = nodeModule as NewerModule; // The types are those of the oldest supported version.
  enableCompileCache?.();
  const load = enableCompileCache === undefined ? createLoader(__dirname).load : plainLoad;
  // The bundle of main.ts exports it; a bundle's exports have no types.
  const { main } = load('main.cjs') as { main(args: readonly string[]): Promise<void> };
  void main(process.argv.slice(2));
}

function plainLoad(file: string): Exports {
  return require(join(__dirname, file)) as Exports;
}

/**
 * Loads bundles with V8's code cache, which is made when the package is built and lies beside each. V8 rejects the
 * cache of another version or other flags and compiles the text as if there were none.
 */
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
    script.runInThisContext()(module, requireFrom);
    loaded.set(file, module.exports);
    return module.exports;
  };
  return { load, scripts };
}

/** A bundle holds no character beyond ASCII, which lets V8 keep one byte for each. */
function compiled(filename: string): Script {
  const source = `(function (module, require) {${readFileSync(filename, 'latin1')}\n})`;
  const cachedData = cacheOf(filename);
  return new Script(source, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
}

function cacheOf(filename: string): Buffer | undefined {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined;
  }
}
