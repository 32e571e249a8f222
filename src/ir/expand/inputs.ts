import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import { Findings } from '../../parser/findings.ts';
import type { Spec } from '../../parser/spec.ts';
import { type Channels, channelsLast } from '../../tensor/channels.ts';
import { type Dim, keyOf, symbol } from '../../tensor/dim.ts';
import type { Fact, Facts } from '../../tensor/facts.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import { printDim } from '../../tensor/printDim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { InputMeaning } from '../graph.ts';
import { wrongSize } from './claims.ts';
import { defineDims, isDefined } from './definedDims.ts';
import { dimFacts, notAdmitted } from './dimFacts.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import {
  groupOf,
  type InputCopy,
  inputCopies,
  leftOutOf,
  type NamedPlace,
  reportUnknownInputs,
} from './inputCopies.ts';
import { inputMeaning } from './inputMeaning.ts';

export interface BoundInput {
  readonly name: string;
  /** The plain name of the repeat that it is a copy of. */
  readonly group?: string;
  /** Undefined where the shape is not known, for a reason already reported. */
  readonly type: TensorType | undefined;
  readonly meaning: InputMeaning;
  readonly span: Span;
  /** Set where the shape was given from outside. */
  readonly given?: true;
}

export interface BoundInputs {
  readonly inputs: readonly BoundInput[];
  /** Names of inputs that their `when` takes away, and of repeats without copies. */
  readonly leftOut: readonly NamedPlace[];
  /** Every symbol that an input's shape names. */
  readonly symbols: ReadonlyMap<string, Dim>;
  /** Whether the shapes of all inputs are known. */
  readonly complete: boolean;
  /** What is known of the symbols. */
  readonly facts: Facts;
}

/** Shapes given from outside, in the order in which the spec writes them; they replace its own before anything is inferred. */
export type InputShapes = Readonly<Record<string, readonly (number | string)[]>>;

/** A name that can stand for a size. */
export const symbolPattern = /^(?!_$)[A-Za-z_]\w*$/;

interface Binding {
  readonly channels: Channels;
  readonly declared: ReadonlyMap<string, Fact>;
  readonly symbols: Map<string, Dim>;
  /** Symbols that `dims` defines, with the text that does. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Those of them that could not be worked out. */
  readonly failed: ReadonlySet<string>;
  readonly findings: Findings;
}

/** The inputs of a network with their shapes worked out; a name that stands alone in a shape is a symbol. */
export function bindInputs(
  spec: Spec,
  given: InputShapes,
  { env, findings }: { env: Environment; findings: Findings },
): BoundInputs {
  const all = inputCopies(spec, env, findings);
  const kept = all.copies.filter((c) => !c.leftOut);
  if (all.complete) reportUnknownInputs(all.copies, Object.keys(given), findings);
  const written = kept.map((copy) => writtenShape(copy, findings));
  const own = ({ name }: InputCopy) => (Object.hasOwn(given, name) ? given[name] : undefined);
  const binding = bindSymbols(spec, { kept, written, own, complete: all.complete }, { env, findings });
  const inputs = kept.map((copy, i): BoundInput => {
    const { name, spec: input } = copy;
    const shape = boundShape(copy, { written: written[i], given: own(copy) }, binding);
    const type = shape === undefined ? undefined : { dtype: input.dtype, shape };
    const meaning = inputMeaning(input, { env: copy.env, findings });
    const outside = own(copy) === undefined ? {} : ({ given: true } as const);
    return { name, ...groupOf(input), type, meaning, span: input.name.span, ...outside };
  });
  const complete = all.complete && inputs.every(({ type }) => type !== undefined);
  const { symbols, declared } = binding;
  if (complete && inputs.length > 0) {
    const absent = all.copies.filter((c) => c.leftOut).flatMap((c) => writtenShape(c, new Findings()) ?? []);
    reportUnknownSymbols(
      spec,
      [...written.flat().map(String), ...absent.map(String), ...symbols.keys()],
      findings,
    );
  }
  const facts = Object.fromEntries([...declared].filter(([name]) => symbols.has(name)));
  return { inputs, leftOut: leftOutOf(spec, all.copies), symbols, complete, facts };
}

/** The shapes of the inputs that are there. */
interface Shapes {
  readonly kept: readonly InputCopy[];
  readonly written: readonly (readonly unknown[] | undefined)[];
  /** As given from outside. */
  readonly own: (copy: InputCopy) => readonly unknown[] | undefined;
  /** Whether all inputs are known. */
  readonly complete: boolean;
}

/** The symbols that stand alone in a shape, and those that `dims` defines by them. */
function bindSymbols(
  spec: Spec,
  { kept, written, own, complete }: Shapes,
  { env, findings }: { env: Environment; findings: Findings },
): Binding {
  const declared = dimFacts(spec.dims, env, findings);
  const definitions = new Map(spec.dims.filter(isDefined).map((d) => [d.name, String(d.equals.value)]));
  const symbols = new Map<string, Dim>();
  const { channels } = spec;
  const binding = { channels, declared, symbols, definitions, failed: new Set<string>(), findings };
  nameSymbols({ kept, written, own }, binding);
  const known = complete && !written.includes(undefined);
  const failed = defineDims(spec.dims, { env, symbols, complete: known, findings });
  return { ...binding, failed };
}

