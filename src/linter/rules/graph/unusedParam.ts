import type { Span } from '../../../diagnostics/source.ts';
import type { LocatedMap } from '../../../parser/located.ts';
import { partAt } from '../../../parser/located.ts';
import { readDocument } from '../../../parser/readDocument.ts';
import { namesRead } from '../../namesRead.ts';
import { defineRule, type Finding } from '../../rule.ts';

interface Facts {
  readonly name: string;
  readonly owner: string;
}

/** A param that no expression reads. */
export const unusedParam = defineRule<Facts>({
  code: 'INC604',
  id: 'graph/unused-param',
  level: 'warning',
  set: 'recommended',
  summary: 'No expression reads a param of a spec or a block.',
  why: 'Whoever sets it expects the network to change, and it does not.',
  sources: ['Redocly, no-unused-components'],
  bad: {
    spec: `
inception: 1
name: example
params: { classes: 10 }
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - flatten:
  - dense: 1000
    name: logits
`,
  },
  good: {
    spec: `
inception: 1
name: example
params: { classes: 10 }
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - flatten:
  - dense: $classes
    name: logits
`,
  },
  message: ({ name, owner }) => `nothing in ${owner} reads the param \`${name}\``,
  help: ({ name }) => `write \`$${name}\` where it is meant, or remove it`,
  *checkSpec({ main }) {
    const root = readDocument(main.source);
    if (root?.kind !== 'map') return;
    yield* unread(main.params, root, 'the spec');
    const blocks = partAt(root, ['blocks']);
    for (const { name, params } of main.blocks.values()) {
      const part = partAt(blocks, [name]);
      if (part.kind === 'map') yield* unread(params, part, `the block \`${name}\``);
    }
  },
});

function* unread(
  params: readonly { readonly name: string; readonly span: Span }[],
  part: LocatedMap,
  owner: string,
): Iterable<Finding<Facts>> {
  const read = namesRead(part);
  for (const { name, span } of params) if (!read.has(name)) yield { params: { name, owner }, span };
}
