import { describe, expect, test } from 'vitest';
import { applyFixes } from '../../src/linter/applyFixes.ts';
import { findingsOf, messagesOf, network } from './findings.ts';

/** A text with all repairs of a rule made. */
function repaired(code: string, text: string): string {
  return applyFixes({ name: 'test.yaml', text }, findingsOf(code, text), () => true).text;
}

describe('the momentum of a batch norm', () => {
  const written = (momentum: string, more = '') =>
    network(`  - batch_norm: { epsilon: 1e-3, momentum: ${momentum} }\n    name: norm\n`, { more });

  test.each([
    ['0.1', 'keep 10 % of what they were'],
    ['0.03', 'keep 3 % of what they were'],
    ['0', 'keep 0 % of what they were'],
  ])('%s is PyTorch’s', (momentum, says) => {
    expect(messagesOf('INC723', written(momentum)).join()).toContain(says);
  });

  test.each(['0.5', '0.9', '0.9997', '1'])('%s is not', (momentum) => {
    expect(messagesOf('INC723', written(momentum))).toEqual([]);
  });

  test('the number is replaced where it stands: in the step, or in the defaults', () => {
    expect(repaired('INC723', written('0.03'))).toBe(written('0.97'));
    const byDefault = (momentum: string) =>
      network('  - batch_norm:\n    repeat: 2\n    name: norm$i\n', {
        more: `defaults: { batch_norm: { epsilon: 0.001, momentum: ${momentum} } }\n`,
      });
    expect(repaired('INC723', byDefault('0.1'))).toBe(byDefault('0.9'));
  });

  test('an expression is reported and left alone', () => {
    const text = written('$m', 'params: { m: 0.1 }\n');
    expect(findingsOf('INC723', text).map(({ fix }) => fix)).toEqual([undefined]);
  });
});

describe('a norm over one number', () => {
  test.each([
    [
      'instance_norm',
      '[N, 1, 1, 4]',
      'this instance_norm of [N, 1, 1, 4] is over one number per channel: it gives its offset, whatever it reads',
    ],
    [
      'instance_norm: { center: false }',
      '[N, 1, 4]',
      'this instance_norm of [N, 1, 4] is over one number per channel: it gives 0, whatever it reads',
    ],
    [
      'group_norm: 4',
      '[N, 4]',
      'this group_norm of [N, 4] is over one number per group: it gives its offset, whatever it reads',
    ],
    [
      'layer_norm',
      '[N, T, 1]',
      'this layer_norm of [N, T, 1] is over one number per position: it gives its offset, whatever it reads',
    ],
    [
      'rms_norm',
      '[N, T, 1]',
      'this rms_norm of [N, T, 1] is over one number per position: it gives the sign times its factor, whatever it reads',
    ],
  ])('%s of %s', (step, shape, message) => {
    expect(messagesOf('INC725', network(`  - ${step}\n`, { shape }))).toEqual([message]);
  });

  test.each([
    ['instance_norm', '[N, 1, 2, 4]'],
    ['instance_norm', '[N, H, 1, 4]'],
    ['group_norm: 2', '[N, 4]'],
    ['group_norm: 4', '[N, 2, 1, 4]'],
    ['layer_norm: { axes: [-2, -1] }', '[N, 2, 1]'],
    ['batch_norm', '[N, 1, 1, 4]'],
  ])('%s of %s has more than one', (step, shape) => {
    expect(messagesOf('INC725', network(`  - ${step}\n`, { shape }))).toEqual([]);
  });

  test.each([
    ['[1, 4]', 1],
    ['[1, 1, 1, 4]', 1],
    ['[2, 4]', 0],
    ['[N, 1, 1, 4]', 0],
    ['[1, 1, 2, 4]', 0],
  ])('a batch norm of %s in training', (shape, count) => {
    expect(findingsOf('INC726', network('  - batch_norm\n', { shape }))).toHaveLength(count);
  });
});

