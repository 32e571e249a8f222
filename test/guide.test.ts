import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../src/compile.ts';
import { formatDiagnostics } from '../src/diagnostics/format.ts';
import { expressionFunctions } from '../src/parser/expressionFunctions.ts';
import { binaryOperators } from '../src/parser/expressionOperators.ts';
import * as schema from '../src/parser/schema.ts';
import { folderWith, runCli } from './cli/runCli.ts';
import { chaptersOf, type Piece, piecesOf, reprinted } from './guide/chapter.ts';
import { keysUsed } from './guide/keysUsed.ts';

const place = 'docs/guide';
const chapters = chaptersOf(place);
const pieces = chapters.flatMap(({ page }) => piecesOf(page));

/** The files of one chapter, as they stand after the pieces that were read so far. */
type Files = Map<string, string>;

function compileIn(files: Files, path: string) {
  const readFile = (name: string) => {
    const text = files.get(name.replace(/^\.\//, ''));
    return text === undefined ? { reason: 'there is no such file' } : { text };
  };
  return compile(files.get(path) ?? '', { name: path, readFile });
}

function isLibrary(text: string): boolean {
  return !/^ *"?network"?:/m.test(text);
}

test('the index names every chapter, in order', () => {
  const present = readdirSync(place).filter((name) => name !== 'README.md');
  expect(chapters.map((c) => c.file)).toEqual(present.sort());
});

test('every link of the guide to a page of ours leads somewhere', () => {
  const pages = [{ file: 'README.md', page: readFileSync(`${place}/README.md`, 'utf8') }, ...chapters];
  const broken = pages.flatMap(({ file, page }) =>
    [...page.matchAll(/\]\((?<target>(?!https:)[^)#]+)\)/g)]
      .filter(({ groups }) => !existsSync(join(place, groups?.target ?? '')))
      .map(({ groups }) => `${file}: ${groups?.target}`),
  );
  expect(broken).toEqual([]);
});

test.each(chapters.slice(0, -1).map(({ page }, i) => [chapters[i]?.file, page, chapters[i + 1]?.file]))(
  '%s leads to the next chapter',
  (_, page, next) => {
    expect(page?.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^Next: \\[.*\\]\\(${next}\\)\\.$`));
  },
);

describe.each(chapters)('$file', ({ file, page }) => {
  const files: Files = new Map();

  for (const piece of piecesOf(page).filter((p) => p.kind === 'file')) {
    test(`${piece.path} ${piece.reported ? 'is reported' : 'compiles, and its claims hold'}`, () => {
      files.set(piece.path, piece.text);
      if (isLibrary(piece.text)) return;
      const { graph, diagnostics } = compileIn(files, piece.path);
      if (piece.reported) expect(diagnostics).not.toEqual([]);
      else expect(formatDiagnostics(diagnostics)).toBe('');
      if (!piece.reported) expect(graph?.nodes.length).toBeGreaterThan(0);
    });
  }

  test('commands print what is shown', async () => {
    const folder = folderWith();
    const real = reprinted(page, (piece) => use(piece, folder));
    await expect(real).toMatchFileSnapshot(resolve(place, file));
  });

  test('what is reported is shown, and every library is imported', () => {
    const all = piecesOf(page);
    const shown = new Set(all.flatMap((p) => (p.kind === 'command' ? p.args : [])));
    const unshown = all.filter((p) => p.kind === 'file' && p.reported && !shown.has(p.path));
    expect(unshown).toEqual([]);
    const texts = all.flatMap((p) => (p.kind === 'file' ? [p] : []));
    const isImported = (path: string) => texts.some((t) => t.text.includes(`: ./${path}`));
    const unused = texts.filter(({ path, text }) => isLibrary(text) && !isImported(path));
    // The configuration of the linter is found by its name.
    expect(unused.filter(({ path }) => path !== 'inception.config.yaml')).toEqual([]);
  });
});

/** Writes a file, or runs a command: what it says and prints. */
function use(piece: Piece, folder: string): string {
  if (piece.kind === 'command') {
    const { out, err } = runCli(piece.args, { cwd: folder });
    return (err + out).trimEnd();
  }
  mkdirSync(dirname(join(folder, piece.path)), { recursive: true });
  writeFileSync(join(folder, piece.path), piece.text);
  return '';
}

describe('every word of the language stands in an example that compiles', () => {
  const sound = pieces.flatMap((p) => (p.kind === 'file' && !p.reported ? [p.text] : []));
  const used = new Set(sound.flatMap((text) => [...keysUsed(parse(text, { merge: true }))]));
  const taught = {
    document: schema.documentSchema,
    param: schema.paramSchema,
    input: schema.inputSchema,
    output: schema.outputSchema,
    dim: schema.dimSchema,
    totals: schema.totalsSchema,
    claim: schema.stepClaimSchema,
    parameters: schema.parametersClaimSchema,
    repeat: schema.repeatSchema,
    branch: schema.branchSchema,
    step: schema.stepSchema,
    block: schema.blockSchema,
    'block-input': schema.blockInputSchema,
  };

  test.each(Object.entries(taught))('%s', (where, { shape }) => {
    expect(Object.keys(shape).filter((key) => !used.has(`${where}.${key}`))).toEqual([]);
  });

  test.each(Object.entries(schema.structureSchemas))('%s, with what goes beside it', (name, { shape }) => {
    expect(used).toContain(`structure.${name}`);
    expect(Object.keys(shape).filter((key) => !used.has(`step.${key}`))).toEqual([]);
  });

  test('merges and types of params', () => {
    const wanted = [
      ...schema.mergeNames.map((m) => `merge.${m}`),
      ...schema.paramTypes.map((t) => `type.${t}`),
    ];
    expect(wanted.filter((word) => !used.has(word))).toEqual([]);
  });

  test('operators and functions of expressions', () => {
    const expressions = sound.flatMap((text) => text.match(/\$\(.*\)/g) ?? []).join('\n');
    const operators = Object.keys(binaryOperators).map((o) => ` ${o} `);
    const words = [...Object.keys(expressionFunctions).map((f) => `${f}(`), ...operators];
    const others = [' and ', ' or ', 'not ', ' if ', ' else ', '[i]', 'in_channels'];
    expect([...words, ...others].filter((word) => !expressions.includes(word))).toEqual([]);
  });
});
