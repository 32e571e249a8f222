import { describe, expect, test } from 'vitest';
import type { Source, Span } from '../../src/diagnostics/source.ts';
import { Findings } from '../../src/parser/findings.ts';
import type { Located } from '../../src/parser/located.ts';
import { readJson } from '../../src/parser/readJson.ts';
import { readYaml } from '../../src/parser/readYaml.ts';

type Read = (source: Source, findings: Findings) => Located | undefined;

/** Every key and value with the text at its place, in the order of the document: `key name`, `value "net"`. */
function places(text: string, read: Read = readYaml): string[] {
  const located = read({ name: 'net', text }, new Findings());
  return located === undefined ? [] : placesOf(located);
}

function placesOf(located: Located): string[] {
  const own = `${located.kind} ${at(located.span)}`;
  if (located.kind === 'list') return [own, ...located.items.flatMap(placesOf)];
  if (located.kind === 'scalar') return [own];
  return [own, ...located.entries.flatMap((e) => [`key ${at(e.keySpan)}`, ...placesOf(e.value)])];
}

function at({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

describe('the place of every key and value is its text', () => {
  test('in block collections, which end with their last part', () => {
    expect(places('a: 1\nb:\n  - x\n  - y: z   # why\n\nc: d\n')).toEqual([
      'map a: 1\nb:\n  - x\n  - y: z   # why\n\nc: d',
      'key a',
      'scalar 1',
      'key b',
      'list - x\n  - y: z',
      'scalar x',
      'map y: z',
      'key y',
      'scalar z',
      'key c',
      'scalar d',
    ]);
  });

  test('in flow collections, with their brackets', () => {
    expect(places('{ a: [1, "two" ], b: {} }')).toEqual([
      'map { a: [1, "two" ], b: {} }',
      'key a',
      'list [1, "two" ]',
      'scalar 1',
      'scalar "two"',
      'key b',
      'map {}',
    ]);
  });

  test('in text with letters beyond ASCII', () => {
    expect(places('größe: "😀"\nname: ñandú\n')).toEqual([
      'map größe: "😀"\nname: ñandú',
      'key größe',
      'scalar "😀"',
      'key name',
      'scalar ñandú',
    ]);
  });

  test('in lines that end with a carriage return', () => {
    expect(places('a: 1\r\nb:\r\n  - x\r\n  - y\r\n')).toEqual([
      'map a: 1\r\nb:\r\n  - x\r\n  - y',
      'key a',
      'scalar 1',
      'key b',
      'list - x\r\n  - y',
      'scalar x',
      'scalar y',
    ]);
  });

  test('of text over several lines', () => {
    expect(places('a: |\n  one\n  two\nb: one\n  two\n')).toEqual([
      'map a: |\n  one\n  two\nb: one\n  two',
      'key a',
      'scalar |\n  one\n  two\n',
      'key b',
      'scalar one\n  two',
    ]);
  });

  test('of nothing is that of its key', () => {
    expect(places('a:\nb: # nothing\nc: { d: , e: ~ }\n')).toEqual([
      'map a:\nb: # nothing\nc: { d: , e: ~ }',
      'key a',
      'scalar a',
      'key b',
      'scalar b',
      'key c',
      'map { d: , e: ~ }',
      'key d',
      'scalar d',
      'key e',
      'scalar ~',
    ]);
  });

  test('in JSON', () => {
    expect(places('{ "a": [1, "é😀"],\r\n "b": null }', readJson)).toEqual([
      'map { "a": [1, "é😀"],\r\n "b": null }',
      'key "a"',
      'list [1, "é😀"]',
      'scalar 1',
      'scalar "é😀"',
      'key "b"',
      'scalar null',
    ]);
  });
});

describe('what stands behind an alias is at the place of its use', () => {
  test('a value', () => {
    expect(places('a: &n { x: 1 }\nb: *n\n')).toEqual([
      'map a: &n { x: 1 }\nb: *n',
      'key a',
      'map { x: 1 }',
      'key x',
      'scalar 1',
      'key b',
      'map *n',
      'key *n',
      'scalar *n',
    ]);
  });

  test('what `<<` merges in', () => {
    expect(places('a: &n { x: 1, y: 2 }\nb: { <<: *n, y: 3 }\n')).toEqual([
      'map a: &n { x: 1, y: 2 }\nb: { <<: *n, y: 3 }',
      'key a',
      'map { x: 1, y: 2 }',
      'key x',
      'scalar 1',
      'key y',
      'scalar 2',
      'key b',
      'map { <<: *n, y: 3 }',
      'key *n',
      'scalar *n',
      'key y',
      'scalar 3',
    ]);
  });
});
