import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

/** Three specs: `a` has drifted by its classes, `b` is not locked, `c` is as it was; `d` was locked and is gone. */
function drifted(): string {
  const cwd = folderWith({ 'a.yaml': smallSpec, 'c.yaml': smallSpec, 'd.yaml': smallSpec });
  runCli(['lock', 'a.yaml', 'c.yaml', 'd.yaml'], { cwd });
  writeFileSync(join(cwd, 'a.yaml'), smallSpec.replace('classes: 10', 'classes: 11'));
  writeFileSync(join(cwd, 'b.yaml'), smallSpec);
  rmSync(join(cwd, 'd.yaml'));
  return cwd;
}

/** Parameters, multiply-adds, the output, the end point, and both weights of the dense layer. */
const ofA = Array.from({ length: 6 }, () => 'a.yaml INC910');

/** The files and codes of what the lock file is about. */
function found(cwd: string, ...args: readonly string[]): readonly string[] {
  const { out } = runCli(['lint', '.', '--locked', '-f', 'json', ...args], { cwd });
  const all: readonly { file: string; code: string }[] = JSON.parse(out).diagnostics;
  return all.filter(({ code }) => code.startsWith('INC91')).map(({ file, code }) => `${file} ${code}`);
}

test('shards report together what one run reports, each thing once', () => {
  const cwd = drifted();
  const all = [...ofA, 'b.yaml INC911', 'inception.lock.json INC912'];
  expect(found(cwd)).toEqual(all);
  // a, c / b: the share of the second machine, and the entries of the lock file without a spec are shared likewise.
  expect(found(cwd, '--shard', '1/2')).toEqual([...ofA, 'inception.lock.json INC912']);
  expect(found(cwd, '--shard', '2/2')).toEqual(['b.yaml INC911']);
  // More machines than files.
  expect(found(cwd, '--shard', '4/4')).toEqual([]);
});

test('the cache knows nothing of the lock file', () => {
  const cwd = folderWith({ 'a.yaml': smallSpec });
  runCli(['lock', 'a.yaml'], { cwd });
  expect(found(cwd, '--cache')).toEqual([]);
  expect(found(cwd, '--cache')).toEqual([]);
  const lock = join(cwd, 'inception.lock.json');
  // 4·4·(3·3·3)·8 + 8·10 multiply-adds.
  writeFileSync(lock, readFileSync(lock, 'utf8').replace('"3536"', '"3537"'));
  expect(found(cwd, '--cache')).toEqual(['a.yaml INC910']);
});

test('a baseline does not take up what the lock file is about', () => {
  const cwd = drifted();
  const update = ['lint', '.', '--locked', '--baseline', 'base.json', '--update-baseline'];
  expect(runCli(update, { cwd }).status).toBe(1);
  expect(readFileSync(join(cwd, 'base.json'), 'utf8')).not.toContain('INC91');
  expect(found(cwd, '--baseline', 'base.json')).toHaveLength(8);
});

test('forms for machines', () => {
  const cwd = drifted();
  const forms = ['sarif', 'junit', 'github', 'rdjson', 'json'];
  const asked = forms.flatMap((form) => ['-f', `${form}=${form}`]);
  expect(runCli(['lint', '.', '--locked', ...asked], { cwd }).status).toBe(1);
  const [sarif = '', junit = '', github = '', rdjson = '', json = ''] = forms.map((form) =>
    readFileSync(join(cwd, form), 'utf8'),
  );
  expectSarif(JSON.parse(sarif));
  expect(junit.match(/<failure /g)?.length).toBe(Number(/failures="(\d+)"/.exec(junit)?.[1]));
  expect(junit).toContain(
    '<testcase classname="inception.lock.json" name="INC912 stale-lock inception.lock.json">',
  );
  expect(github).toContain(
    '::error file=inception.lock.json,title=INC912 stale-lock::the lock file has an entry for d.yaml, which does not exist any more',
  );
  expect(github).toContain(
    '::error file=b.yaml,line=1,endLine=1,col=1,endColumn=1,title=INC911 not-locked::',
  );
  const reviewed: readonly { code: { value: string }; location: unknown }[] = JSON.parse(rdjson).diagnostics;
  expect(reviewed.find(({ code }) => code.value === 'INC912')?.location).toEqual({
    path: 'inception.lock.json',
  });
  const fits = new Ajv().compile(JSON.parse(readFileSync('docs/schemas/lint-report.schema.json', 'utf8')));
  fits(JSON.parse(json));
  expect(fits.errors).toBe(null);
});

function expectSarif(data: {
  runs: readonly { results: readonly { ruleId: string; level: string; locations: readonly unknown[] }[] }[];
}): void {
  const text = readFileSync('test/linter/sarif/sarif-2.1.0-rtm.5.json', 'utf8');
  const { $schema: _, id: __, ...schema } = JSON.parse(text);
  const fits = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  fits(data);
  expect(fits.errors).toBe(null);
  const results = data.runs[0]?.results ?? [];
  expect(results.filter(({ ruleId }) => ruleId === 'INC910')).toHaveLength(6);
  const stale = results.find(({ ruleId }) => ruleId === 'INC912');
  expect([stale?.level, stale?.locations]).toEqual([
    'error',
    [{ physicalLocation: { artifactLocation: { uri: 'inception.lock.json' } } }],
  ]);
}
