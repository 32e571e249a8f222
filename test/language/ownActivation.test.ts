import { expect, test } from 'vitest';
import { compileText } from '../golden/compileSpec.ts';

/** The nodes of a network on [N, 5, 4], each with its `activation`. */
function nodesOf(steps: string) {
  const text = `inception: 1\nname: t\ninputs:\n  x: [N, 5, 4]\n${steps}`;
  const { graph, diagnostics } = compileText(text, 'test.yaml');
  return {
    said: diagnostics.map((d) => d.message),
    nodes: graph?.nodes.map(({ op, attributes }) => [
      op,
      'activation' in attributes ? attributes.activation : '',
    ]),
  };
}

test.each([
  ['glu: { activation: gelu }', 'glu', 'gelu'],
  ['glu: { activation: none }', 'glu', 'none'],
  ['lstm: { units: 2, activation: relu }', 'lstm', 'relu'],
  ['gru: { units: 2, activation: linear }', 'gru', 'linear'],
])('an activation that an op has itself is no node behind it: %s', (step, op, activation) => {
  expect(nodesOf(`network:\n  - ${step}\n`)).toEqual({ said: [], nodes: [[op, activation]] });
});

test('in defaults and by a param, too', () => {
  const steps = `params: { act: relu }
defaults:
  simple_rnn: { activation: $act }
network:
  - simple_rnn: 2
`;
  expect(nodesOf(steps)).toEqual({ said: [], nodes: [['simple_rnn', 'relu']] });
});

test('what it cannot be is said in its own words', () => {
  expect(nodesOf('network:\n  - lstm: { units: 2, activation: mish }\n').said).toEqual([
    '`activation` of `lstm`: must be one of tanh, sigmoid, relu, hard_sigmoid, linear, not the text "mish"',
  ]);
});
