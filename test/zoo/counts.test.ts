import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Totals, totals } from '../../src/analysis/totals.ts';
import { compileSpec, readText } from '../golden/compileSpec.ts';
import { type Counted, publishedCounts } from './publishedCounts.ts';

/* What the compiler counts beside what the sources of the networks print; the tables stand beside this file. */

describe.each(publishedCounts)('$source', ({ counted, besides = 0, rows }) => {
  const cases = rows.flatMap(([file, variants, parameters, multiplyAdds = '-', side]) =>
    variants.map((variant) => ({ file, variant, parameters, multiplyAdds, side })),
  );

  test.each(cases)('$file $variant: $parameters, $multiplyAdds', (row) => {
    const { file, variant, parameters, multiplyAdds, side } = row;
    const sums = totalsOf(file, variant, side);
    expect(asPrinted(count(sums, counted) + besides, parameters)).toBe(parameters);
    expect(asPrinted(Number(sums.macs), multiplyAdds)).toBe(multiplyAdds);
  });
});

test('every file of specs/ and every variant has its row, and no other', () => {
  const rows = publishedCounts.flatMap(({ rows }) => rows);
  const named = rows.flatMap(([file, variants]) => variants.map((variant) => `${file} ${variant}`));
  expect([...new Set(named)].sort()).toEqual(zoo().sort());
});

/** Several sources print the same network: it is compiled once. */
const compiled = new Map<string, Totals>();

function totalsOf(file: string, variant: string, side?: number): Totals {
  const key = `${file} ${variant} ${side}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const { graph, diagnostics } = compileSpec(`specs/${file}.yaml`, {
    ...(variant === '' ? {} : { variant }),
    ...(side === undefined ? {} : { inputs: { image: ['N', side, side, 3] } }),
  });
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  const sums = totals(graph?.nodes ?? []);
  compiled.set(key, sums);
  return sums;
}

/** Generators of text have their counts, which depend on the length of the text, in a test of their own. */
const countedElsewhere = ['gpt2.yaml', 'llama.yaml'];

function zoo(): string[] {
  const files = readdirSync(new URL('../../specs', import.meta.url)).filter((name) => name.endsWith('.yaml'));
  return files
    .filter((name) => !countedElsewhere.includes(name))
    .flatMap((name) => {
      const variants = ['', ...Object.keys(parse(readText(`specs/${name}`)).variants ?? {})];
      return variants.map((variant) => `${name.replace('.yaml', '')} ${variant}`);
    });
}

function count({ parameters: { trainable, nonTrainable } }: Totals, counted: Counted): number {
  const counts: Readonly<Record<Counted, number>> = {
    trainable,
    'with moving statistics': trainable + nonTrainable,
    // A batch norm has as many of gamma and beta as of the moving mean and variance.
    'without batch norms': trainable - nonTrainable,
    'with gammas': trainable + nonTrainable / 2,
  };
  return counts[counted];
}

/** A number with the digits and the unit of a printed one; what is not printed stays so. */
function asPrinted(value: number, printed: string): string {
  if (printed === '-') return printed;
  const [, decimals = '', unit = ''] = /^\d+(?:\.(\d+))?([MG]?)$/.exec(printed) ?? [];
  const power = { M: 1e6, G: 1e9 }[unit] ?? 1;
  return `${(value / power).toFixed(decimals.length)}${unit}`;
}
