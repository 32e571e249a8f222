import { describe, expect, test } from 'vitest';
import { exactReport } from '../../src/analysis/exactReport.ts';
import { compile } from '../../src/compile.ts';
import { shapeTable, tableFormats } from '../../src/emitters/table/shapeTable.ts';
import { folderWith, runCli } from './runCli.ts';

const spec = (input: string, ...steps: readonly string[]) =>
  `inception: 1\nname: net\ninputs: { x: [${input}] }\nnetwork:\n${steps.map((s) => `  - ${s}\n`).join('')}`;

/** 2^20·2^10 positions of 2^10 channels; 2^12 filters of 1x1: 2^52 multiply-adds, and twice as many operations: 2^53. */
const half = spec('N, 1048576, 1024, 1024', 'conv: { filters: 4096, kernel: 1, bias: false }');
/** 2^13 filters: 2^53 multiply-adds. */
const beyond = half.replace('4096', '8192');
/** Two layers with 2^52 multiply-adds for each row: 2^20 columns, from 2^10 channels to 2^22 and back. */
const open = spec(
  'N, H, 1048576, 1024',
  'conv: { filters: 4194304, kernel: 1, bias: false }',
  'conv: { filters: 1024, kernel: 1, bias: false }',
);
/** 2^51 numbers, of 4 bytes each. */
const wide = spec('N, 1048576, 1048576, 2048', 'relu');

const tooLarge = (what: string) =>
  `error[INC212] ${what} goes beyond 2^53, where whole numbers are no longer exact\n`;

describe('a network with more multiply-adds than numbers are exact', () => {
  const cwd = folderWith({ 'beyond.yaml': beyond, 'open.yaml': open, 'small.yaml': spec('N, 8', 'relu') });
  const commands = [
    ['infer-shapes', 'beyond.yaml'],
    ['infer-shapes', 'beyond.yaml', '--format', 'json'],
    ['memory', 'beyond.yaml'],
    ['diff', 'small.yaml', 'beyond.yaml'],
    ['lock', 'beyond.yaml'],
    ['view', 'beyond.yaml'],
    ['draw', 'beyond.yaml'],
    ['explain', '--spec', 'beyond.yaml', 'conv'],
    ['receptive-field', 'beyond.yaml'],
  ];

  test.each(commands.map((args) => [args.join(' '), args] as const))('%s', (_, args) => {
    const { status, out, err } = runCli(args, { cwd });
    expect(err).toContain(`${tooLarge('the number of operations of `conv`')}  beyond.yaml:5:5\n`);
    expect([status, out]).toEqual([1, '']);
  });

  test('sizes says nothing of costs', () => {
    expect(runCli(['sizes', 'beyond.yaml'], { cwd }).out).toBe(
      'net takes x [N, H, W, 1024] with\n  any H\n  any W\n',
    );
  });

  test('where the formulas of nodes are exact and their sum is not', () => {
    const { status, out, err } = runCli(['infer-shapes', 'open.yaml'], { cwd });
    expect(err).toContain(`${tooLarge('the number of multiply-adds up to here')}  open.yaml:6:5\n`);
    expect([status, out]).toEqual([1, '']);
  });
});

describe('figures of a report that go beyond', () => {
  const cwd = folderWith({ 'half.yaml': half, 'wide.yaml': wide });

  test.each([
    ['infer-shapes half.yaml --convention flops', 'the cost by `flops` up to here', 'half.yaml:5:5'],
    [
      'infer-shapes wide.yaml --columns name,memory',
      'the number of bytes of the values up to here',
      'wide.yaml:3:11',
    ],
    ['memory wide.yaml', 'the number of bytes of the values up to here', 'wide.yaml:3:11'],
  ])('%s', (line, what, place) => {
    const { status, out, err } = runCli(line.split(' '), { cwd });
    expect(err).toContain(`${tooLarge(what)}  ${place}\n`);
    expect([status, out]).toEqual([1, '']);
  });

  test('what does not go beyond is exact to the last digit', () => {
    // 2^52, and 2^42 + 2^44 bytes.
    expect(runCli(['infer-shapes', 'half.yaml'], { cwd }).out).toContain('4,503,599,627,370,496');
    expect(runCli(['memory', 'half.yaml'], { cwd }).out).toContain('21,990,232,555,520 bytes');
    expect(runCli(['diff', 'half.yaml', 'half.yaml'], { cwd }).status).toBe(0);
  });
});

/** By torchinfo and fvcore a multiply-add is one; TensorFlow's profiler and flops count two. */
test.each([
  ['macs', true],
  ['flops', false],
  ['torchinfo', true],
  ['fvcore', true],
  ['keras', false],
] as const)('%s in every format', (convention, isExact) => {
  const { graph } = compile(half);
  if (graph === undefined) throw new Error('it compiles');
  for (const format of tableFormats) {
    const made = exactReport(graph, { convention }, () => shapeTable(graph, { convention, format }));
    expect('report' in made).toBe(isExact);
    if ('report' in made) expect(made.report.replaceAll(/[,{}]/g, '')).toContain('4503599627370496');
  }
});
