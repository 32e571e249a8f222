import type { InputMeaning, Node, TypedGraph, Value } from '../../../src/ir/graph.ts';
import { infer } from '../../../src/ir/infer.ts';
import { opOf } from '../../../src/ops/registry.ts';
import { type Dim, symbol } from '../../../src/tensor/dim.ts';
import type { DType } from '../../../src/tensor/dtype.ts';
import type { TensorType } from '../../../src/tensor/shape.ts';

interface Step {
  readonly op: Node['op'];
  readonly from: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A network as a test writes it: the name of each step is that of its value. */
export interface NetworkParts {
  readonly title?: string;
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly dtype?: DType;
  readonly meaning?: InputMeaning;
  readonly steps: Readonly<Record<string, Step>>;
  /** Name of the output → name of its value; the last value where left out. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly endPoints?: Readonly<Record<string, string>>;
}

const span = { source: { name: 'test', text: '' }, start: 0, end: 0 };

/** Builds and types the network; throws what inference has against it. */
export function network(parts: NetworkParts): TypedGraph {
  const names = [...Object.keys(parts.inputs), ...Object.keys(parts.steps)];
  const named = (name: string): Value => ({ id: names.indexOf(name), name });
  const { meaning = {}, dtype = 'float32' } = parts;
  const inputs = Object.entries(parts.inputs).map(([name, shape]) => ({
    value: named(name),
    type: { dtype, shape: shape.map(dim) },
    meaning,
    span,
  }));
  const types = new Map<string, TensorType>(inputs.map((i) => [i.value.name, i.type]));
  const nodes = Object.entries(parts.steps).map(([name, step]) => {
    const node = nodeOf(name, step, { types, named });
    const inputTypes = step.from.map((from) => types.get(from)!);
    const inferred = opOf(step.op).infer(inputTypes, node.attributes, { differ: () => undefined });
    if (!inferred.ok) throw new Error(JSON.stringify(inferred.problems));
    types.set(name, inferred.value.outputs[0]!);
    return node;
  });
  const last = names.at(-1)!;
  const ends = (map: Readonly<Record<string, string>>) =>
    Object.entries(map).map(([name, value]) => ({ name, value: named(value), span }));
  const { value, diagnostics } = infer({
    name: 'net',
    ...(parts.title === undefined ? {} : { title: parts.title }),
    inputs,
    nodes,
    outputs: ends(parts.outputs ?? { [last]: last }),
    endPoints: ends(parts.endPoints ?? {}),
    claims: [],
    facts: {},
  });
  if (value === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return value;
}

function nodeOf(
  name: string,
  { op, from, attributes = {} }: Step,
  known: { types: ReadonlyMap<string, TensorType>; named: (name: string) => Value },
): Node {
  const parsed = opOf(op).attributes().parse(attributes);
  const types = from.map((input) => known.types.get(input)!);
  // The attributes were parsed by the op's own schema.
  return {
    op,
    name,
    step: name,
    attributes: opOf(op).normalise?.(parsed, types) ?? parsed,
    origins: {},
    inputs: from.map(known.named),
    outputs: [known.named(name)],
    frame: { name: 'net' },
    span,
  } as unknown as Node;
}

function dim(d: number | string): Dim {
  return typeof d === 'number' ? d : symbol(d);
}