/**
 * Shapes from outside come first: a symbol that they name is one, and a size in place of a symbol stands for it in the
 * inputs that are not given, too.
 */
function nameSymbols(
  { kept, written, own }: Pick<Shapes, 'kept' | 'written' | 'own'>,
  binding: Binding,
): void {
  const nameAlone = (shape: readonly unknown[] | undefined) => {
    for (const dim of shape ?? []) {
      if (typeof dim === 'string' && symbolPattern.test(dim) && !binding.definitions.has(dim))
        boundDim(dim, binding);
    }
  };
  for (const copy of kept) nameAlone(own(copy));
  for (const [i, copy] of kept.entries()) {
    for (const [axis, size] of (own(copy) ?? []).entries()) {
      const name = written[i]?.[axis];
      if (typeof size !== 'number' || binding.definitions.has(String(name))) continue;
      const isWrong = wrongSize(size) !== undefined || refused(size, name, binding) !== undefined;
      if (isWrong) nameAlone([name]);
      else nameSize(name, size, binding);
    }
  }
  // A symbol may stand alone only in a later input than the sum that names it: `P + S`.
  for (const [i, copy] of kept.entries()) if (own(copy) === undefined) nameAlone(written[i]);
}

function reportUnknownSymbols({ dims }: Spec, known: readonly string[], findings: Findings): void {
  const symbols = [...new Set(known)].filter((name) => symbolPattern.test(name));
  for (const dim of dims) {
    const { name, span } = dim;
    if (symbols.includes(name) || isDefined(dim)) continue;
    const nearest = didYouMean(name, symbols);
    const help = 'a symbol is named in the shape of an input';
    findings.add(problem('unknown-name', { name, what: 'symbol', known: symbols, nearest, help }), span);
  }
}

function writtenShape(
  { spec: { shape }, env }: InputCopy,
  findings: Findings,
): readonly unknown[] | undefined {
  const dims = shape?.map((d) => evaluateLocated(d, env, findings));
  return dims?.every((d) => d !== undefined) ? dims.map((d) => d?.value) : undefined;
}

/** The shape of an input: as given from outside, else as written. */
function boundShape(
  { spec: input, name }: InputCopy,
  { written, given }: { written: readonly unknown[] | undefined; given: readonly unknown[] | undefined },
  binding: Binding,
): readonly Dim[] | undefined {
  const shape = given ?? written;
  if (shape?.some((dim) => binding.failed.has(String(dim)))) return undefined;
  const dims = shape?.map((dim, axis) => {
    const bound = boundDim(dim, binding);
    const found = typeof bound === 'string' ? bound : refused(bound, written?.[axis], binding);
    if (found === undefined) {
      nameSize(written?.[axis], bound as Dim, binding);
      return bound as Dim;
    }
    const dimension = typeof dim === 'string' ? dim : JSON.stringify(dim);
    const reason = given === undefined ? found : `${found} (given for input \`${name}\`)`;
    const span = given === undefined ? (input.shape?.[axis]?.span ?? input.span) : undefined;
    binding.findings.add(problem('bad-dimension', { dimension, reason }), span);
    return undefined;
  });
  const known = dims?.flatMap((d) => (d === undefined ? [] : [d]));
  if (known === undefined || known.length !== dims?.length) return undefined;
  return channelsLast(binding.channels, known);
}

/** Where a size from outside takes the place of a symbol, the symbol stands for that size in attributes too. */
function nameSize(written: unknown, bound: Dim, { symbols }: Binding): void {
  if (typeof written === 'string' && symbolPattern.test(written) && !symbols.has(written))
    symbols.set(written, bound);
}

/** Why a size cannot stand for the symbol that is written in its place. */
function refused(
  bound: Dim,
  written: unknown,
  { declared, definitions, symbols }: Binding,
): string | undefined {
  if (typeof written !== 'string') return undefined;
  const definition = definitions.get(written);
  const value = definition === undefined ? undefined : symbols.get(written);
  if (value !== undefined && keyOf(value) !== keyOf(bound)) {
    const worked = printDim(value) === definition ? '' : `, which is ${printDim(value)} here`;
    const help = typeof value === 'number' ? '' : ': give the inputs that name its symbols, too';
    return `\`dims\` says that ${written} equals ${definition}${worked}${help}`;
  }
  const fact = declared.get(written);
  return typeof bound === 'number' && fact !== undefined ? notAdmitted(written, bound, fact) : undefined;
}

/** A dimension, or why it is none. */
function boundDim(dim: unknown, { declared, symbols }: Binding): Dim | string {
  if (typeof dim === 'string' && symbolPattern.test(dim)) {
    const made = symbols.get(dim) ?? symbol(dim, declared.get(dim));
    symbols.set(dim, made);
    return made;
  }
  if (typeof dim !== 'string') return wrongSize(dim) ?? Number(dim);
  if (dim === '_') return '`_` matches anything in a claim; an input has a size or a symbol';
  const parsed = parseDim(dim, symbols);
  if (!parsed.ok) return parsed.reason;
  return typeof parsed.value === 'number' ? (wrongSize(parsed.value) ?? parsed.value) : parsed.value;
}
