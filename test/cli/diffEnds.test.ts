import { describe, expect, test } from 'vitest';
import { folderWith, runCli } from './runCli.ts';

const twoEnds = `\
inception: 1
name: two
inputs:
  image: { shape: [N, 4, 4, 3], range: [0, 1] }
  mask: [N, 4, 4, 3]
network:
  - multiply: [image, mask]
    name: masked
  - global_avg_pool
  - dense: 2
    name: logits
outputs:
  masked: masked
  logits: { from: logits, labels: [cat, dog] }
`;

const swapped = twoEnds
  .replace(/ {2}masked: masked\n(.*\n)/, '$1  masked: masked\n')
  .replace(/( {2}image: .*\n)( {2}mask: .*\n)/, '$2$1');

function diffOf(before: string, after: string, ...args: readonly string[]) {
  const cwd = folderWith({ 'a.yaml': before, 'b.yaml': after });
  return runCli(['diff', 'a.yaml', 'b.yaml', ...args], { cwd });
}

describe('the order of inputs and outputs', () => {
  test('as text', () => {
    expect(diffOf(twoEnds, swapped)).toEqual({
      status: 1,
      out:
        'a.yaml → b.yaml\nbreaking: inputs changed, outputs changed\n' +
        '\ninputs\n  ~ (order): image, mask → mask, image\n' +
        '\noutputs\n  ~ (order): masked, logits → logits, masked\n' +
        '\n3 nodes unchanged\n',
      err: '',
    });
  });

  test('as data', () => {
    const data = JSON.parse(diffOf(twoEnds, swapped, '--format', 'json').out);
    expect([data.breaking, data.inputs, data.outputs]).toEqual([
      true,
      [{ name: '(order)', before: 'image, mask', after: 'mask, image' }],
      [{ name: '(order)', before: 'masked, logits', after: 'logits, masked' }],
    ]);
  });

  test('as markdown', () => {
    const { out } = diffOf(twoEnds, swapped, '--format', 'markdown');
    expect(out).toContain('| input | `(order)` | image, mask → mask, image |\n');
    expect(out).toContain('| output | `(order)` | masked, logits → logits, masked |\n');
  });

  test('is said beside an output that is new', () => {
    const data = JSON.parse(diffOf(twoEnds, `${swapped}  again: { from: logits }\n`, '--format', 'json').out);
    expect(data.outputs).toEqual([
      { name: 'again', after: 'float32 [N, 2]' },
      { name: '(order)', before: 'masked, logits', after: 'logits, masked, again' },
    ]);
  });

  test('a new output in front moves no others', () => {
    const data = JSON.parse(
      diffOf(twoEnds, twoEnds.replace('outputs:\n', 'outputs:\n  again: { from: logits }\n'), '-f', 'json')
        .out,
    );
    expect(data.outputs).toEqual([{ name: 'again', after: 'float32 [N, 2]' }]);
  });
});

describe('what numbers mean', () => {
  test('another range and another label are breaking', () => {
    const other = twoEnds.replace('range: [0, 1]', 'range: [-1, 1], mean: [0.5]').replace('dog', 'cow');
    const { status, out } = diffOf(twoEnds, other);
    expect(status).toBe(1);
    expect(out).toContain('\nbreaking: what numbers mean changed\n');
    expect(out).toContain(
      '\nwhat numbers mean\n  ~ image range: [0, 1] → [-1, 1]\n  + image mean: new, [0.5]\n' +
        '  ~ logits labels: 2 names, 1 is dog → 2 names, 1 is cow\n',
    );
  });

  test('what is only said now is compatible', () => {
    const { status, out } = diffOf(twoEnds.replace(', range: [0, 1]', ''), twoEnds, '--format', 'json');
    expect([status, JSON.parse(out).meanings]).toEqual([0, [{ name: 'image range', after: '[0, 1]' }]]);
  });

  test('another dtype of an input', () => {
    const half = twoEnds.replace('mask: [N, 4, 4, 3]', 'mask: { shape: [N, 4, 4, 3], dtype: float16 }');
    const single =
      'inception: 1\nname: a\ninputs: { x: { shape: [N, 4], dtype: int32 } }\nnetwork:\n  - identity\n';
    expect(half).not.toBe(twoEnds);
    const { status, out } = diffOf(single, single.replace('int32', 'float32'));
    expect(status).toBe(1);
    expect(out).toContain('\ninputs\n  ~ x: int32 [N, 4] → float32 [N, 4]\n');
  });
});

