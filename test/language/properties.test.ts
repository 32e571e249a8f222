import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Compilation, compile } from '../../src/compile.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { changed, type Json, randomChanges, randomSpecs } from './randomSpecs.ts';
import { linesOf } from './report.ts';
import { withoutPlaces } from './withoutPlaces.ts';

const runs = Number(process.env.PROPERTY_RUNS ?? 30);

/** A document in the flow style of YAML, or as JSON. */
function compiled(document: Json, name: 'net.yaml' | 'net.json'): Compilation {
  return compile(JSON.stringify(document, undefined, 1), { name });
}

test('a spec without a mistake compiles, twice to the same, from both styles of YAML and from JSON', () => {
  fc.assert(
    fc.property(randomSpecs, (document) => {
      const first = compiled(document, 'net.yaml');
      expect(first.diagnostics.flatMap(linesOf)).toEqual([]);
      expect(compiled(document, 'net.yaml')).toEqual(first);
      const expected = withoutPlaces(first.graph);
      expect(withoutPlaces(compiled(document, 'net.json').graph)).toEqual(expected);
      expect(withoutPlaces(compile(stringify(document), { name: 'net.yaml' }).graph)).toEqual(expected);
    }),
    { numRuns: runs },
  );
});

test('a spec with any change gives a network, or says why not', () => {
  fc.assert(
    fc.property(randomSpecs, fc.array(randomChanges, { minLength: 1, maxLength: 2 }), (document, changes) => {
      const text = JSON.stringify(changes.reduce<Json>(changed, document), undefined, 1);
      const { graph, diagnostics } = compile(text, { name: 'net.yaml' });
      expect(graph !== undefined || hasErrors(diagnostics)).toBe(true);
      for (const { span, message } of diagnostics) {
        expect(message).not.toMatch(/undefined|\[object|NaN/);
        if (span !== undefined) expect(span.start <= span.end && span.end <= text.length).toBe(true);
      }
    }),
    { numRuns: runs * 4 },
  );
});
