// Builds what bin/inception-cli.js runs: the command line as a few minified files in dist/bundle, each with V8's code
// cache beside it. The library in dist/ stays as tsc wrote it.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}dist/bundle`;

/** Code that is loaded by `import()` and becomes a file of its own; all else is part of the file that imports it. */
const entries = {
  start: 'src/cli/start.ts',
  main: 'src/cli/main.ts',
  program: 'src/cli/program.ts',
  inferShapes: 'src/cli/commands/inferShapes.ts',
  emit: 'src/cli/commands/emit.ts',
};

/** Turns `import('./commands/emit.ts')` into a call of the loader for `./emit.cjs`. */
const separateFiles = {
  name: 'separate-files',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ kind, path }) => {
      const name = /(\w+)\.ts$/.exec(path)?.[1];
      if (kind !== 'dynamic-import' || !(name in entries)) return undefined;
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

/** commander loads child_process for a feature that is not used here; loading it takes milliseconds. */
const childProcessOnDemand = {
  name: 'child-process-on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/, namespace: 'file' }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'on-demand' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'on-demand' }, () => ({
      contents: "exports.spawn = (...args) => module.require('child_process').spawn(...args);",
    }));
  },
};

async function bundle() {
  rmSync(folder, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    keepNames: false,
    charset: 'ascii',
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    plugins: [separateFiles, childProcessOnDemand],
  });
}

/** Runs the command line once, so that the cache holds the functions that a run needs, and keeps what V8 compiled. */
async function keepCodeCache() {
  const { createLoader } = createRequire(import.meta.url)(`${folder}/start.cjs`);
  const { load, scripts } = createLoader(folder);
  const { main } = load('main.cjs');
  await main(['infer-shapes', `${root}specs/${smallestSpec()}`, '--no-color']);
  await main(['emit', `${root}specs/${smallestSpec()}`, '--target', 'shapes', '-o', '-']);
  for (const [file, script] of scripts) {
    writeFileSync(`${folder}/${file}.cache`, script.createCachedData());
  }
  process.exitCode = 0;
}

function smallestSpec() {
  return readdirSync(`${root}specs`).filter((name) => name.endsWith('.yaml'))[0];
}

if (process.argv.includes('--cache')) {
  await keepCodeCache();
} else {
  await bundle();
  const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--cache'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`the code cache could not be made:\n${stderr}`);
}
