import { attributeValues } from '../../ir/attributeValues.ts';
import type { TypedNode } from '../../ir/graph.ts';
import { opOf } from '../../ops/registry.ts';

type Computing = Pick<TypedNode, 'op' | 'attributes' | 'name' | 'inputs'>;

/**
 * A hash of what nodes do: the op of each, what it reads, and its attributes. An attribute that is what the op has where
 * nothing is said is left out, so that neither writing it down nor an attribute that ops get later gives another hash.
 */
export function computationOf(nodes: readonly Computing[]): string {
  return hashOf(nodes.map((node) => JSON.stringify(factsOf(node))).join('\n'));
}

function factsOf(node: Computing): readonly unknown[] {
  const attributes = Object.entries(attributeValues(node)).filter(
    ([name, value]) => value !== undefined && !isDefault(node, name, value),
  );
  return [node.name, node.op, node.inputs.map(({ name }) => name), attributes.sort(byName)];
}

/** Whether the op would have this value by itself. */
function isDefault({ op, attributes }: Computing, name: string, value: unknown): boolean {
  const others = Object.fromEntries(Object.entries(attributes).filter(([other]) => other !== name));
  const parsed = opOf(op).attributes().safeParse(others);
  const own = Object.entries(parsed.data ?? {}).find(([other]) => other === name)?.[1];
  return own !== undefined && JSON.stringify(own) === JSON.stringify(value);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Two hashes of 32 bits in the manner of FNV-1a, over code units: it tells texts apart, and guards nothing. */
function hashOf(text: string): string {
  let [a, b] = [0x811c9dc5, 0x811c9dc5];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
