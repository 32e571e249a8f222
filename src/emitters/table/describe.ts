import { attributeValues } from '../../ir/attributeValues.ts';
import type { TypedNode } from '../../ir/graph.ts';
import { opOf } from '../../ops/registry.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** What a node does, in a few words: `conv 3x3/2 valid`, `dense 1000`, `relu`. Its output tells the rest. */
export function describe(node: Pick<TypedNode, 'op' | 'attributes'>): string {
  const { main } = opOf(node.op);
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
  return [
    `${Array.isArray(kernel) ? kernel.join('x') : show(kernel)}${step === '1' ? '' : `/${step}`}`,
    ...(typeof padding === 'string' ? [padding] : [`padding ${show(padding)}`]),
    ...(dilation === undefined || perAxis(dilation) === '1' ? [] : [`dilation ${perAxis(dilation)}`]),
    ...(groups === undefined || groups === 1 ? [] : [`groups ${show(groups)}`]),
    ...(ceil === true ? ['ceil'] : []),
  ];
}

/** `2` where all axes agree, else `2x1`. */
function perAxis(value: unknown): string {
  if (!Array.isArray(value)) return show(value);
  return new Set(value).size === 1 ? show(value[0]) : value.join('x');
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
