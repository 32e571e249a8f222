import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { InputSpec, Spec } from '../../parser/spec.ts';
import { type Dim, symbol } from '../../tensor/dim.ts';
import type { Fact, Facts } from '../../tensor/facts.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { InputMeaning } from '../graph.ts';
import { wrongSize } from './claims.ts';
import { dimFacts, notAdmitted } from './dimFacts.ts';
import { type Environment, evaluateLocated } from './environment.ts';

export interface BoundInput {
  readonly name: string;
  /** Undefined where the shape is not known, for a reason already reported. */
  readonly type: TensorType | undefined;
  readonly meaning: InputMeaning;
  readonly span: Span;
  /** Set where the shape was given from outside. */
  readonly given?: true;
}

export interface BoundInputs {
  readonly inputs: readonly BoundInput[];
  /** Every symbol that an input's shape names. */
  readonly symbols: ReadonlyMap<string, Dim>;
  /** Whether the shapes of all inputs are known. */
  readonly complete: boolean;
  /** What is known of the symbols. */
  readonly facts: Facts;
}

/** Shapes given from outside, which replace those of the spec before anything is inferred. */
export type InputShapes = Readonly<Record<string, readonly (number | string)[]>>;

/** A name that can stand for a size. */
export const symbolPattern = /^(?!_$)[A-Za-z_]\w*$/;

interface Binding {
  readonly env: Environment;
  readonly declared: ReadonlyMap<string, Fact>;
  readonly symbols: Map<string, Dim>;
  readonly findings: Findings;
}

/** The inputs of a network with their shapes worked out; a name that stands alone in a shape is a symbol. */
export function bindInputs(
  spec: Spec,
  given: InputShapes,
  { env, findings }: { env: Environment; findings: Findings },
): BoundInputs {
  if (spec.inputsComplete) reportUnknownInputs(spec, Object.keys(given), findings);
  const declared = dimFacts(spec.dims, env, findings);
  const binding = { env, declared, symbols: new Map<string, Dim>(), findings };
  const written = spec.inputs.map((input) => writtenShape(input, binding));
  const ownShape = ({ name }: InputSpec) => (Object.hasOwn(given, name) ? given[name] : undefined);
  // A symbol may stand alone only in a later input than the sum that names it: `P + S`.
  for (const dim of spec.inputs.flatMap((input, i) => ownShape(input) ?? written[i] ?? [])) {
    if (typeof dim === 'string' && symbolPattern.test(dim)) boundDim(dim, binding);
  }
  const inputs = spec.inputs.map((input, i) => {
    const own = ownShape(input);
    const shape = boundShape(input, { written: written[i], given: own }, binding);
    const type = shape === undefined ? undefined : { dtype: input.dtype, shape };
    const given = own === undefined ? {} : ({ given: true } as const);
    return { name: input.name, type, meaning: meaningOf(input), span: input.nameSpan, ...given };
  });
  const complete = spec.inputsComplete && inputs.every(({ type }) => type !== undefined);
  const { symbols } = binding;
  if (complete && inputs.length > 0)
    reportUnknownSymbols(spec, [...written.flat().map(String), ...symbols.keys()], findings);
  const facts = Object.fromEntries([...declared].filter(([name]) => symbols.has(name)));
  return { inputs, symbols, complete, facts };
}

function reportUnknownInputs({ inputs }: Spec, given: readonly string[], findings: Findings): void {
  const known = inputs.map((i) => i.name);
  for (const name of given.filter((g) => !known.includes(g))) {
    const nearest = didYouMean(name, known);
    findings.add(problem('unknown-name', { name, what: 'input', known, nearest }), undefined);
  }
}

function reportUnknownSymbols({ dims }: Spec, known: readonly string[], findings: Findings): void {
  const symbols = [...new Set(known)].filter((name) => symbolPattern.test(name));
  for (const { name, span } of dims) {
    if (symbols.includes(name)) continue;
    const nearest = didYouMean(name, symbols);
    const help = 'a symbol is named in the shape of an input';
    findings.add(problem('unknown-name', { name, what: 'symbol', known: symbols, nearest, help }), span);
  }
}

function meaningOf({ range, mean, std, description }: InputSpec): InputMeaning {
  return {
    ...(range === undefined ? {} : { range }),
    ...(mean === undefined ? {} : { mean }),
    ...(std === undefined ? {} : { std }),
    ...(description === undefined ? {} : { description }),
  };
}

function writtenShape({ shape }: InputSpec, { env, findings }: Binding): readonly unknown[] | undefined {
  const dims = shape?.map((d) => evaluateLocated(d, env, findings));
  return dims?.every((d) => d !== undefined) ? dims.map((d) => d?.value) : undefined;
}

/** The shape of an input: as given from outside, else as written. */
function boundShape(
  input: InputSpec,
  { written, given }: { written: readonly unknown[] | undefined; given: readonly unknown[] | undefined },
  binding: Binding,
): readonly Dim[] | undefined {
  const dims = (given ?? written)?.map((dim, axis) => {
    const bound = boundDim(dim, binding);
    const found = typeof bound === 'string' ? bound : refused(bound, written?.[axis], binding);
    if (found === undefined) {
      nameSize(written?.[axis], bound as Dim, binding);
      return bound as Dim;
    }
    const reason = given === undefined ? found : `${found} (given for input \`${input.name}\`)`;
    const span = given === undefined ? (input.shape?.[axis]?.span ?? input.span) : undefined;
    binding.findings.add(problem('bad-dimension', { dimension: String(dim), reason }), span);
    return undefined;
  });
  const known = dims?.flatMap((d) => (d === undefined ? [] : [d]));
  return known?.length === dims?.length ? known : undefined;
}

/** Where a size from outside takes the place of a symbol, the symbol stands for that size in attributes too. */
function nameSize(written: unknown, bound: Dim, { symbols }: Binding): void {
  if (typeof written === 'string' && symbolPattern.test(written) && !symbols.has(written))
    symbols.set(written, bound);
}

/** Why a size cannot stand for the symbol that is written in its place. */
function refused(bound: Dim, written: unknown, { declared }: Binding): string | undefined {
  const fact = typeof written === 'string' ? declared.get(written) : undefined;
  return typeof bound === 'number' && fact !== undefined
    ? notAdmitted(String(written), bound, fact)
    : undefined;
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
