// Writes the generated pages of the manual from the built compiler. With --check it writes nothing and fails where a
// page differs from what would be written, or is one that nothing generates.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createProgram } from '../dist/cli/program.js';
import { compile, lint, version } from '../dist/index.js';
import { generatedPlaces, manual } from '../dist/reference/manual.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = manual({ compile, lint, program: createProgram(version, () => {}) });

/** The text of a page as it is checked in; undefined where it is not. */
function checkedIn(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile()
    ? readFileSync(join(root, path), 'utf8')
    : undefined;
}

/** Pages in the generated places that nothing generates any more. */
function leftOver() {
  const present = generatedPlaces.flatMap((place) =>
    statSync(join(root, place), { throwIfNoEntry: false })?.isDirectory()
      ? readdirSync(join(root, place)).map((name) => `${place}/${name}`)
      : [],
  );
  return present.filter((path) => !pages.has(path));
}

const changed = [...pages].filter(([path, text]) => checkedIn(path) !== text).map(([path]) => path);
const stale = leftOver();

if (process.argv.includes('--check')) {
  for (const path of [...changed, ...stale]) console.error(`out of date: ${path}`);
  if (changed.length + stale.length > 0) {
    console.error('run `npm run docs`');
    process.exitCode = 1;
  }
} else {
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), pages.get(path));
  }
  for (const path of stale) rmSync(join(root, path));
  console.log(`${pages.size} pages, ${changed.length} written, ${stale.length} removed`);
}
