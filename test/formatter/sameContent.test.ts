import { expect, test } from 'vitest';
import { isSameContent } from '../../src/formatter/sameContent.ts';

const text = 'inception: 1 # version\nname: net\nparams: { a: [1, 2], b: 1e-3 }\n';

function isSame(other: string): boolean {
  return isSameContent({ name: 'net.yaml', text }, { name: 'net.yaml', text: other });
}

test.each([
  ['another layout', text.replace('{ a: [1, 2], b: 1e-3 }', '\n  a:\n    - 1\n    - 2\n  b: 0.001')],
  ['another order of keys', text.replace('{ a: [1, 2], b: 1e-3 }', '{ b: 1e-3, a: [1, 2] }')],
  ['other quotes', text.replace('net', '"net"')],
  ['a comment elsewhere', text.replace(' # version', '').replace('net', 'net # version')],
])('%s says the same', (_, other) => {
  expect(isSame(other)).toBe(true);
});

test.each([
  ['another number', text.replace('1e-3', '1e-4')],
  ['another order of items', text.replace('[1, 2]', '[2, 1]')],
  ['a text for a number', text.replace('1e-3', '"1e-3"')],
  ['a key less', text.replace(', b: 1e-3', '')],
  ['a comment less', text.replace(' # version', '')],
  ['a comment twice', text.replace('net', 'net # version')],
  ['another comment', text.replace('# version', '# Version')],
  ['a text that is none', text.replace('}', '')],
])('%s does not', (_, other) => {
  expect(isSame(other)).toBe(false);
});
