import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CST, Parser, parse, parseAllDocuments } from 'yaml';
import { compile } from '../../src/compile.ts';
import { formatSpec } from '../../src/formatter/formatSpec.ts';
import { type Json, randomSpecs } from '../language/randomSpecs.ts';
import { withoutPlaces } from '../language/withoutPlaces.ts';
import { inRandomLayout } from './randomLayout.ts';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 12);

/** The canonical form of a text that has one. */
function formatted(text: string, name = 'net.yaml'): string {
  const { value, diagnostics } = formatSpec({ name, text });
  if (value === undefined) throw new Error(`${diagnostics.map((d) => d.message).join('\n')}\n${text}`);
  return value;
}

/** A document with its keys in their order, so that formatting does not move them. */
function inOrder(document: Json): Json {
  return JSON.parse(formatted(JSON.stringify(document), 'net.json'));
}

interface Token {
  readonly offset: number;
  readonly text: string;
}

/** Scalars by what they stand for, and comments, in the order of the text. */
function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const token = part as CST.Token;
    if (token.type === 'comment') {
      const line = text.slice(text.lastIndexOf('\n', token.offset) + 1, token.offset);
      const kind = line.trim() === '' ? 'own' : 'behind';
      found.push({ offset: token.offset, text: `${kind} ${token.source.trimEnd()}` });
    } else if (CST.isScalar(token)) {
      found.push({ offset: token.offset, text: `= ${CST.resolveAsScalar(token).value}` });
    }
    Object.values(part).forEach(visit);
  };
  visit([...new Parser().parse(text)]);
  return found.sort((a, b) => a.offset - b.offset);
}

/** Scalars and comments in order, but for the comments beside brackets, which have no line of their own to stay on. */
function sequenceOf(text: string): readonly string[] {
  return tokensOf(text)
    .map((token) => token.text)
    .filter((token) => !/^(own|behind) # ?(open|after)/.test(token));
}

function commentsOf(text: string): readonly string[] {
  return tokensOf(text)
    .flatMap((token) => (token.text.startsWith('=') ? [] : [token.text.replace(/^\w+ /, '')]))
    .sort();
}

const layouts = fc.tuple(randomSpecs, fc.integer({ min: 0, max: 2 ** 31 }));

describe('a spec in any layout', () => {
  test('keeps its data, its comments and the order of both; formatted again, it does not change', () => {
    fc.assert(
      fc.property(layouts, ([document, seed]) => {
        const ordered = inOrder(document);
        const text = inRandomLayout(ordered, seed);
        expect(parse(text)).toEqual(ordered);
        const once = formatted(text);
        expect(parse(once)).toEqual(ordered);
        expect(sequenceOf(once)).toEqual(sequenceOf(text));
        expect(commentsOf(once)).toEqual(commentsOf(text));
        expect(formatted(once)).toBe(once);
      }),
      { numRuns },
    );
  });

  test('has no more columns than a line may have, no blank space at the end of one, no two blank lines', () => {
    fc.assert(
      fc.property(layouts, ([document, seed]) => {
        const once = formatted(inRandomLayout(document, seed));
        expect(once).not.toMatch(/[ \t]\n|\n\n\n|^\n|\n\n$|\t/);
        expect(once.endsWith('\n')).toBe(true);
        const long = once.split('\n').filter((line) => line.replace(/ #.*/, '').length > 120);
        expect(long).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('compiles to the same network with the same comments, wherever its keys stood', () => {
    fc.assert(
      fc.property(layouts, ([document, seed]) => {
        const text = inRandomLayout(document, seed);
        const before = compile(text, { name: 'net.yaml' });
        const once = formatted(text);
        expect(formatted(once)).toBe(once);
        expect(commentsOf(once)).toEqual(commentsOf(text));
        const after = compile(once, { name: 'net.yaml' });
        expect(withoutPlaces(after.graph)).toEqual(withoutPlaces(before.graph));
        expect(after.graph).not.toBe(undefined);
      }),
      { numRuns: numRuns / 2 },
    );
  });
});

describe('a spec in JSON', () => {
  test('keeps its data, and the order of what has one', () => {
    fc.assert(
      fc.property(randomSpecs, fc.constantFrom(0, 1, 4), (document, space) => {
        const once = formatted(JSON.stringify(document, undefined, space), 'net.json');
        expect(JSON.parse(once)).toEqual(document);
        expect(formatted(once, 'net.json')).toBe(once);
        expect(Object.keys(JSON.parse(once).params)).toEqual(Object.keys(document.params as object));
        const [before, after] = [JSON.stringify(document), once].map((text) =>
          compile(text, { name: 'net.json' }),
        );
        expect(withoutPlaces(after?.graph)).toEqual(withoutPlaces(before?.graph));
      }),
      { numRuns: numRuns / 2 },
    );
  });
});

test('what the reader refuses has no canonical form', () => {
  expect(parseAllDocuments('a: 1\n---\nb: 2\n')).toHaveLength(2);
  expect(formatSpec({ name: 'net.yaml', text: 'a: 1\n---\nb: 2\n' }).value).toBe(undefined);
});
