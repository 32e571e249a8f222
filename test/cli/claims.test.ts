import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

const bare = smallSpec.replace(/ +expect: .*\n/, '');
const right = '3x3 conv / s2 | 4 x 4 x 8\nfc | 1 x 1 x 10\n';

test('prints what would change, and changes nothing', () => {
  const folder = folderWith({ 'net.yaml': bare, 'table.txt': right });
  const { status, out, err } = runCli(['claims', 'net.yaml', '--table', 'table.txt'], { cwd: folder });
  expect(err).toBe('2 rows: 2 new, 0 claimed before, 0 without a step\n');
  expect(out).toBe(`\
--- net.yaml
+++ net.yaml
@@ -7,6 +7,8 @@
 network:
   - conv: { filters: 8, kernel: 3, stride: 2, padding: valid }
     name: conv_1
+    expect: [N, 4, 4, 8]
   - global_avg_pool
   - dense: $classes
     name: logits
+    expect: [N, 10]
`);
  expect(status).toBe(0);
  expect(readFileSync(join(folder, 'net.yaml'), 'utf8')).toBe(bare);
});

test('--write writes, also what does not hold, and says so; a second run changes nothing', () => {
  const folder = folderWith({ 'net.yaml': bare });
  const args = ['claims', 'net.yaml', '--table', '-', '--write'];
  const table = 'conv | 5 x 4 x 8\nsoftmax | 1 x 1 x 10\n';
  const { status, out, err } = runCli(args, { cwd: folder, input: table });
  expect([status, out]).toEqual([1, '']);
  expect(err).toContain('error[INC301] conv_1 is [N, 4, 4, 8], not [N, 5, 4, 8] as claimed');
  expect(err).toContain('line 2, `softmax 1 x 1 x 10`: the network has no such step\n');
  const text = readFileSync(join(folder, 'net.yaml'), 'utf8');
  expect(text).toBe(smallSpec.replace('[N, 4, 4, 8]', '[N, 5, 4, 8]'));
  const again = runCli(args, { cwd: folder, input: right });
  expect(again.status).toBe(1);
  expect(again.err).toContain('`conv_1` has [N, 5, 4, 8] already, not [N, 4, 4, 8]; it was left\n');
});

test('--format json', () => {
  const folder = folderWith({ 'net.yaml': bare });
  const { out } = runCli(['claims', 'net.yaml', '--table', '-', '-f', 'json'], {
    cwd: folder,
    input: 'input | 9x9x3\nconv | 4x4x8\n',
  });
  expect(JSON.parse(out)).toEqual({
    formatVersion: 1,
    matched: [{ line: 2, row: 'conv 4 x 4 x 8', step: 'conv_1', claim: '[N, 4, 4, 8]', state: 'new' }],
    left: [{ line: 1, row: 'input 9 x 9 x 3', reason: 'it is the input: `image` is [N, 9, 9, 3]' }],
  });
});

test('a table that cannot be read ends with status 2, at its line', () => {
  const folder = folderWith({ 'net.yaml': bare, 'bad.txt': 'conv | 4 x 4 x 8\nfc | 1 x l x 10\n' });
  const run = (...args: readonly string[]) => {
    const { status, err } = runCli(['claims', 'net.yaml', ...args], { cwd: folder, input: 'words\n' });
    return [status, err];
  };
  expect(run('--table', 'bad.txt')).toEqual([
    2,
    'error: bad.txt:2: `1 x l x 10` is not a size that can be read\n',
  ]);
  const none = 'it has no table: no rows with cells between bars, in columns or between &\n';
  expect(run('--table', '-')).toEqual([2, `error: <stdin>: ${none}`]);
  expect(run()).toEqual([2, `error: the comments of net.yaml: ${none}`]);
  expect(run('--table', 'absent.txt')[0]).toBe(2);
});
