import type { OperatorValue } from '../../../../ops/customAttributes.ts';
import { unsupported } from '../../../emitter.ts';
import type { JsonObject } from '../../json.ts';
import { bool, float, int, ints, string, strings } from '../attributes.ts';
import type { GraphLowerings } from '../context.ts';

/** A node of an op that the caller registers, as it is declared. */
export const customLowerings = {
  custom: (node, at) => {
    const { tfjs_graph } = node.attributes;
    if (tfjs_graph === undefined) return unsupported(nothingSaid);
    const attributes: Record<string, JsonObject> = {};
    for (const [key, written] of Object.entries(tfjs_graph.attributes)) {
      const value = attributeOf(written);
      if (value === undefined) return unsupported(mixedList(key));
      attributes[key] = value;
    }
    const inputs = [...node.inputs.map((v) => at.read(v)), ...node.weights.map((w) => at.weight(w))];
    return at.registered(tfjs_graph.op, inputs, { count: node.outputs.length, attributes });
  },
} satisfies Pick<GraphLowerings, 'custom'>;

const nothingSaid = 'nothing says which op it is there; give the step `tfjs_graph: { op: NAME }`';

function mixedList(key: string): string {
  return `\`${key}\` in \`tfjs_graph\` mixes numbers and texts, and a list there is of one kind`;
}

/** A whole number is an int, any other a float, unless `float` says so; undefined for a list of several kinds. */
function attributeOf(value: OperatorValue): JsonObject | undefined {
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return bool(value);
  if (typeof value === 'number') return Number.isInteger(value) ? int(value) : float(value);
  if ('float' in value) {
    return typeof value.float === 'number' ? float(value.float) : { list: { f: value.float } };
  }
  const texts = value.filter((v) => typeof v === 'string');
  if (texts.length === value.length) return strings(texts);
  if (texts.length > 0) return undefined;
  const numbers = value.map(Number);
  return numbers.every(Number.isInteger) ? ints(numbers) : { list: { f: numbers } };
}