describe('activations', () => {
  test.each([
    ['softmax', '[N, 1]', 1],
    ['log_softmax', '[N, 5, 1]', 1],
    ['softmax: 1', '[N, 1, 5]', 1],
    ['softmax', '[N, 1, 5]', 0],
    ['softmax', '[N, 2]', 0],
  ])('%s of %s', (step, shape, count) => {
    expect(findingsOf('INC727', network(`  - ${step}\n`, { shape }))).toHaveLength(count);
  });

  test('a softmax behind a ReLU, over what only moves numbers', () => {
    const steps =
      '  - conv: { filters: 4, kernel: 1, activation: relu }\n    name: c\n  - flatten:\n  - dropout: 0.5\n';
    expect(messagesOf('INC728', network(`${steps}  - softmax\n`))).toEqual([
      'this softmax reads the relu of `c`: every score below 0 counts as 0',
    ]);
    expect(messagesOf('INC728', network(`${steps}  - sigmoid\n`))).toEqual([
      'this sigmoid reads the relu of `c`: it gives no number below 0.5',
    ]);
    expect(messagesOf('INC728', network(`${steps}  - dense: 4\n  - softmax\n`))).toEqual([]);
  });

  test.each([
    ['relu', 'leaky_relu: 0.1', 1],
    ['sigmoid', 'relu6', 1],
    ['sigmoid', 'relu', 1],
    ['relu', 'elu', 1],
    ['relu', 'relu6', 0],
    ['relu', 'relu', 0],
    ['relu', 'selu', 0],
    ['tanh', 'relu', 0],
  ])('%s, then %s', (first, second, count) => {
    const steps = (between: string) => `  - ${first}\n${between}  - ${second}\n`;
    expect(findingsOf('INC729', network(steps('')))).toHaveLength(count);
    expect(findingsOf('INC729', network(steps('  - max_pool: { kernel: 2, stride: 2 }\n')))).toHaveLength(
      count,
    );
    expect(findingsOf('INC729', network(steps('  - conv: { filters: 3, kernel: 1 }\n')))).toEqual([]);
  });

  // 24·24·32 = 18,432 slopes, of which 32 are one for each channel.
  test.each([
    ['last', '[N, 24, 24, 32]'],
    ['first', '[N, 32, 24, 24]'],
  ])('a slope for each place, channels %s', (channels, shape) => {
    const more = `channels: ${channels}\n`;
    const text = (axes: string) =>
      network(`  - prelu: { shared_axes: ${axes} }\n    name: act\n`, { shape, more });
    expect(messagesOf('INC730', text('[]'))).toEqual([
      'this prelu has 18432 slopes, as places have their own; one for each channel would be 32',
    ]);
    expect(repaired('INC730', text('[]'))).toBe(text('[height, width]'));
    expect(messagesOf('INC730', text('[height, width, channel]'))).toEqual([]);
    // 24·32.
    expect(messagesOf('INC730', text('width')).join()).toContain('768 slopes');
  });
});

test('an activation is replaced in the step that has it', () => {
  const dense = (units: number, activation: string, more = '') =>
    network(`  - dense: { units: ${units}, activation: ${activation} }\n    name: logits\n${more}`, {
      shape: '[N, 4]',
    });
  expect(repaired('INC727', dense(1, 'softmax'))).toBe(dense(1, 'sigmoid'));
  expect(repaired('INC731', dense(4, 'softmax'))).toBe(dense(4, 'none'));
  expect(repaired('INC728', dense(4, 'relu', '  - softmax\n'))).toBe(dense(4, 'none', '  - softmax\n'));
  // A step of its own is for the author to remove.
  const own = network('  - dense: 4\n  - softmax:\n    name: logits\n', { shape: '[N, 4]' });
  expect(findingsOf('INC731', own).map(({ fix }) => fix)).toEqual([undefined]);
});

test('long rows of steps that only move numbers', () => {
  const steps = `  - relu\n  - identity:\n    repeat: 20000\n    name: i$i\n  - softmax: -1\n`;
  expect(messagesOf('INC728', network(steps))).toHaveLength(1);
});

describe('what outputs are called', () => {
  const dense = (units: number, activation: string, name: string) =>
    network(`  - dense: { units: ${units}, activation: ${activation} }\n    name: ${name}\n`, {
      shape: '[N, 20]',
    });

  // ln(1 + 3/e) and ln(1 + 999/e) for the softmax, ln(1 + 1/e) for the sigmoid.
  test.each([
    [4, 'softmax', 'logits', 'is never below 0.744 with it, for 4 classes'],
    [1000, 'softmax', 'class_logits', 'is never below 5.909 with it, for 1000 classes'],
    [1, 'sigmoid', 'Logits', 'is never below 0.313 with it'],
  ])('%i units, %s, called %s', (units, activation, name, says) => {
    const [message = '', ...others] = messagesOf('INC731', dense(units, activation, name));
    expect(message.endsWith(says)).toBe(true);
    expect(others).toEqual([]);
  });

  test.each([
    ['log_softmax', 'logits'],
    ['relu', 'logits'],
    ['softmax', 'predictions'],
  ])('%s, called %s', (activation, name) => {
    expect(messagesOf('INC731', dense(4, activation, name))).toEqual([]);
  });

  test('an output that has another name than its step', () => {
    const text = `${dense(4, 'softmax', 'scores')}outputs: { logits: scores }\n`;
    expect(messagesOf('INC731', text)).toHaveLength(1);
    expect(messagesOf('INC731', `${text}lint: { INC731: off }\n`)).toHaveLength(0);
  });

  test('probabilities of a linear layer', () => {
    const linear = network('  - dense: 4\n    name: class_probabilities\n', { shape: '[N, 20]' });
    expect(messagesOf('INC732', linear)).toEqual([
      'the output `class_probabilities` is what a dense gives: nothing makes probabilities of its numbers',
    ]);
    expect(messagesOf('INC732', dense(4, 'sigmoid', 'probs'))).toEqual([]);
    expect(messagesOf('INC732', dense(4, 'none', 'problems'))).toEqual([]);
  });
});
