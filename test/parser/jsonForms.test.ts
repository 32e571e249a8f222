import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../src/compile.ts';
import { withoutPlaces } from '../language/withoutPlaces.ts';

/**
 * YAML text as JSON text, by a reader that is not ours. Mappings are read as Maps: an object would put keys that are
 * numbers first. A path of an import leads to the JSON form of that file.
 */
function asJson(text: string): string {
  return printed(parse(text, { mapAsMap: true, merge: true })).replaceAll('.yaml"', '.json"');
}

function printed(value: unknown): string {
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${JSON.stringify(String(key))}: ${printed(item)}`);
    return `{ ${entries.join(', ')} }`;
  }
  return Array.isArray(value) ? `[${value.map(printed).join(', ')}]` : JSON.stringify(value);
}

const files = readdirSync('specs').filter((file) => file.endsWith('.yaml'));

/** Read from disk as it is, or converted. */
function read(path: string): { readonly text: string } {
  if (path.endsWith('.yaml')) return { text: readFileSync(path, 'utf8') };
  return { text: asJson(readFileSync(path.replace(/json$/, 'yaml'), 'utf8')) };
}

/** The first variant of a spec that has some. */
function variantOf(text: string): { readonly variant?: string } {
  const variants: unknown = parse(text, { mapAsMap: true }).get('variants');
  return variants instanceof Map ? { variant: String([...variants.keys()][0]) } : {};
}

describe('every spec as JSON is the same network', () => {
  test.each(files)('%s', { timeout: 60_000 }, (file) => {
    const path = `specs/${file}`;
    const { text } = read(path);
    const options = { readFile: read, ...variantOf(text) };
    const yaml = compile(text, { name: path, ...options });
    const json = compile(asJson(text), { name: path.replace(/yaml$/, 'json'), ...options });
    expect(json.diagnostics).toEqual([]);
    expect(json.graph).toBeDefined();
    expect(withoutPlaces(json.graph)).toEqual(withoutPlaces(yaml.graph));
  });
});
