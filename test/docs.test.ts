import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import { compile } from '../src/compile.ts';
import { catalog } from '../src/diagnostics/catalog.ts';
import type { ProblemName } from '../src/diagnostics/diagnostic.ts';
import { lint } from '../src/lint.ts';
import { opNames, opOf } from '../src/ops/registry.ts';
import { saidOf } from '../src/reference/errors/errorPage.ts';
import { errorNames } from '../src/reference/errors/notes.ts';
import { generatedPlaces, manual } from '../src/reference/manual.ts';
import { valuesOf } from '../src/reference/ops/attributes.ts';
import { exampleCall, exampleInputs, exampleSpec } from '../src/reference/ops/exampleSpec.ts';
import { showShape } from '../src/tensor/shape.ts';
import { version } from '../src/version.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const pages = manual({ compile, lint, program: createProgram(version, () => undefined) });

/** Each page beside the one that is checked in. `npm run docs` writes them. */
test.each([...pages.keys()])('%s is as checked in', (path) => {
  expect(readFileSync(root + path, 'utf8')).toBe(pages.get(path));
});

test('every checked-in page is generated', () => {
  const present = generatedPlaces.flatMap((place) =>
    statSync(root + place).isDirectory()
      ? readdirSync(root + place).map((name) => `${place}/${name}`)
      : [place],
  );
  expect(present.filter((path) => !pages.has(path))).toEqual([]);
});

test('there is a page for every op and every code', () => {
  expect(opNames.filter((op) => !pages.has(`docs/ops/${op}.md`))).toEqual([]);
  expect(Object.values(catalog).filter(({ code }) => !pages.has(`docs/errors/${code}.md`))).toEqual([]);
});

test('every link leads to a page', () => {
  const broken = [...pages].flatMap(([path, text]) =>
    [...text.matchAll(/\]\((?<target>[^)#]+)(?:#[\w-]+)?\)/g)]
      .map(({ groups }) => new URL(groups?.target ?? '', `file:///${path}`).pathname.slice(1))
      .filter((target) => !pages.has(target)),
  );
  expect(broken).toEqual([]);
});

test('no page has an empty cell where something is known, or a value that was not printed', () => {
  const telling = /\bundefined\b|\[object|\bNaN\b/;
  expect([...pages].filter(([, text]) => telling.test(text)).map(([path]) => path)).toEqual([]);
});

describe('the example of a code provokes that code and no other', () => {
  test.each(errorNames.map((name) => [catalog[name].code, name] as const))('%s %s', (code, name) => {
    expect(new Set(codesOf(name))).toEqual(new Set([code]));
  });
});

function codesOf(name: ProblemName): readonly string[] {
  return saidOf(name, compile).map((diagnostic) => diagnostic.code);
}

const examples = opNames.flatMap((op) =>
  opOf(op).examples.map((example) => ({
    title: `${exampleCall(op, example)} on ${exampleInputs(example)}`,
    op,
    example,
  })),
);

describe('an example of an op, written as a spec, gives what the manual says', () => {
  test.each(examples.filter(({ example }) => example.problem === undefined))('$title', ({ op, example }) => {
    const { graph, diagnostics } = compile(exampleSpec(op, example));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const shapes = graph?.outputs.map(({ value }) => showShape(value.type.shape));
    expect(shapes).toEqual((example.outputs ?? [example.output ?? []]).map((s) => `[${s.join(', ')}]`));
  });

  test.each(examples.filter(({ example }) => example.problem !== undefined))('$title', ({ op, example }) => {
    const { diagnostics } = compile(exampleSpec(op, example));
    expect(new Set(diagnostics.map(({ name }) => name))).toEqual(new Set([example.problem]));
  });
});

describe('what an attribute may be, in words', () => {
  test.each([
    [{ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, 'whole number ≥ 1'],
    [{ type: 'number', minimum: 0, exclusiveMaximum: 1 }, 'number ≥ 0 and < 1'],
    [{ type: 'string', enum: ['valid', 'same', 'half'] }, '`valid`, `same` or `half`'],
    [{ anyOf: [{ const: 'channel' }, { type: 'integer' }] }, '`channel`, or whole number'],
    [
      { type: 'array', minItems: 1, maxItems: 3, items: { type: 'integer' } },
      'list of 1 to 3 (whole number)',
    ],
    [{ type: 'array', minItems: 1, items: { type: 'number' } }, 'list of 1 or more (number)'],
    [{ type: 'array', prefixItems: [{ type: 'integer', minimum: 0 }] }, 'pair of whole number ≥ 0'],
    [{ type: 'object', properties: { constant: { type: 'number' } } }, '{ constant: number }'],
    [{ type: 'string' }, 'text'],
    [{}, 'dimension'],
  ])('%j', (schema, words) => {
    expect(valuesOf(schema)).toBe(words);
  });
});
