import { describe, expect, test } from 'vitest';
import { graphOf } from './graphLines.ts';
import { lines, reading, report } from './report.ts';

/** A classifier of three classes whose outputs begin in line 8. */
function classifier(outputs: string): string {
  return lines(`
inception: 1
name: net
params: { classes: [cat, dog, bird] }
inputs: { x: [N, 4] }
network:
  - dense: 3
    name: scores
outputs:
${lines(outputs)}`);
}

const files = {
  'pets.txt': '\uFEFFcat\r\ndog\r\nbird\r\n'.slice(1),
  'birds.txt': 'heron\n\nstork\n',
  'two.txt': 'cat\ndog\n\n',
};

function namesOf(outputs: string) {
  const graph = graphOf(classifier(outputs), { readFile: reading(files) });
  return Object.fromEntries(graph.outputs.map(({ name, labels }) => [name, labels?.names]));
}

describe('labels of an output', () => {
  test('are listed, worked out, or the lines of a file beside the spec', () => {
    expect(
      namesOf(`
  listed: { from: scores, labels: [cat, dog, 3] }
  given: { from: scores, labels: $classes }
  filed: { from: scores, labels: pets.txt }
  none: scores
`),
    ).toEqual({
      listed: ['cat', 'dog', '3'],
      given: ['cat', 'dog', 'bird'],
      filed: ['cat', 'dog', 'bird'],
      none: undefined,
    });
  });

  test('of copies can differ', () => {
    expect(
      namesOf(`
  is_$(classes[i]): { from: scores, labels: ["$(classes[i])", other, none], repeat: 2 }
`),
    ).toEqual({ is_cat: ['cat', 'other', 'none'], is_dog: ['dog', 'other', 'none'] });
  });

  test('stay where the network ends at that value', () => {
    const text = classifier('\n  y: { from: scores, labels: pets.txt }\n');
    const [output] = graphOf(text, { readFile: reading(files), until: 'scores' }).outputs;
    expect(output?.labels?.names).toEqual(['cat', 'dog', 'bird']);
  });

  test.each([
    ['[N]', 'reduce_max: { axes: [1] }', '[no, yes]', []],
    ['[N, 1]', 'dense: 1', '[no, yes]', []],
    ['int32', 'arg_max', '[a, b, c, d]', []],
    ['[N, 3]', 'relu', '[no, yes]', ['`labels` has 2 names, and the last axis of y has a size of 3']],
    ['[N, 1]', 'dense: 1', '[a, b, c]', ['`labels` has 3 names, and the last axis of y has a size of 1']],
  ])('%s of %s takes %s', (_, step, labels, said) => {
    const text = `inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork:\n  - ${step}\noutputs:\n  y: { from: _, labels: ${labels} }\n`;
    expect(report(text).filter((line) => !line.startsWith('  '))).toEqual(
      said.map((s) => `7:25 INC104 ${s}`),
    );
  });

  test.each([
    ['[]', '`labels` must have a length of at least 1, not []'],
    ['4', '`labels` must be a list of names, or the path of a file with a name on each line, not 4'],
    [
      '"$(len(classes))"',
      '`labels` must be a list of names, or the path of a file with a name on each line, not 3',
    ],
    ['birds.txt', '`labels` names a file with nothing in line 2: birds.txt'],
    ['fish.txt', '`labels` names a file that cannot be read (there is no such file): fish.txt'],
    ['../pets.txt', '`labels` names a file outside the root folder .: ../pets.txt'],
    ['two.txt', '`labels` has 2 names, and the last axis of y has a size of 3'],
  ])('that are wrong: %s', (written, said) => {
    const [first] = report(classifier(`\n  y: { from: scores, labels: ${written} }\n`), { files });
    expect(first).toBe(`9:30 INC104 ${said}`);
  });

  test('belong to outputs of a network, not of a block', () => {
    const text = lines(`
inception: 1
name: net
inputs: { x: [N, 3] }
blocks:
  b:
    steps:
      - relu
    outputs:
      y: { from: _, labels: [a, b, c] }
network:
  - b
`);
    expect(report(text)[0]).toMatch(/^9:21 INC\d+ .*`labels`/);
  });
});
