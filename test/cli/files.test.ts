import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

/** What the command line says of a file with this content. */
function said(content: string | Uint8Array) {
  return runCli(['infer-shapes', 'spec.yaml'], { cwd: folderWith({ 'spec.yaml': content }) });
}

test('a file that is missing', () => {
  expect(runCli(['infer-shapes', 'none.yaml'], { cwd: folderWith() })).toEqual({
    status: 2,
    out: '',
    err: 'error[INC001] cannot read none.yaml: there is no such file or folder\n\n1 error\n',
  });
});

test('a folder', () => {
  expect(runCli(['infer-shapes', '.'], { cwd: folderWith() })).toEqual({
    status: 2,
    out: '',
    err: 'error[INC001] cannot read .: it is a directory\n\n1 error\n',
  });
});

test('a file as a folder', () => {
  expect(runCli(['infer-shapes', 'a.yaml/b'], { cwd: folderWith({ 'a.yaml': '' }) })).toMatchObject({
    status: 2,
    err: 'error[INC001] cannot read a.yaml/b: a part of its path is not a folder\n\n1 error\n',
  });
});

test.each([
  ['nothing', ''],
  ['only a byte order mark', '\ufeff'],
  ['only white space', ' \n\t\n'],
])('a file with %s', (_, content) => {
  expect(said(content)).toMatchObject({
    status: 2,
    err: `\
error[INC003] the file is empty
  spec.yaml
   = help: a spec begins with \`inception: 1\`, then \`name\`, \`inputs\` and \`network\`

1 error
`,
  });
});

test.each([
  ['a byte that is not UTF-8', 19, Buffer.from('inception: 1\nname: \xff\n', 'latin1')],
  ['a character cut off at the end', 6, Buffer.from('name: é'.normalize('NFC')).subarray(0, 7)],
  ['a NUL byte', 4, Buffer.from('a: 1\0\n')],
  ['UTF-16', 0, Buffer.from('\ufeffname: x', 'utf16le')],
  ['an ELF program', 4, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x00, 0xff, 0xfe])],
])('%s', (_, offset, content) => {
  const { status, err } = said(content);
  expect({ status, first: err.split('\n').slice(0, 2) }).toEqual({
    status: 2,
    first: [
      `error[INC002] this is not a text file (byte ${offset} is not valid in UTF-8 text)`,
      '  spec.yaml',
    ],
  });
});

test('a byte order mark is not part of the text', () => {
  expect(said(`\ufeff${smallSpec}`)).toMatchObject({ status: 0, err: '' });
});

test('CRLF is a line end', () => {
  const { status, err } = said(wrongClaim.replaceAll('\n', '\r\n'));
  expect(status).toBe(1);
  expect(err).toContain('  spec.yaml:10:13\n');
  expect(err).toContain('   10 |     expect: [N, 5, 4, 8]\n      |             ^^^^^^^^^^^^\n');
});

test('- is standard input', () => {
  expect(runCli(['infer-shapes', '-'], { input: smallSpec })).toMatchObject({ status: 0, err: '' });
});

test('standard input is called as --stdin-filename says', () => {
  const { status, err } = runCli(['infer-shapes', '-', '--stdin-filename', 'x/y.yaml'], {
    input: wrongClaim,
  });
  expect(status).toBe(1);
  expect(err).toContain('  x/y.yaml:10:13\n');
});

test('standard input without a name', () => {
  expect(runCli(['infer-shapes', '-'], { input: wrongClaim }).err).toContain('  <stdin>:10:13\n');
  expect(runCli(['infer-shapes', '-'], { input: '' })).toMatchObject({
    status: 2,
    err: expect.stringContaining('error[INC003] the file is empty\n  <stdin>\n'),
  });
});

const library = 'inception: 1\nname: lib\nblocks:\n  head:\n    - dense: 3\n';
const importing = smallSpec
  .replace('inputs:', 'imports: { lib: ./blocks/lib.yaml }\ninputs:')
  .replace('- dense: $classes\n    name: logits', '- lib.head');

test('imports are read from beside the spec', () => {
  const cwd = folderWith({ 'net.yaml': importing });
  mkdirSync(join(cwd, 'blocks'));
  writeFileSync(join(cwd, 'blocks', 'lib.yaml'), library);
  const { status, out } = runCli(['infer-shapes', join(cwd, 'net.yaml'), '--format', 'csv']);
  expect(status).toBe(0);
  expect(out).toContain('"[N, 3]",27,0,24');
});

test('imports of standard input are beside its name', () => {
  const cwd = folderWith();
  mkdirSync(join(cwd, 'blocks'));
  writeFileSync(join(cwd, 'blocks', 'lib.yaml'), library);
  const run = runCli(['infer-shapes', '-', '--stdin-filename', join(cwd, 'net.yaml')], { input: importing });
  expect(run).toMatchObject({ status: 0, err: '' });
});

test('an import that is missing or no text is an error of the spec at its place', () => {
  const cwd = folderWith({ 'net.yaml': importing });
  mkdirSync(join(cwd, 'blocks'));
  const missing = runCli(['infer-shapes', 'net.yaml'], { cwd });
  expect(missing.status).toBe(1);
  expect(missing.err).toContain('there is no such file or folder');
  expect(missing.err).toContain('  net.yaml:3:');
  writeFileSync(join(cwd, 'blocks', 'lib.yaml'), Buffer.from([0xff]));
  expect(runCli(['infer-shapes', 'net.yaml'], { cwd }).err).toContain('it is not UTF-8 text (byte 0)');
});

test('a link is followed', () => {
  const cwd = folderWith({ 'net.yaml': smallSpec });
  symlinkSync(join(cwd, 'net.yaml'), join(cwd, 'link.yaml'));
  expect(runCli(['infer-shapes', 'link.yaml'], { cwd }).status).toBe(0);
});
