import type { OperatorValue } from '../../../ops/customAttributes.ts';
import { unsupported } from '../../emitter.ts';
import type { OnnxLowerings } from '../context.ts';
import {
  type AttributeValue,
  float,
  floats,
  int,
  ints,
  nodeMessage,
  string,
  strings,
} from '../nodeMessage.ts';

/** An operator that the caller's runtime has: one node, as it is declared. */
export const custom = {
  custom: (node, at) => {
    const { onnx } = node.attributes;
    if (onnx === undefined) return unsupported(nothingSaid);
    const { op_type, domain, version, layout } = onnx;
    if (domain !== '' && !at.importDomain(domain, version ?? 1)) return unsupported(twoVersions(domain));
    if (domain === '' && version !== undefined && version > at.opset)
      return unsupported(later(op_type, version));
    const attributes = Object.entries(onnx.attributes).map(
      ([key, value]) => [key, attributeOf(value)] as const,
    );
    const mixed = attributes.find(([, value]) => value === undefined);
    if (mixed !== undefined) return unsupported(mixedList(mixed[0]));
    const inputs = [
      ...node.inputs.map((v) => at.read(v, layout).name),
      ...node.weights.map((w) => at.initialisers.weight(w)),
    ];
    const outputs = node.outputs.map((y) => at.write(y, layout));
    const known = Object.fromEntries(attributes.flatMap(([key, v]) => (v === undefined ? [] : [[key, v]])));
    const message = nodeMessage(op_type, { name: node.name, inputs, outputs, attributes: known });
    return [domain === '' ? message : { ...message, domain }];
  },
} satisfies Pick<OnnxLowerings, 'custom'>;

const nothingSaid =
  'nothing says which operator it is there; give the step `onnx: { op_type: NAME, domain: DOMAIN }`';

function twoVersions(domain: string): string {
  return `a model imports one version of a domain, and another step asks for another one of \`${domain}\``;
}

function later(op: string, version: number): string {
  return `\`${op}\` is asked for as of operator set ${version}; emit with --opset ${version} or later`;
}

function mixedList(key: string): string {
  return `\`${key}\` in \`onnx\` mixes numbers and texts, and a list there is of one kind`;
}

/** A whole number is an INT, any other a FLOAT, unless `float` says so; undefined for a list of several kinds. */
function attributeOf(value: OperatorValue): AttributeValue | undefined {
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return int(Number(value));
  if (typeof value === 'number') return Number.isInteger(value) ? int(value) : float(value);
  if ('float' in value) {
    return typeof value.float === 'number' ? float(value.float) : floats(value.float);
  }
  const texts = value.filter((v) => typeof v === 'string');
  if (texts.length === value.length) return strings(texts);
  if (texts.length > 0) return undefined;
  const numbers = value.map(Number);
  return numbers.every(Number.isInteger) ? ints(numbers) : floats(numbers);
}
