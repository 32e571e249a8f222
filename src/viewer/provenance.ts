import { attributeNames, explainAttribute } from '../analysis/explainAttribute.ts';
import { kindWords } from '../analysis/formatExplanation.ts';
import type { OriginLink } from '../analysis/originLink.ts';
import { printValue } from '../analysis/printValue.ts';
import type { PlaceOf } from '../analysis/traceNames.ts';
import { oneLine, placeText } from '../diagnostics/format.ts';
import { attributeValues } from '../ir/attributeValues.ts';
import type { TypedGraph, TypedNode } from '../ir/graph.ts';
import { showShape } from '../tensor/shape.ts';
import type { NodeFacts } from './pageData.ts';
import { remarksOn } from './remarks.ts';
import type { SizeChains } from './sizeChains.ts';

/** Longer values lose their end; the text itself is where the place says. */
const longestValue = 200;

/** Texts that are said again and again, each kept once. */
export class Texts {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  add(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}

/** Says of every node what its attributes are and where each value came from, as `explain` does; and what else is known. */
export function factsOf(graph: TypedGraph, texts: Texts, chains: SizeChains): (node: TypedNode) => NodeFacts {
  const placeOf = placesIn(graph);
  const remark = remarksOn(graph);
  return (node) => {
    const { name, op, span, attributes, origins } = node;
    const shown = attributeNames(node).filter((a) => a in attributes || a in origins);
    const values = attributeValues(node);
    const axes = chains.of(node);
    const all = shown.flatMap((attribute) => {
      // Most attributes are as the op has them; only for others is there a chain to follow.
      const isOwn =
        (origins[attribute]?.kind ?? 'op-default') === 'op-default' && Object.hasOwn(values, attribute);
      const { value, links } = isOwn
        ? { value: values[attribute], links: [ofOp(attribute)] }
        : explainAttribute(node, attribute, placeOf);
      if (value === undefined) return [];
      const text = oneLine(printValue(value));
      const short = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
      return [texts.add(attribute), texts.add(short), texts.add(originWords(links))];
    });
    const remarks = remark(node).flatMap((words) => words.map((text) => texts.add(text)));
    const known = { name, op, place: placeText(span), attributes: all, remarks };
    return axes === undefined ? known : { ...known, axes };
  };
}

function ofOp(name: string): OriginLink {
  return { kind: 'op-default', name, what: '', value: undefined, depth: 0 };
}

/** `step specs/net.yaml:12:7 ← filters: param specs/net.yaml:3:3` */
function originWords(links: readonly OriginLink[]): string {
  return links
    .filter(({ kind }) => kind !== 'written-out')
    .map(({ kind, name, depth, span }) => {
      const words = depth === 0 ? kindWords[kind] : `${name}: ${kindWords[kind]}`;
      return span === undefined ? words : `${words} ${placeText(span)}`;
    })
    .join(' ← ');
}

/** Says of a value what it is called and where it was made. */
function placesIn({ inputs, nodes }: TypedGraph): PlaceOf {
  const made = new Map([
    ...inputs.map(({ value, span }) => [value.id, { value, span }] as const),
    ...nodes.flatMap(({ outputs, span }) => outputs.map((value) => [value.id, { value, span }] as const)),
  ]);
  return ({ id, name }) => {
    const found = made.get(id);
    if (found === undefined) return { words: `\`${name}\`` };
    return { words: `\`${name}\`, ${showShape(found.value.type.shape)}`, span: found.span };
  };
}
