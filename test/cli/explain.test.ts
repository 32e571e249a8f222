import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec, wrongClaim } from './runCli.ts';

const cwd = folderWith({ 'net.yaml': smallSpec, 'claim.yaml': wrongClaim, 'syntax.yaml': 'a: [1\nb: 2\n' });

function explain(what: string, ...options: readonly string[]) {
  return runCli(['explain', what, ...options], { cwd });
}

test('an attribute is led back to what decided it, place by place', () => {
  expect(explain('logits.units', '--spec', 'net.yaml', '--set', 'classes=7')).toEqual({
    status: 0,
    out: `\
logits.units = 7  (dense)

\`units\` is written at the step as \`$classes\`: 7
  net.yaml:12:5
   10 |     expect: [N, 4, 4, 8]
   11 |   - global_avg_pool
   12 |   - dense: $classes
      |     ^^^^^^^^^^^^^^^

  \`classes\` of the spec is set from outside: 7
`,
    err: '',
  });
});

test('a shape is led back to the input, axis by axis', () => {
  expect(explain('conv_1.shape', '--spec', 'net.yaml')).toEqual({
    status: 0,
    out: `\
conv_1 is [N, 4, 4, 8]
  axis 0: image N
  axis 1: image 9 → conv_1 (3x3 8 /2 valid) 4
  axis 2: image 9 → conv_1 (3x3 8 /2 valid) 4
  axis 3: image 3 → conv_1 (3x3 8 /2 valid) 8
   = net.yaml:4:3: image: its shape is written here
`,
    err: '',
  });
});

test('a node is told in one line per attribute', () => {
  const { status, out } = explain('conv_1', '--spec', 'net.yaml');
  expect(status).toBe(0);
  expect(out).toContain(
    'conv_1: conv\n  net.yaml:8:5\n  filters   8       step net.yaml:8:13\n  kernel    [3, 3]  step net.yaml:8:25\n',
  );
  expect(out).toContain('\n  bias      true    op\nconv_1 is [N, 4, 4, 8]\n');
});

test('json has the same as data', () => {
  const { status, out } = explain('logits.units', '--spec', 'net.yaml', '--format', 'json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({
    formatVersion: 1,
    kind: 'attribute',
    node: 'logits',
    op: 'dense',
    name: 'units',
    value: 10,
    links: [
      {
        kind: 'written',
        name: 'units',
        what: '`units` is written at the step as `$classes`',
        value: 10,
        depth: 0,
        source: { file: 'net.yaml', line: 12, column: 5 },
      },
      {
        kind: 'param-default',
        name: 'classes',
        what: '`classes` is a param of the spec; its default is written here',
        value: 10,
        depth: 1,
        source: { file: 'net.yaml', line: 6, column: 12 },
      },
    ],
  });
});

test('json of a node has its attributes and shapes', () => {
  const { out } = explain('conv_1', '--spec', 'net.yaml', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    formatVersion: 1,
    kind: 'node',
    node: 'conv_1',
    source: { file: 'net.yaml', line: 8, column: 5 },
    shapes: [
      {
        name: 'conv_1',
        shape: '[N, 4, 4, 8]',
        axes: [
          { size: 'N' },
          {
            size: '4',
            derivation: [
              { name: 'image', size: '9', source: null },
              { name: 'conv_1', size: '4', source: { file: 'net.yaml', line: 8, column: 5 } },
            ],
          },
          { size: '4' },
          { size: '8' },
        ],
        inputs: [{ name: 'image', given: false, source: { file: 'net.yaml', line: 4, column: 3 } }],
      },
    ],
  });
});

test('where a claim fails the answer is given all the same, and the status is 1', () => {
  const { status, out, err } = explain('conv_1.shape', '--spec', 'claim.yaml');
  expect(status).toBe(1);
  expect(out).toContain('conv_1 is [N, 4, 4, 8]\n');
  expect(err).toContain('error[INC301]');
});

test('a spec that cannot be read ends with 2, one without shapes with 1', () => {
  expect(explain('conv_1', '--spec', 'syntax.yaml').status).toBe(2);
  expect(explain('conv_1', '--spec', 'absent.yaml').status).toBe(2);
  expect(explain('conv_1', '--spec', 'net.yaml', '--input', 'image=1,2,2,3')).toMatchObject({
    status: 1,
    out: '',
  });
});

test.each([
  [
    'conv_2.kernel',
    'error[INC130] there is no node or end point `conv_2` here\n   = help: did you mean `conv_1`?\n\n1 error\n',
  ],
  [
    'conv_1.kernal',
    'error[INC108] `conv` has no attribute `kernal`\n   = help: did you mean `kernel`?\n\n1 error\n',
  ],
])('%s is not there, which is a usage error', (what, err) => {
  expect(explain(what, '--spec', 'net.yaml')).toEqual({ status: 2, out: '', err });
});

test.each(['INC301', 'inc301', 'shape-claim'])('%s gives the page of the error', (what) => {
  const { status, out, err } = explain(what);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/^# INC301: shape-claim\n\nThe shape beside `expect` is not the one that comes out\./);
  expect(out).toContain('\n## What to do\n');
  expect(out).toContain('error[INC301]');
  expect(out).not.toContain('npm run docs');
});

test('json of a code', () => {
  expect(JSON.parse(explain('INC301', '--format', 'json').out)).toMatchObject({
    formatVersion: 1,
    kind: 'error',
    code: 'INC301',
    name: 'shape-claim',
    severity: 'error',
  });
});

test('a code that does not exist, and a node without a spec', () => {
  expect(explain('INC999')).toMatchObject({ status: 2, out: '' });
  expect(explain('INC999').err).toMatch(/^error\[INC130\] there is no code `INC999` here\n/);
  expect(explain('conv_1')).toEqual({
    status: 2,
    out: '',
    err: "error: 'conv_1' is not a code like INC301; name the spec that it is in: --spec FILE\n",
  });
});
