import { attributeValues } from '../ir/attributeValues.ts';
import { Environment, evaluateLocated } from '../ir/expand/environment.ts';
import type { Origin, TypedNode } from '../ir/graph.ts';
import type { OpName } from '../ops/registry.ts';
import { Findings } from '../parser/findings.ts';
import { OpSchemas, sugarKeysOf } from '../parser/parseAttributes.ts';
import { showShape } from '../tensor/shape.ts';
import type { AttributeExplanation } from './explanation.ts';
import type { OriginLink } from './originLink.ts';
import { asWritten, type PlaceOf, traceNames } from './traceNames.ts';

/** The attributes that a step of this node's op may carry: those of the node, then `norm` and `activation`. */
export function attributeNames({ op, attributes }: Pick<TypedNode, 'op' | 'attributes'>): readonly string[] {
  return [...Object.keys(attributes), ...sugarKeysOf(op)];
}

/** The value of an attribute and where it came from. */
export function explainAttribute(node: TypedNode, name: string, placeOf: PlaceOf): AttributeExplanation {
  const { op, origins } = node;
  const first = firstLink(name, { op, origin: origins[name] });
  const values = attributeValues(node);
  const value = Object.hasOwn(values, name) ? values[name] : first.value;
  const links = [first, ...namesRead(origins[name], placeOf), ...writtenOut(first, value, node)];
  return { kind: 'attribute', node: node.name, op, name, value, links };
}

function firstLink(name: string, { op, origin }: { op: OpName; origin: Origin | undefined }): OriginLink {
  const of = { name, depth: 0 };
  switch (origin?.kind) {
    case 'written':
    case 'default': {
      const { kind, span, value: located, env = Environment.empty } = origin;
      const place = kind === 'written' ? 'written at the step' : 'set by these `defaults`';
      const value = evaluateLocated(located, env, new Findings())?.value;
      return { kind, what: `\`${name}\` is ${place}${asWritten(located)}`, value, span, ...of };
    }
    case 'merge': {
      const what = `\`${name}\`: branches that meet have one shape, and nothing is stretched`;
      return { kind: 'merge', what, value: false, span: origin.span, ...of };
    }
    default: {
      const what = `\`${name}\` is not written; this is the default of \`${op}\``;
      return { kind: 'op-default', what, value: opDefault(op, name), ...of };
    }
  }
}

function opDefault(op: OpName, name: string): unknown {
  const isSugar = sugarKeysOf(op).some((sugar) => sugar === name);
  return isSugar ? 'none' : new OpSchemas().of(op).get(name)?.byDefault?.value;
}

function namesRead(origin: Origin | undefined, placeOf: PlaceOf): readonly OriginLink[] {
  if (origin === undefined || !('env' in origin) || origin.env === undefined) return [];
  return traceNames({ value: origin.value, env: origin.env }, { depth: 1, placeOf });
}

/** What the op makes of the value on the inputs that it reads. */
function writtenOut(
  { name, value: before }: OriginLink,
  value: unknown,
  { inputs }: TypedNode,
): readonly OriginLink[] {
  if (JSON.stringify(before) === JSON.stringify(value)) return [];
  const shapes = inputs.map((v) => showShape(v.type.shape)).join(' and ');
  const what = `written out for ${inputs.length === 1 ? 'an input' : 'inputs'} of ${shapes}`;
  return [{ kind: 'written-out', name, what, value, depth: 0 }];
}
