import { type Diagnostic, diagnose, type Problem } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { decidedBy } from './decidedBy.ts';
import { type Derivation, derive, linksOf, type Producers, printDerivation } from './derivation.ts';
import type { Node } from './graph.ts';

/** What is known of values so far. */
interface Known {
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

/** Problems that name the two sizes that do not agree, as `left` and `right`. */
const ofTwoSides: ReadonlySet<string> = new Set([
  'equal-at-some-sizes',
  'equal-only-sometimes',
  'unproved-equality',
]);

/** Problems without those that say the same of another axis: a square window is too large once. */
export function oncePerNode(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map<string, Problem>();
  for (const found of problems) {
    const key = JSON.stringify([found.name, { ...found.params, axis: undefined }]);
    if (!first.has(key)) first.set(key, found);
  }
  return [...first.values()];
}

/** Gives a problem its place, the producers of what it is about, and the way each side came about. */
export function placed(found: Problem, node: Node, known: Known): Diagnostic {
  const calls = callsOf(node);
  const named = found.params.producers !== undefined;
  if (!named && !ofTwoSides.has(found.name)) return placedAlone(found, node, known);
  const producers = named ? { producers: node.inputs.map((v) => v.name) } : {};
  const params = { ...found.params, ...producers };
  const ways = sides(found, node, known);
  return diagnose(
    { name: found.name, params },
    {
      span: node.span,
      notes: ways.map(printDerivation),
      related: [...decidedBy(ways), ...calls],
      chains: ways.map(linksOf),
    },
  );
}

/** A problem of one value, with the way to the size that it is about, where it has come a way. */
function placedAlone(found: Problem, node: Node, { types, producers }: Known): Diagnostic {
  const calls = callsOf(node);
  const [value] = node.inputs;
  const axis = axisAlone(found, (value && types.get(value.id)?.shape) ?? []);
  const way = value === undefined || axis === undefined ? [] : derive(producers, types, { value, axis });
  if (way.length < 2) return diagnose(found, { span: node.span, related: calls });
  const flattened = way.some((link) => link.node?.op === 'flatten');
  return diagnose(
    { ...found, params: { ...found.params, ...(flattened ? { flattened } : {}) } },
    {
      span: node.span,
      notes: [printDerivation(way)],
      related: [...decidedBy([way]), ...calls],
      chains: [linksOf(way)],
    },
  );
}

/** The axis of the one value that a problem is about. */
function axisAlone({ name, params }: Problem, shape: readonly Dim[]): number | undefined {
  const last = shape.length - 1;
  if (name === 'groups-do-not-divide') return params.what === 'filters' ? undefined : last;
  if (name === 'symbolic-size') return params.what === 'the number of channels' ? last : undefined;
  if (name !== 'window-larger-than-input') return undefined;
  const axis = shape.findIndex((d, i) => i > 0 && i < last && printDim(d) === params.input);
  return axis < 0 ? undefined : axis;
}

/** The calls of blocks that lead to a node, innermost first: an error inside an imported block has more places than one. */
export function callsOf({
  frame,
}: Pick<Node, 'frame'>): { span: NonNullable<Node['frame']['call']>; message: string }[] {
  const calls = [];
  for (let at: Node['frame'] | undefined = frame; at !== undefined; at = at.parent) {
    if (at.call !== undefined) calls.push({ span: at.call, message: `in the call of block \`${at.name}\`` });
  }
  return calls;
}

/** For each input the way to its size on the axis that the problem is about; an input without the axis has none. */
function sides(
  { name, params }: Problem,
  { inputs }: Node,
  { types, producers }: Known,
): readonly Derivation[] {
  const shapes = inputs.map((v) => types.get(v.id)?.shape.map(printDim) ?? []);
  const rank = Math.max(...shapes.map((s) => s.length));
  const fromRight = name !== 'concat-mismatch';
  const placeOf = (axis: number, shape: readonly string[]) =>
    fromRight ? axis - (rank - shape.length) : axis;
  const sizesOn = Array.from({ length: rank }, (_, i) => shapes.flatMap((s) => s[placeOf(i, s)] ?? []));
  const axis = mismatchedAxis({ name, params }, sizesOn);
  if (axis === undefined) return [];
  return inputs.flatMap((value, i) => {
    const place = placeOf(axis, shapes[i] ?? []);
    return place < 0 ? [] : [derive(producers, types, { value, axis: place })];
  });
}

/** The axis that a problem is about, given the sizes of all inputs on each; one with numbers that differ, if there is. */
function mismatchedAxis(
  { name, params }: Problem,
  sizesOn: readonly (readonly string[])[],
): number | undefined {
  const axes = sizesOn.map((sizes, axis) => ({ axis, sizes: new Set(sizes) }));
  if (ofTwoSides.has(name)) {
    const [left, right] = [String(params.left), String(params.right)];
    const found = axes.filter(({ sizes }) => sizes.has(left) && sizes.has(right));
    const ordered = found.find(({ axis }) => {
      const sizes = sizesOn[axis] ?? [];
      return sizes.indexOf(left) < sizes.indexOf(right);
    });
    return (ordered ?? found[0])?.axis;
  }
  if (name === 'broadcast-mismatch') for (const { sizes } of axes) sizes.delete('1');
  const joined = name === 'concat-mismatch' ? params.axis : undefined;
  const differing = axes.filter(({ axis, sizes }) => axis !== joined && sizes.size > 1);
  const numbers = differing.find(({ sizes }) => [...sizes].filter((s) => /^\d+$/.test(s)).length > 1);
  return (numbers ?? differing[0])?.axis;
}
