import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const ended = () => undefined;
const whole = createProgram('0', ended).commands;

test.each(whole.map((command) => command.name()))('%s is itself where no other command is made', (name) => {
  const made = createProgram('0', ended, [name, '--help']).commands;
  const command = made.find((c) => c.name() === name);
  const expected = whole.find((c) => c.name() === name);
  expect(command?.helpInformation()).toBe(expected?.helpInformation());
  expect(made).toHaveLength(name === 'completion' ? whole.length : 1);
});

test('a word that is no command is answered by the whole program', () => {
  for (const args of [[], ['help', 'lint'], ['lnt'], ['--color', 'lint'], ['constructor']])
    expect(createProgram('0', ended, args).commands).toHaveLength(whole.length);
});
