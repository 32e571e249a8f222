import { positionOf, type Span } from '../diagnostics/source.ts';
import type { AttributeExplanation, Explanation, ShapeExplanation } from './explanation.ts';

/** An explanation as plain data. `formatVersion` changes only when something is taken away. */
export function explanationData(explanation: Explanation) {
  return { formatVersion: 1, ...dataOf(explanation) };
}

function dataOf(explanation: Explanation) {
  switch (explanation.kind) {
    case 'attribute':
      return attributeData(explanation);
    case 'shape':
      return shapeData(explanation);
    case 'node': {
      const { kind, node, op, span, attributes, besides, shapes } = explanation;
      const rows = attributes.map(attributeData);
      return {
        kind,
        node,
        op,
        source: place(span),
        attributes: rows,
        besides,
        shapes: shapes.map(shapeData),
      };
    }
    default:
      return explanation satisfies never;
  }
}

function attributeData({ links, ...rest }: AttributeExplanation) {
  const plainLinks = links.map(({ span, ...link }) => ({ ...link, source: place(span) }));
  return { ...rest, links: plainLinks };
}

function shapeData({ axes, inputs, ...rest }: ShapeExplanation) {
  return {
    ...rest,
    axes: axes.map(({ axis, size, derivation, decidedBy }) => ({
      axis,
      size,
      derivation: derivation.map(({ name, how, size: made, node }) => ({
        name,
        how,
        size: made,
        source: place(node?.span),
      })),
      decidedBy: decidedBy.map(({ span, message }) => ({ message, source: place(span) })),
    })),
    inputs: inputs.map(({ name, given, span }) => ({ name, given, source: place(span) })),
  };
}

/** Null where nothing is written. */
function place(span: Span | undefined) {
  return span === undefined ? null : { file: span.source.name, ...positionOf(span.source, span.start) };
}
