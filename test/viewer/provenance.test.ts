import { describe, expect, test } from 'vitest';
import { explain } from '../../src/analysis/explain.ts';
import { printDerivation } from '../../src/ir/derivation.ts';
import { buildPageData } from '../../src/viewer/buildPageData.ts';
import type { NodeFacts, PageNetwork } from '../../src/viewer/pageData.ts';
import { compileSpec } from '../golden/compileSpec.ts';

/* What a page knows of each node besides its attributes. */

function pageOf(spec: string): PageNetwork {
  const { graph, diagnostics } = compileSpec(`specs/${spec}.yaml`);
  return buildPageData({ source: `specs/${spec}.yaml`, graph, diagnostics }).network!;
}

function nodesOf({ facts }: PageNetwork): readonly NodeFacts[] {
  return Object.values(facts).flat();
}

function remarksOf({ texts }: PageNetwork, { remarks }: NodeFacts): readonly string[] {
  return Array.from(
    { length: remarks.length / 2 },
    (_, i) => `${texts[remarks[2 * i]!]}: ${texts[remarks[2 * i + 1]!]}`,
  );
}

/** The chain that led to an axis, as the page follows it. */
function chainOf({ texts, links }: PageNetwork, end: number): string {
  const words: string[] = [];
  for (let at = end; at >= 0; at = links[2 * at + 1]!) words.unshift(texts[links[2 * at]!]!);
  return words.join(' → ');
}

describe('Inception-v4', () => {
  const network = pageOf('inception_v4');
  const node = (name: string) => nodesOf(network).find((n) => n.name === name)!;

  test('sizes come from the input, as figure 3 of arXiv 1602.07261 has them', () => {
    const { axes = [] } = node('stem/Conv2d_2a_3x3');
    expect(chainOf(network, axes[1]!)).toBe(
      'image 299 → stem/Conv2d_1a_3x3 (3x3 32 /2 valid) 149 → stem/Conv2d_2a_3x3 (3x3 32 valid) 147',
    );
  });

  test('a node says what it reads, and by which calls of blocks it is there', () => {
    const said = remarksOf(network, node('stem/Conv2d_2a_3x3'));
    expect(said).toContainEqual(expect.stringMatching(/^reads: stem\/Conv2d_1a_3x3.* \[N, 149, 149, 32\]$/));
    expect(said).toContainEqual(
      expect.stringMatching(/^block: \S+, called at specs\/inception_v4\.yaml:\d+:\d+$/),
    );
  });

  test('a claim about a shape is told where its value is made', () => {
    // The stem ends with 35 × 35 × 384 in figure 3.
    const said = nodesOf(network).flatMap((n) => remarksOf(network, n).map((words) => `${n.name} ${words}`));
    expect(said).toContainEqual(
      expect.stringMatching(/^stem\/\S+ expect: \[(N|_), 35, 35, 384\], specs\/.*yaml:\d+:\d+$/),
    );
  });

  test('where the network comes from', () => {
    expect(network.about.join()).toContain('1602.07261');
  });
});

test.each(['resnet', 'gpt2', 'swin'])('chains of %s are those of `explain`', (spec) => {
  const network = pageOf(spec);
  const { graph } = compileSpec(`specs/${spec}.yaml`);
  const chained = nodesOf(network).filter(({ axes }) => axes !== undefined);
  expect(chained.length).toBeGreaterThan(10);
  for (const { name, axes = [] } of chained.filter((_, i) => i % 7 === 0)) {
    const made = graph!.nodes.find((n) => n.name === name)!.outputs[0]!;
    const explained = explain(graph!, made.name);
    if (!explained.ok || explained.value.kind !== 'node') throw new Error(`${made.name} has no shape`);
    const chains = explained.value.shapes[0]!.axes.map(({ derivation }) => derivation);
    // `explain` leaves out links of chains that are long, and goes on (with a size of `?`) where an axis begins.
    for (const [axis, derivation] of chains.entries())
      if (derivation.every(({ omitted, size }) => omitted === undefined && size !== '?'))
        expect(chainOf(network, axes[axis]!)).toBe(printDerivation(derivation));
  }
});

test('attributes that have no value are not told', () => {
  expect(pageOf('gpt2').texts).not.toContain('undefined');
});