describe('the order of axes', () => {
  const last =
    'inception: 1\nname: a\ninputs: { x: [N, 8, 6, 3] }\nnetwork:\n  - conv: { filters: 4, kernel: 3, padding: same }\n    name: c\n';
  const first = last.replace('name: a\n', 'name: a\nchannels: first\n').replace('N, 8, 6, 3', 'N, 3, 8, 6');

  test('is a change of the ends, and of no node', () => {
    const { status, out } = diffOf(last, first, '--format', 'json');
    expect(status).toBe(1);
    const { inputs, outputs, nodes } = JSON.parse(out);
    expect(inputs).toEqual([{ name: 'x', before: 'float32 [N, 8, 6, 3]', after: 'float32 [N, 3, 8, 6]' }]);
    expect(outputs).toEqual([{ name: 'c', before: 'float32 [N, 8, 6, 4]', after: 'float32 [N, 4, 8, 6]' }]);
    expect(nodes).toEqual([]);
  });

  test('shapes are written as the spec writes them', () => {
    const { nodes } = JSON.parse(diffOf(first, first.replace('8, 6]', '8, 7]'), '--format', 'json').out);
    expect(nodes[0].outputs).toEqual({ before: 'float32 [N, 4, 8, 6]', after: 'float32 [N, 4, 8, 7]' });
  });
});

describe('how each side is built', () => {
  const spec = `\
inception: 1
name: net
inputs: { x: [N, 8] }
params: { classes: 10 }
variants: { wide: { classes: 20 } }
network:
  - dense: $classes
    name: logits
`;
  const plain = spec.replace(/params.*\nvariants.*\n/, '').replace('$classes', '10');

  test('two variants of one spec', () => {
    const cwd = folderWith({ 'a.yaml': spec });
    const { status, out } = runCli(['diff', 'a.yaml', '--after-variant', 'wide'], { cwd });
    expect(status).toBe(1);
    // 8·10 + 10 and 8·20 + 20.
    expect(out).toMatch(/^a\.yaml → a\.yaml \(variant wide\)\nbreaking: .*\nparameters 90 → 180 \(\+90\)\n/);
  });

  test('a param that only one side has', () => {
    const { status, err } = diffOf(plain, spec, '--set', 'classes=10');
    expect(status).toBe(1);
    expect(err).toContain(
      'a.yaml gave no network; what holds for one of the two only is said with --before-set, --after-set and the like\n',
    );
    const own = diffOf(plain, spec, '--after-set', 'classes=10');
    expect([own.status, own.out]).toEqual([
      0,
      'a.yaml → b.yaml (set classes=10)\nthe same network\n\n1 node unchanged\n',
    ]);
  });

  test('what both are built with, and what one is', () => {
    const { out } = diffOf(spec, spec, '--set', 'classes=5', '--after-set', 'classes=6', '-f', 'json');
    // 8·5 + 5 and 8·6 + 6.
    expect(JSON.parse(out).figures[0]).toEqual({ name: 'parameters', before: 45, after: 54, delta: 9 });
    const both = diffOf(
      spec,
      spec,
      '--variant',
      'wide',
      '--input',
      'x=1,4',
      '--before-input',
      'x=1,8',
      '-f',
      'json',
    );
    // 8·20 + 20 and 4·20 + 20.
    expect(JSON.parse(both.out).figures[0]).toEqual({
      name: 'parameters',
      before: 180,
      after: 100,
      delta: -80,
    });
  });

  test('one spec and nothing to compare it with', () => {
    const cwd = folderWith({ 'a.yaml': spec });
    const { status, err } = runCli(['diff', 'a.yaml', '--variant', 'wide'], { cwd });
    expect([status, err]).toEqual([
      2,
      'error: two specs are compared, or one with --against REVISION, or two forms of one as --after-variant NAME\n',
    ]);
  });
});
