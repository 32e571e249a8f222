import { attributeValues } from '../../ir/attributeValues.ts';
import type { TypedNode } from '../../ir/graph.ts';
import { opOf } from '../../ops/registry.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** What a node does, in a few words: `conv 3x3/2 valid`, `dense 1000`, `relu`. Its output tells the rest. */
export function describe(node: Pick<TypedNode, 'op' | 'attributes'>): string {
  const { main } = opOf(node.op);
  if (main === undefined && !('kernel' in node.attributes)) return node.op;
  const values = attributeValues(node);
  const mainWords = main === undefined ? [] : attributeWords(main, values[main]);
  return [node.op, ...windowWords(values), ...mainWords].join(' ');
}

/** The value of an attribute; of a switch its name where it is on. */
function attributeWords(name: string, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return value ? [name] : [];
  return value === undefined ? [] : [show(value)];
}

function windowWords({ kernel, stride, padding, dilation, groups, ceil }: Attributes): readonly string[] {
  if (kernel === undefined) return [];
  const step = perAxis(stride);
  const words = [
    `${Array.isArray(kernel) ? kernel.join('x') : show(kernel)}${step === '1' ? '' : `/${step}`}`,
  ];
  words.push(typeof padding === 'string' ? padding : `padding ${show(padding)}`);
  if (dilation !== undefined && perAxis(dilation) !== '1') words.push(`dilation ${perAxis(dilation)}`);
  if (groups !== undefined && groups !== 1) words.push(`groups ${show(groups)}`);
  if (ceil === true) words.push('ceil');
  return words;
}

/** `2` where all axes agree, else `2x1`. */
function perAxis(value: unknown): string {
  if (!Array.isArray(value)) return show(value);
  const [first, ...others] = value;
  return value.length > 0 && others.every((other) => other === first) ? show(first) : value.join('x');
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
