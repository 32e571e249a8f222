import { expect, test } from 'vitest';
import { explain } from '../../src/analysis/explain.ts';
import { formatExplanation } from '../../src/analysis/formatExplanation.ts';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { graphOf } from '../language/graphLines.ts';
import { lines, linesOf, network } from '../language/report.ts';

const spec = lines(`
inception: 1
name: net
inputs: { x: [N, 9, 9, 3] }
defaults: { conv: { padding: same, activation: relu } }
blocks:
  b:
    - conv: { filters: 4, kernel: 3, stride: 2 }
      name: c
network:
  - b:
    name: first
  - max_pool: { kernel: 3, stride: 1 }
    name: pool
  - split: { parts: 2, axis: channel }
    name: halves
outputs: [halves/0, halves/1]
`);
const graph = graphOf(spec);

function said(what: string): readonly string[] {
  const explained = explain(graph, what);
  if (!explained.ok) return explained.problems.flatMap((p) => linesOf(diagnose(p)));
  return formatExplanation(explained.value).split('\n');
}

test('each axis has its way from the input, and the defaults that took part', () => {
  const explained = explain(graph, 'pool.shape');
  const found = explained.ok && explained.value.kind === 'shape' ? explained.value : undefined;
  expect(found?.shape).toBe('[N, 3, 3, 4]');
  const axes = found?.axes.map(({ axis, size, derivation }) => [
    axis,
    size,
    derivation.map((step) => `${step.name} ${step.size}`),
  ]);
  expect(axes).toEqual([
    [0, 'N', ['x N']],
    [1, '3', ['x 9', 'first/c 5', 'pool 3']],
    [2, '3', ['x 9', 'first/c 5', 'pool 3']],
    [3, '4', ['x 3', 'first/c 4']],
  ]);
  const [, height] = found?.axes ?? [];
  expect(height?.decidedBy.map((r) => [r.message, r.span.start])).toEqual([
    ['`padding` of first/c comes from these defaults', spec.indexOf('padding: same')],
  ]);
});

test('the channels stay the channels where a pooling takes the other axes away', () => {
  const classifier = graphOf(
    network(`
  - conv: { filters: 5, kernel: 3 }
    name: c
  - global_avg_pool:
    name: g
  - dense: 7
    name: logits
`),
  );
  const explained = explain(classifier, 'logits.shape');
  expect(explained.ok && formatExplanation(explained.value)).toBe(
    [
      'logits is [N, 7]',
      '  axis 0: x N',
      '  axis 1: x 3 → c (3x3 5 valid) 5 → g (global_avg_pool) 5 → logits (dense 7) 7',
      '   = net.yaml:3:11: x: its shape is written here',
    ].join('\n'),
  );
});

test('a node has all its attributes, one line each, before its shape', () => {
  expect(said('first/c').slice(0, 12)).toEqual([
    'first/c: conv',
    '  net.yaml:7:7',
    '  filters     4       step net.yaml:7:15',
    '  kernel      [3, 3]  step net.yaml:7:27',
    '  stride      [2, 2]  step net.yaml:7:38',
    '  padding     same    defaults net.yaml:4:21',
    '  dilation    [1, 1]  op',
    '  groups      1       op',
    '  bias        true    op',
    '  activation  relu    defaults net.yaml:4:36',
    'the step also makes first/c/relu',
    'first/c is [N, 5, 5, 4]',
  ]);
});

test('an end point stands for what a block gives, and an input for itself', () => {
  expect(said('first.shape').slice(0, 2)).toEqual(['first is [N, 5, 5, 4]', '  axis 0: x N']);
  expect(said('x')).toEqual([
    'x is [N, 9, 9, 3]',
    '  axis 0: x N',
    '  axis 1: x 9',
    '  axis 2: x 9',
    '  axis 3: x 3',
    '   = net.yaml:3:11: x: its shape is written here',
  ]);
  const given = graphOf(spec, { inputs: { x: ['N', 11, 11, 3] } });
  const explained = explain(given, 'x');
  expect(explained.ok && formatExplanation(explained.value).split('\n').at(-1)).toBe(
    '   = net.yaml:3:11: x: its shape is given from outside, in place of this one',
  );
});

test('a step of several values has no one shape', () => {
  expect(said('halves.shape')).toEqual([
    '- INC108 `split` has no attribute `shape`',
    '  help: `halves/0` has it: ask for `halves/0.shape`',
  ]);
  expect(said('halves/1.shape')[0]).toBe('halves/1 is [N, 3, 3, 2]');
});

test.each([
  ['poool.stride', '- INC130 there is no node or end point `poool` here', '  help: did you mean `pool`?'],
  ['c.filters', '- INC130 there is no node or end point `c` here', '  help: did you mean `first/c`?'],
  [
    'nowhere',
    '- INC130 there is no node or end point `nowhere` here',
    '  help: known here: first, pool, halves/0, halves/1',
  ],
  ['pool.strid', '- INC108 `max_pool` has no attribute `strid`', '  help: did you mean `stride`?'],
  [
    'first/c/relu.filters',
    '- INC108 `relu` has no attribute `filters`',
    '  help: `first/c` has it: ask for `first/c.filters`',
  ],
])('%s is not there', (what, message, help) => {
  expect(said(what)).toEqual([message, help]);
});
