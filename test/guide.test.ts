import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../src/compile.ts';

const guide = readFileSync('docs/guide/README.md', 'utf8');
const examples = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => ({
  name: /^name: (\w+)$/m.exec(text)?.[1] ?? '',
  text,
}));

test('the guide has an example for each chapter that shows one', () => {
  expect(examples.map((e) => e.name)).toEqual([
    ...['digits', 'defaults', 'branches', 'blocks', 'wiring', 'cached', 'channels_first'],
  ]);
});

test.each(examples)('the example $name compiles, and its claims hold', ({ name, text }) => {
  const { graph, diagnostics } = compile(text, { name: `${name}.yaml` });
  expect(diagnostics).toEqual([]);
  expect(graph?.nodes.length).toBeGreaterThan(3);
});
