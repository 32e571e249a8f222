// Builds what bin/inception-cli.js runs: the command line as a few minified files in dist/bundle, each with V8's code
// cache beside it. The library in dist/ stays as tsc wrote it.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Code that is loaded by `import()` and becomes a file of its own; all else is part of the file that imports it, and is
 * imported statically: an `import()` of anything else wraps all that it reaches in functions, in every bundle.
 */
const entries = {
  start: 'src/cli/start.ts',
  main: 'src/cli/main.ts',
  program: 'src/cli/program.ts',
  inferShapes: 'src/cli/commands/inferShapes.ts',
  emit: 'src/cli/commands/emit.ts',
  explain: 'src/cli/commands/explain.ts',
  verify: 'src/cli/commands/verify.ts',
  lint: 'src/cli/commands/lint.ts',
  lintCache: 'src/cli/lint/lintCache.ts',
  checkTargets: 'src/cli/lint/checkTargets.ts',
  checkLock: 'src/cli/lint/checkLock.ts',
  format: 'src/cli/commands/format.ts',
  rules: 'src/cli/commands/rules.ts',
  ops: 'src/cli/commands/ops.ts',
  init: 'src/cli/commands/init.ts',
  schema: 'src/cli/commands/schema.ts',
  sizes: 'src/cli/commands/sizes.ts',
  memory: 'src/cli/commands/memory.ts',
  receptiveField: 'src/cli/commands/receptiveField.ts',
  draw: 'src/cli/commands/draw.ts',
  view: 'src/cli/commands/view.ts',
  serve: 'src/cli/view/serve.ts',
  config: 'src/cli/commands/config.ts',
  completion: 'src/cli/commands/completion.ts',
  claims: 'src/cli/commands/claims.ts',
  diff: 'src/cli/commands/diff.ts',
  lock: 'src/cli/commands/lock.ts',
};

/** What `verify` runs in processes of its own: modules as they are, beside what starts them. */
const childScripts = 'cli/verify/child';

/** A network of the usual size: what V8 compiles while its shapes are printed goes into the code cache. */
const sample = `${root}specs/inception_v4.yaml`;

/** Turns `import('./commands/emit.ts')` into a call of the loader for `./emit.cjs`. */
const separateFiles = {
  name: 'separate-files',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
      const name = /(\w+)\.ts$/.exec(path)?.[1];
      if (kind !== 'dynamic-import' || !(name in entries)) return undefined;
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

/**
 * Modules that most runs import and never use: commander's child_process, what files are written with, and yaml, which
 * reads only what the reader of plain specs leaves to it. Each name becomes a getter, so that a module is loaded when something of it is asked for.
 */
const onDemand = {
  name: 'on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:(child_process|crypto|os)|yaml|jsonc-parser)$/ }, ({ path, namespace }) =>
      namespace === 'on-demand' ? undefined : { path, namespace: 'on-demand' },
    );
    onLoad({ filter: /.*/, namespace: 'on-demand' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path));
      const getters = names.map(
        (name) => `${name}: { enumerable: true, get: () => require('${path}').${name} }`,
      );
      return { contents: `Object.defineProperties(exports, { ${getters.join(', ')} });`, resolveDir: root };
    });
  },
};

/** `node:process` as the global that it is: an import of it copies each of its properties, in every bundle. */
const globalProcess = {
  name: 'global-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:process$/ }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'global-process' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'global-process' }, () => ({ contents: 'export default process;' }));
  },
};

function bundle(outdir) {
  return build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    charset: 'ascii',
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname' },
    legalComments: 'none',
    plugins: [separateFiles, onDemand, globalProcess],
  });
}

/** What is built into dist/ and is not ours; its licences are kept beside it. */
const included = ['@dagrejs/dagre', '@dagrejs/graphlib'];

/** The licences of what is included, as their authors wrote them. */
function notices() {
  return included
    .map((name) => {
      const { version, license } = JSON.parse(
        readFileSync(`${root}node_modules/${name}/package.json`, 'utf8'),
      );
      const text = readFileSync(`${root}node_modules/${name}/LICENSE`, 'utf8').trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join('\n');
}

/** Puts the layout library into the one module of the library that imports it: who installs the package needs no other. */
async function includeLayout() {
  const outfile = `${root}dist/emitters/picture/layout/layered.js`;
  await build({
    absWorkingDir: root,
    entryPoints: [outfile],
    outfile,
    allowOverwrite: true,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node20',
    legalComments: 'none',
    external: ['./localGraph.js'],
    banner: { js: `/*!\n${notices()}*/` },
  });
  writeFileSync(`${root}dist/THIRD_PARTY_LICENSES.txt`, notices());
}

/** The script and the style of pages, as files beside what reads them. */
async function buildPage(folder) {
  await build({
    absWorkingDir: root,
    entryPoints: { page: 'src/page/main.ts', style: 'src/page/style.css' },
    outdir: folder,
    bundle: true,
    minify: true,
    charset: 'ascii',
    format: 'iife',
    platform: 'browser',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    legalComments: 'none',
  });
  const script = readFileSync(`${folder}/page.js`, 'utf8');
  writeFileSync(`${folder}/page.js`, `/*!\n${notices()}*/\n${script}`);
}

/** Runs the command line, so that the cache holds the functions that a run needs, and keeps what V8 compiled. */
async function keepCodeCache(folder) {
  const { cacheFile, createLoader } = createRequire(import.meta.url)(resolve(folder, 'start.cjs'));
  const { load, scripts } = createLoader(folder);
  const { main } = load('main.cjs');
  await main(['infer-shapes', sample]);
  await main(['infer-shapes', sample, '--format', 'json']);
  await main(['explain', 'stem', '--spec', sample]);
  await main(['emit', sample, '--target', 'shapes', '-o', '-']);
  await main(['lint', sample]);
  await main(['draw', sample]);
  for (const [file, script] of scripts) {
    writeFileSync(cacheFile(`${folder}/${file}`), script.createCachedData());
  }
}

const [flag, folder] = process.argv.slice(2);
if (flag === '--cache') {
  await keepCodeCache(folder);
} else {
  await includeLayout();
  // Built beside and renamed, so that the command line works while it is built anew.
  const fresh = `${root}dist/bundle.${process.pid}.tmp`;
  await bundle(fresh);
  await buildPage(`${fresh}/page`);
  for (const place of [`${root}dist/${childScripts}`, `${fresh}/child`]) {
    cpSync(`${root}src/${childScripts}`, place, { recursive: true });
  }
  // In a process of its own, as the run prints; from inside the folder, so that no cache holds the folder's name.
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--cache', '.'], {
    cwd: fresh,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(`${root}dist/bundle`, { recursive: true, force: true });
  renameSync(fresh, `${root}dist/bundle`);
}
