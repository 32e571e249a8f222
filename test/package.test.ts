import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** A project of someone else that has installed the package. */
const project = mkdtempSync(join(tmpdir(), 'inception-cli-package-'));
const installed = join(project, 'node_modules', manifest.name);

beforeAll(() => {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('run `npm run build` first: dist/ is packed');
  const [tarball] = JSON.parse(
    npm(['pack', '--ignore-scripts', '--json', '--pack-destination', project]),
  ) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, tarball.filename), '-C', installed, '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name), 'junction');
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
}, 60_000);

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

function npm(args: readonly string[]): string {
  const shell = process.platform === 'win32';
  return execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    shell,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What a process of node prints, run in the other project. */
function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
}

function packedFiles(): readonly string[] {
  return readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(installed.length + 1)
        .replaceAll('\\', '/'),
    );
}

test('the package holds what `files` names, and nothing else', () => {
  const tops = new Set(packedFiles().map((path) => path.split('/')[0]));
  expect([...tops].filter((top) => ![...manifest.files, 'package.json'].includes(top))).toEqual([]);
  expect(packedFiles()).toEqual(
    expect.arrayContaining([
      'package.json',
      'LICENSE',
      'bin/inception-cli.js',
      'dist/index.js',
      'dist/index.d.ts',
    ]),
  );
});

test('the package holds no test', () => {
  expect(packedFiles().filter((path) => /(^|\/)tests?\/|\.test\./.test(path))).toEqual([]);
});

test('no file of the package names a folder of this machine', () => {
  const names = [root, root.slice(0, -1), tmpdir()].map((path) => Buffer.from(path));
  const telling = packedFiles().filter((path) => {
    const bytes = readFileSync(join(installed, path));
    return names.some((name) => bytes.includes(name));
  });
  expect(telling).toEqual([]);
});

const spec = `inception: 1
name: small
inputs: { image: [N, 9, 9, 3] }
network:
  - conv: { filters: 4, kernel: 3, stride: 2 }
`;

test('the library compiles a spec', () => {
  writeFileSync(
    join(project, 'use.js'),
    `import { compile, shapeTable } from 'inception-cli';
     const { graph, diagnostics } = compile(${JSON.stringify(spec)});
     console.log(JSON.stringify([diagnostics, graph.outputs[0].value.type.shape.at(-1), shapeTable(graph, { format: 'csv' })]));`,
  );
  const [diagnostics, channels, table] = JSON.parse(node('use.js'));
  expect(diagnostics).toEqual([]);
  expect(channels).toBe(4);
  expect(table).toContain('conv');
});

test('its types are found, and they are strict', () => {
  writeFileSync(
    join(project, 'use.ts'),
    `import { compile, type Compilation, type Diagnostic } from 'inception-cli';
     const compiled: Compilation = compile('inception: 1', { variant: 'small' });
     export const codes: readonly string[] = compiled.diagnostics.map((d: Diagnostic) => d.code);
     // @ts-expect-error a name is text
     compile('', { name: 1 });`,
  );
  const settings = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext'];
  expect(node(join(root, 'node_modules/typescript/bin/tsc'), ...settings, 'use.ts')).toBe('');
});

test('the command prints a shape table', () => {
  writeFileSync(join(project, 'small.yaml'), spec);
  const command = join(installed, manifest.bin['inception-cli']);
  expect(node(command, 'infer-shapes', 'small.yaml')).toMatch(
    /conv 3x3\/2 valid +\[N, 4, 4, 4\] +112 +1,728/,
  );
});

test('the command compiles a network that comes with the package', () => {
  const command = join(installed, manifest.bin['inception-cli']);
  const table = node(command, 'infer-shapes', join(installed, 'specs/inception_v4.yaml'), '--depth', '1');
  expect(table).toContain('1536');
});

test('the command can be called by its name', () => {
  const command = readFileSync(join(installed, manifest.bin['inception-cli']), 'utf8');
  expect(command.startsWith('#!/usr/bin/env node\n')).toBe(true);
});
