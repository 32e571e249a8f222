import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { BlockInput } from '../../parser/spec.ts';
import type { Dim } from '../../tensor/dim.ts';
import { printDim } from '../../tensor/printDim.ts';
import { showShape, type TensorType } from '../../tensor/shape.ts';
import type { Value } from '../graph.ts';
import { evaluateShape } from './claims.ts';
import { Absent, type Binding, type Environment } from './environment.ts';
import type { Expansion } from './expansion.ts';
import { symbolPattern } from './inputs.ts';
import { readInputs } from './opInputs.ts';
import { type Flow, flowOf, Names, noParts, unknownFlow, unknownOutcome } from './scope.ts';

/** What a call gives to the inputs of its block. */
export interface GivenInputs {
  readonly block: string;
  readonly inputs: readonly BlockInput[];
  /** By the name of the input; one that is not there was left out, or is not known. */
  readonly values: ReadonlyMap<string, Value>;
  /** False where what the call reads is not known, for a reason already reported. */
  readonly known: boolean;
  /** The step that calls. */
  readonly span: Span;
}

/** Matches what a call reads with the inputs of its block; a block without `inputs` reads the one current value. */
export function readBlockInputs(
  {
    block,
    inputs,
    span,
  }: Pick<GivenInputs, 'block' | 'span'> & { inputs: readonly BlockInput[] | undefined },
  flow: Flow,
  x: Expansion,
): GivenInputs | undefined {
  const given = { block, inputs: inputs ?? [], span };
  if (flow.kind === 'unknown') return { ...given, values: new Map(), known: false };
  const names = inputs?.map((i) => (i.optional ? `${i.name}?` : i.name)) ?? ['x'];
  const read = readInputs({ op: block, inputs: names, span }, flow, x);
  if (read === undefined) return undefined;
  const roles = read.roles ?? given.inputs.map((i) => i.name);
  return { ...given, values: new Map(read.values.map((v, i) => [roles[i] ?? '', v])), known: true };
}

/** The names under which a block's steps read its inputs. */
export function inputNames({ inputs, values, known }: GivenInputs): Names {
  const names = new Names();
  for (const { name, span } of inputs) {
    const value = values.get(name);
    if (value === undefined && known) names.set(name, { ...unknownOutcome, leftOut: 'not given', span });
    else {
      const flow = value === undefined ? unknownFlow : flowOf(value);
      names.set(name, { flow, parts: noParts, span });
    }
  }
  return names;
}

/** Sizes by the names that the shapes of a block's inputs give them; undefined for one that is not known. */
export type BlockSizes = ReadonlyMap<string, Dim | Absent | undefined>;

/** The sizes that symbols standing alone in the inputs' shapes take from what is given. */
export function sizesOf({ inputs, values, known }: GivenInputs, { builder }: Expansion): BlockSizes {
  const sizes = new Map<string, Dim | Absent | undefined>();
  for (const { name: input, shape = [] } of inputs) {
    const value = values.get(input);
    const type = value === undefined ? undefined : builder.typeOf(value);
    const absent = value === undefined && known;
    for (const [axis, dim] of shape.entries()) {
      const name = symbolIn(dim);
      if (name === undefined || (sizes.has(name) && !(sizes.get(name) instanceof Absent))) continue;
      if (absent) sizes.set(name, new Absent(`the input \`${input}\`, which has it, was not given`));
      else sizes.set(name, type?.shape[axis]);
    }
  }
  return sizes;
}

/** The symbol that a dimension is, where it stands alone. */
function symbolIn({ value, template }: NonNullable<BlockInput['shape']>[number]): string | undefined {
  return typeof value === 'string' && template === undefined && symbolPattern.test(value) ? value : undefined;
}

/** What expressions see of the sizes: those that are numbers; of any other, how it can be written. */
export function bindingsOf(sizes: BlockSizes): ReadonlyMap<string, Binding> {
  return new Map([...sizes].map(([name, size]) => [name, bindingOf(name, size)]));
}

function bindingOf(name: string, size: Dim | Absent | undefined): Binding {
  if (size === undefined || typeof size === 'number' || size instanceof Absent) return size;
  return new Absent(
    `\`${name}\` is ${printDim(size)}, not a number; in a shape it can stand without the dollar sign`,
  );
}

/** The symbols that shapes inside the block can name: the network's, with the block's own before them. */
export function symbolsInside(
  sizes: BlockSizes,
  outside: ReadonlyMap<string, Dim>,
): ReadonlyMap<string, Dim> {
  if (sizes.size === 0) return outside;
  const inside = new Map(outside);
  for (const [name, size] of sizes) {
    if (size === undefined || size instanceof Absent) inside.delete(name);
    else inside.set(name, size);
  }
  return inside;
}

/** Reports what does not fit: number of axes, sizes, element type. `x` and `env` are those inside the block. */
export function checkInputs(given: GivenInputs, env: Environment, x: Expansion): void {
  for (const input of given.inputs) {
    const value = given.values.get(input.name);
    const type = value === undefined ? undefined : x.builder.typeOf(value);
    const reason = type === undefined ? undefined : misfit(input, type, { env, x });
    if (type === undefined || reason === undefined) continue;
    const { block, span } = given;
    const params = { block, input: input.name, given: `${type.dtype} ${showShape(type.shape)}`, reason };
    const related = [{ span: input.span, message: 'declared here' }];
    x.findings.add(problem('block-input-mismatch', params), span, { related });
  }
}

/** Why a value does not fit an input; undefined if it does, or if that is not known. */
function misfit(
  { shape: written, dtype }: BlockInput,
  type: TensorType,
  { env, x }: { env: Environment; x: Expansion },
): string | undefined {
  if (dtype !== undefined && type.dtype !== dtype) return `it must be ${dtype}`;
  if (written === undefined) return undefined;
  if (written.length !== type.shape.length)
    return `it must have ${written.length} axes, [${written.map((d) => String(d.value)).join(', ')}]`;
  const shape = evaluateShape(written, env, x);
  if (shape === undefined) return undefined;
  for (const [axis, wanted] of shape.entries()) {
    const size = type.shape[axis];
    if (size === undefined || wanted === '_') continue;
    const difference = x.builder.differ(size, wanted);
    if (difference === undefined) continue;
    const text = String(written[axis]?.value);
    const expected = text === printDim(wanted) ? text : `${text} = ${printDim(wanted)}`;
    const at = difference.kind === 'sometimes' ? `; they differ at ${difference.differsAt}` : '';
    return `axis ${axis} must be ${expected}, not ${printDim(size)}${at}`;
  }
  return undefined;
}
