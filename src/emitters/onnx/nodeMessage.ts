import { attributeTypes, type Message } from './wire/messages.ts';

export type NodeMessage = Message<'Node'>;

/** The value of an attribute, without its name. */
export type AttributeValue = Omit<Message<'Attribute'>, 'name'>;

/** An attribute of type INT. */
export function int(value: number): AttributeValue {
  return { i: value, type: attributeTypes.INT };
}

/** An attribute of type INTS. */
export function ints(values: readonly number[]): AttributeValue {
  return { ints: values, type: attributeTypes.INTS };
}

/** An attribute of type FLOAT. */
export function float(value: number): AttributeValue {
  return { f: value, type: attributeTypes.FLOAT };
}

/** An attribute of type FLOATS. */
export function floats(values: readonly number[]): AttributeValue {
  return { floats: values, type: attributeTypes.FLOATS };
}

/** An attribute of type STRINGS. */
export function strings(values: readonly string[]): AttributeValue {
  return { strings: values, type: attributeTypes.STRINGS };
}

/** A text, such as the name of a mode. */
export function string(value: string): AttributeValue {
  return { s: value, type: attributeTypes.STRING };
}

interface NodeParts {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** One application of an operator of the default domain. */
export function nodeMessage(
  type: string,
  { name, inputs, outputs, attributes = {} }: NodeParts,
): NodeMessage {
  const attribute = Object.entries(attributes).map(([key, value]) => ({ name: key, ...value }));
  return {
    input: inputs,
    output: outputs,
    name,
    op_type: type,
    ...(attribute.length > 0 ? { attribute } : {}),
  };
}
