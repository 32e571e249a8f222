import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { decidedBy } from '../ir/decidedBy.ts';
import { derive, type Producers, producersOf } from '../ir/derivation.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../ir/graph.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { attributeNames, explainAttribute } from './explainAttribute.ts';
import type { Explanation, NodeExplanation, ShapeExplanation } from './explanation.ts';
import type { PlaceOf } from './traceNames.ts';

/**
 * Explains `conv_1.padding`: where the value of an attribute came from; `conv_1.shape`: how each axis came about;
 * `conv_1`: both, for every attribute. A name is that of a node, of a value or of an end point.
 */
export function explain(graph: TypedGraph, what: string): Result<Explanation> {
  const whole = find(graph, what);
  if (whole !== undefined) return ok(explainAll(whole, graph));
  const dot = what.lastIndexOf('.');
  const subject = dot < 0 ? what : what.slice(0, dot);
  const found = dot < 0 ? undefined : find(graph, subject);
  if (found === undefined) return fail(unknownName(graph, subject));
  return explainPart(found, what.slice(dot + 1), graph);
}

/** What a name stands for: a node, values, or both. The name of a step with an activation stands for its result. */
interface Found {
  /** The node of that name, else the one that makes the value; undefined for an input. */
  readonly node: TypedNode | undefined;
  readonly values: readonly TypedValue[];
}

function find({ nodes, inputs, endPoints, outputs }: TypedGraph, name: string): Found | undefined {
  const values = [...inputs.map((i) => i.value), ...nodes.flatMap((n) => n.outputs)];
  const value =
    values.find((v) => v.name === name) ?? [...endPoints, ...outputs].find((e) => e.name === name)?.value;
  const makes = (node: TypedNode) => node.outputs.some((v) => v.id === value?.id);
  const node = nodes.find((n) => n.name === name) ?? nodes.find(makes);
  if (node === undefined && value === undefined) return undefined;
  // A value can have further names: it goes by the one that was asked for.
  return { node, values: value === undefined ? (node?.outputs ?? []) : [{ ...value, name }] };
}

function unknownName(graph: TypedGraph, name: string) {
  const all = [...namesOf(graph)];
  const below = all.filter((n) => n.startsWith(`${name}/`));
  const ending = all.filter((n) => n.endsWith(`/${name}`));
  const nearest = (ending.length === 1 ? ending[0] : undefined) ?? didYouMean(name, all);
  const known = below.length > 0 ? below : ending.length > 0 ? ending : graph.endPoints.map((e) => e.name);
  return problem('unknown-name', { name, what: 'node or end point', known, nearest });
}

function namesOf({ nodes, inputs, endPoints }: TypedGraph): ReadonlySet<string> {
  return new Set([
    ...inputs.map((i) => i.value.name),
    ...nodes.map((n) => n.name),
    ...endPoints.map((e) => e.name),
  ]);
}

function explainPart({ node, values }: Found, part: string, graph: TypedGraph): Result<Explanation> {
  const [value, second] = values;
  if (node !== undefined && attributeNames(node).includes(part))
    return ok(explainAttribute(node, part, placesIn(graph)));
  if (part === 'shape' && value !== undefined && second === undefined) return ok(explainShape(value, graph));
  const known = [...(node === undefined ? [] : attributeNames(node)), 'shape'];
  const nearest = didYouMean(part, known);
  const owner = ownerBeside({ node, values }, part, graph);
  const help = owner === undefined ? undefined : `\`${owner}\` has it: ask for \`${owner}.${part}\``;
  return fail(problem('unknown-attribute', { op: node?.op ?? 'input', key: part, known, nearest, help }));
}

function explainAll({ node, values }: Found, graph: TypedGraph): NodeExplanation | ShapeExplanation {
  const shapes = values.map((value) => explainShape(value, graph));
  const [input] = shapes;
  if (node === undefined && input !== undefined) return input;
  if (node === undefined) throw new Error('a name that is found stands for a node or a value');
  const { name, op, span, origins } = node;
  const placeOf = placesIn(graph);
  const shown = attributeNames(node).filter((a) => a in node.attributes || a in origins);
  const attributes = shown.map((a) => explainAttribute(node, a, placeOf));
  const others = besides(node, graph).map((n) => n.name);
  return { kind: 'node', node: name, op, span, attributes, besides: others, shapes };
}

/** What has this part instead: a node of the same step, or the first of several values. */
function ownerBeside({ node, values }: Found, part: string, graph: TypedGraph): string | undefined {
  if (part === 'shape') return values[0]?.name;
  const others = node === undefined ? [] : besides(node, graph);
  return others.find((n) => attributeNames(n).includes(part))?.name;
}

/** The other nodes of the step that made this one. */
function besides(node: TypedNode, { nodes }: TypedGraph): readonly TypedNode[] {
  return nodes.filter((n) => n !== node && n.step === node.step);
}

function explainShape(value: TypedValue, graph: TypedGraph): ShapeExplanation {
  const producers: Producers = producersOf(graph);
  const types = typesOf(graph);
  const axes = value.type.shape.map((dim, axis) => {
    const derivation = derive(producers, types, { value, axis });
    return { axis, size: printDim(dim), derivation, decidedBy: decidedBy([derivation]) };
  });
  const shape = showShape(value.type.shape);
  return { kind: 'shape', name: value.name, shape, axes, inputs: inputsOf(axes, graph) };
}

function inputsOf(axes: ShapeExplanation['axes'], { inputs }: TypedGraph): ShapeExplanation['inputs'] {
  const reached = new Set(axes.map(({ derivation }) => derivation[0]?.name));
  return inputs
    .filter((i) => reached.has(i.value.name))
    .map(({ value, span, given = false }) => ({ name: value.name, span, given }));
}

function typesOf({ inputs, nodes }: TypedGraph): ReadonlyMap<number, TensorType> {
  const values = [...inputs.map((i) => i.value), ...nodes.flatMap((n) => n.outputs)];
  return new Map(values.map((v) => [v.id, v.type]));
}

/** Says of a value what it is called and where it was made. */
function placesIn({ inputs, nodes }: TypedGraph): PlaceOf {
  return ({ id, name }) => {
    const input = inputs.find((i) => i.value.id === id);
    const node = nodes.find((n) => n.outputs.some((v) => v.id === id));
    const made = input ?? node;
    const value = input?.value ?? node?.outputs.find((v) => v.id === id);
    if (made === undefined || value === undefined) return { words: `\`${name}\`` };
    const given = input?.given === true ? ', which is given from outside' : '';
    return { words: `\`${name}\`, ${showShape(value.type.shape)}${given}`, span: made.span };
  };
}
