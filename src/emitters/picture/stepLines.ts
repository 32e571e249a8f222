import { visible } from '../../diagnostics/displayWidth.ts';
import { attributeValues } from '../../ir/attributeValues.ts';
import type { TypedNode } from '../../ir/graph.ts';
import { opOf } from '../../ops/registry.ts';
import type { Family, PictureItem, TextLine } from './picture.ts';
import { shortened } from './textWidth.ts';

/** Size of each kind of line, in pixels. */
export const lineSizes: Readonly<Record<TextLine['style'], number>> = { title: 13, detail: 11, name: 11 };

/** Longer texts lose their middle. */
const widestText = 220;

/** What stands in the box of a step: what its first node does, what is fused into it, and its name. */
export function stepBox(
  nodes: readonly TypedNode[],
  name: string,
): Pick<PictureItem, 'lines' | 'family' | 'sign' | 'joins'> {
  const [first, ...fused] = nodes;
  if (first === undefined) throw new Error('a step has a node');
  const sign = signOf(first);
  const joins = first.inputs.length > 2 && sign === undefined ? { joins: first.inputs.length } : {};
  if (sign !== undefined && fused.length === 0) return { lines: [], family: 'join', sign };
  const local = name.slice(name.lastIndexOf('/') + 1);
  const lines: TextLine[] = [{ style: 'title', text: phrase(first) }];
  if (fused.length > 0) lines.push({ style: 'detail', text: fused.map((n) => n.op).join(' · ') });
  if (!isAutomatic(local, first.op)) lines.push({ style: 'name', text: local });
  return { lines: lines.map(fitted), family: familyOf(first), ...joins };
}

/** A line as it is drawn: on one line, and not too long. */
export function fitted({ text, style }: TextLine): TextLine {
  return { style, text: shortened(visible(text).replaceAll('\t', ' '), widestText, lineSizes[style]) };
}

/** `add`, `add_2`: names that the language gives where none is written. */
function isAutomatic(name: string, op: string): boolean {
  return name === op || (name.startsWith(`${op}_`) && /^\d+$/.test(name.slice(op.length + 1)));
}

/** Sums and products of values are drawn as figures draw them. */
function signOf({ op, inputs }: TypedNode): '+' | '×' | undefined {
  if (inputs.length < 2) return undefined;
  return op === 'add' ? '+' : op === 'multiply' ? '×' : undefined;
}

function familyOf(node: TypedNode): Family {
  const { role } = opOf(node.op);
  if (role !== undefined) return role;
  if (node.macs !== 0) return 'layer';
  if (node.inputs.length > 1) return 'join';
  if (node.weights.length > 0) return 'layer';
  return 'kernel' in node.attributes || node.op.includes('pool') ? 'window' : 'other';
}

/** `conv 3×3/2 valid, 32`: the op with what a figure prints of it. */
function phrase(node: TypedNode): string {
  const values = attributeValues(node);
  const { main, role } = opOf(node.op);
  if (role !== undefined) return node.op;
  const of = main === undefined ? undefined : values[main];
  const width = values.filters ?? (main === 'kernel' ? undefined : of);
  return [[node.op, ...windowWords(values)].join(' '), ...mainWords(main, width)].join(', ');
}

function mainWords(main: string | undefined, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return value && main !== undefined ? [main] : [];
  if (typeof value === 'number' || typeof value === 'string') return [String(value)];
  return Array.isArray(value) && value.every((v) => typeof v !== 'object') ? [`[${value.join(', ')}]`] : [];
}

function windowWords({
  kernel,
  stride,
  padding,
  dilation,
  groups,
}: Readonly<Record<string, unknown>>): readonly string[] {
  if (kernel === undefined) return [];
  const step = perAxis(stride);
  return [
    `${Array.isArray(kernel) ? kernel.join('×') : String(kernel)}${step === '1' ? '' : `/${step}`}`,
    // Keeping the size is the convention of figures; what does otherwise is marked.
    ...(padding === 'valid' ? ['valid'] : []),
    ...(dilation === undefined || perAxis(dilation) === '1' ? [] : [`dilation ${perAxis(dilation)}`]),
    ...(groups === undefined || groups === 1 ? [] : [`groups ${String(groups)}`]),
  ];
}

function perAxis(value: unknown): string {
  if (!Array.isArray(value)) return String(value ?? 1);
  return new Set(value).size === 1 ? String(value[0]) : value.join('×');
}
