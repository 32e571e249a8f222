import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const page = readFileSync('docs/guide/24-ci.md', 'utf8');

/** The indented blocks of the chapter. */
const recipes = [...page.matchAll(/(?<=\n\n)(?: {4}.*\n)+/g)].map(([block]) =>
  parse(block.replaceAll(/^ {4}/gm, '')),
);

test('there are two', () => expect(recipes).toHaveLength(2));

test('the hooks of the recipe are those of the repository, with the published package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));
  const [{ repo, hooks: shown }] = recipes[0].repos;
  expect(repo).toBe('local');
  expect(shown).toEqual(
    hooks.map(({ id, name, entry, files }: Readonly<Record<string, string>>) => ({
      id,
      name,
      entry,
      files,
      language: 'node',
      additional_dependencies: [`inception-cli@${version}`],
    })),
  );
});

test('the workflow gives the action inputs that it has, and the guide lists all of them', () => {
  const { inputs } = parse(readFileSync('action.yml', 'utf8'));
  const steps: readonly { uses: string; with?: Readonly<Record<string, string>> }[] =
    recipes[1].jobs.specs.steps;
  const given = steps.find(({ uses }) => uses.startsWith('OWNER/inception-cli@'))?.with ?? {};
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  expect(page.match(/(?<=^\| `)[\w-]+(?=`)/gm)).toEqual(Object.keys(inputs));
});
