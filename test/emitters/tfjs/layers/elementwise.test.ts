import { describe, expect, test } from 'vitest';
import { type NetworkOfTest, network } from '../network.ts';
import { refusalsOf, topologyOf, wiringOf } from './modelOf.ts';

type Steps = NetworkOfTest['steps'];

/** A network on maps `x` and `z`, of which the last step gives the output. */
function on(steps: Steps) {
  const inputs = { x: ['N', 8, 8, 2], z: ['N', 8, 8, 2] };
  return network({ inputs, steps, outputs: { y: steps.at(-1)!.name } });
}

describe('ops that are several layers', () => {
  test('hard_swish reads its input twice', () => {
    expect(wiringOf(on([{ op: 'hard_swish', name: 'y', from: ['x'] }])).slice(2)).toEqual([
      'Rescaling y/scaled <- x',
      'Activation y/gate <- y/scaled',
      'Multiply y <- x y/gate',
    ]);
  });

  test('subtract adds the second value with its sign turned', () => {
    expect(wiringOf(on([{ op: 'subtract', name: 'y', from: ['x', 'z'] }])).slice(2)).toEqual([
      'Rescaling y/negated <- z',
      'Add y <- x y/negated',
    ]);
  });

  test('subtract of a value from itself reads a copy of it', () => {
    const steps: Steps = [{ op: 'subtract', name: 'y', from: ['x', 'x'] }];
    expect(wiringOf(on(steps)).slice(2)).toEqual([
      'Activation y/again <- x',
      'Rescaling y/negated <- y/again',
      'Add y <- x y/negated',
    ]);
  });

  test('bounds of both signs are kept apart', () => {
    const steps: Steps = [{ op: 'clip', name: 'y', from: ['x'], attributes: { min: -1e9, max: 2 } }];
    const { layers } = topologyOf(on(steps));
    expect(layers.slice(2).map(({ name, config }) => [name, config])).toEqual([
      ['y/positive', { max_value: 2 }],
      ['y/negated', { scale: -1, offset: 0 }],
      ['y/bounded', { max_value: 1e9 }],
      ['y/negative', { scale: -1, offset: 0 }],
      ['y', {}],
    ]);
  });
});

/** A max pooling that zeros may pad only where no number is negative, behind these steps. */
function pooledBehind(steps: Steps) {
  const attributes = {
    kernel: 3,
    stride: 2,
    padding: [
      [2, 1],
      [1, 2],
    ],
  };
  return refusalsOf(on([...steps, { op: 'max_pool', name: 'y', from: [steps.at(-1)!.name], attributes }]));
}

describe('what is known of signs', () => {
  const relu = { op: 'relu', name: 'r', from: ['x'] } as const;

  test.each<[string, Steps]>([
    ['a number that is added', [relu, { op: 'add', name: 'a', from: ['r'], attributes: { value: 1 } }]],
    ['a lower bound of 0', [{ op: 'clip', name: 'a', from: ['x'], attributes: { min: 0, max: 6 } }]],
    ['the larger of it and 0', [{ op: 'maximum', name: 'a', from: ['x'], attributes: { value: 0 } }]],
    ['a square', [{ op: 'square', name: 'a', from: ['x'] }]],
  ])('%s leaves no negative number', (_, steps) => {
    expect(pooledBehind(steps)).toEqual([]);
  });

  test.each<[string, Steps]>([
    [
      'a negative number that is added',
      [relu, { op: 'add', name: 'a', from: ['r'], attributes: { value: -1 } }],
    ],
    ['a negative factor', [relu, { op: 'multiply', name: 'a', from: ['r'], attributes: { value: -1 } }]],
    ['a difference', [relu, { op: 'subtract', name: 'a', from: ['r', 'r'] }]],
    ['a bound below 0', [relu, { op: 'minimum', name: 'a', from: ['r'], attributes: { value: -1 } }]],
  ])('%s may leave some', (_, steps) => {
    expect(pooledBehind(steps)).toEqual([expect.stringMatching(/must be −∞/)]);
  });
});
