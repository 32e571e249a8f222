import type { SizeCondition } from './analysis/sizes/condition.ts';
import { type Conditions, conditionsOf, withoutRepeats } from './analysis/sizes/conditions.ts';
import { deciding } from './analysis/sizes/deciding.ts';
import { type OpenInputs, openAxes } from './analysis/sizes/openAxes.ts';
import type { SizesReport, SymbolSizes } from './analysis/sizes/report.ts';
import { solve } from './analysis/sizes/solve.ts';
import { type CompileOptions, type ReadSpec, read } from './compile.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { expand } from './ir/expand/expand.ts';
import type { Graph } from './ir/graph.ts';
import { infer } from './ir/infer.ts';
import { inOrderOf } from './tensor/channels.ts';
import { symbolsOf } from './tensor/dim.ts';
import { runsOf } from './tensor/equalSizes.ts';
import { factOf, progressionOf } from './tensor/facts.ts';

/** Where sizes are tried one by one, the greatest of them. */
const triedByDefault = 512;

export interface SizesOptions extends CompileOptions {
  /** How far sizes are tried where they cannot be worked out; 512 where not given. */
  readonly tryUpTo?: number;
}

export interface SizesResult {
  /** Undefined where the network could not be made. */
  readonly report?: SizesReport;
  readonly diagnostics: readonly Diagnostic[];
  /** False where the text could not be read or parsed at all. */
  readonly parsed: boolean;
}

/**
 * The sizes that a network accepts in place of those that its inputs are written with: exactly, from what inference asks
 * of them, also where the network does not fit the size that is written. Heights and widths are found apart where nothing
 * ties them together, else those of square inputs. Where that is no sum of floors of one size, sizes are tried one by one.
 */
export function acceptedSizes(text: string, options: SizesOptions = {}): SizesResult {
  const parsed = read(text, options.name);
  const made =
    parsed.value === undefined ? undefined : expand(parsed.value, { ...options, schemas: parsed.schemas });
  const diagnostics = [...parsed.diagnostics, ...(made?.diagnostics ?? [])];
  const graph = made?.value;
  if (graph === undefined || hasErrors(diagnostics)) return { diagnostics, parsed: parsed.readable };
  const given = { parsed, options, written: writtenSizes(graph, { parsed, options }) };
  const apart = openedBy(graph, { ...given, square: false });
  const report = (apart && solved(apart)) ?? squareSizes(graph, given) ?? tried(graph, given);
  return { report, diagnostics, parsed: true };
}

/** The network with the spec's own sizes for symbols that were given from outside, for which its weights are made. */
function writtenSizes(graph: Graph, source: Pick<Given, 'parsed' | 'options'>): Graph {
  const { inputs } = source.options;
  if (inputs === undefined) return graph;
  const own = built({}, source);
  const shapes = Object.entries(inputs).map(([name, shape]) => {
    const input = own?.inputs.find(({ value }) => value.name === name);
    const sizes = inOrderOf(graph.channels ?? 'last', input?.type.shape ?? []);
    const numbers = shape.map((dim, axis) => {
      const size = sizes[axis];
      return typeof dim === 'string' && typeof size === 'number' ? size : dim;
    });
    return [name, numbers] as const;
  });
  return built(Object.fromEntries(shapes), source) ?? graph;
}

interface Given {
  readonly parsed: ReadSpec;
  readonly options: SizesOptions;
  /** With numbers for all sizes, as far as the spec has them. */
  readonly written: Graph;
}

/** The network with open sizes, and what it asks of them. */
interface Opened {
  readonly graph: Graph;
  readonly inputs: OpenInputs;
  readonly conditions: Conditions;
}

function squareSizes(graph: Graph, given: Given): SizesReport | undefined {
  const square = openedBy(graph, { ...given, square: true });
  return square && solved(square);
}

/** undefined where the network cannot be built so, as an attribute that is worked out from a size must be a number. */
function openedBy(
  graph: Graph,
  { square, ...given }: Given & { readonly square: boolean },
): Opened | undefined {
  const inputs = openInputs(graph, given.options, square);
  const made = built(inputs.shapes, given);
  if (made === undefined) return undefined;
  const types = new Map(made.inputs.map(({ value, type }) => [value.name, type]));
  const open = {
    ...graph,
    facts: made.facts,
    inputs: graph.inputs.map((input) => ({ ...input, type: types.get(input.value.name) ?? input.type })),
  };
  const conditions = conditionsOf(open, infer(given.written));
  return 'diagnostic' in conditions ? undefined : { graph: open, inputs, conditions };
}

/** Shapes that were given from outside stay as they are. */
function openInputs({ inputs, channels, facts }: Graph, options: SizesOptions, square: boolean): OpenInputs {
  return openAxes(inputs, { channels, facts, square, fixed: new Set(Object.keys(options.inputs ?? {})) });
}

function built(
  shapes: OpenInputs['shapes'],
  { parsed, options }: Pick<Given, 'parsed' | 'options'>,
): Graph | undefined {
  if (parsed.value === undefined) return undefined;
  const made = expand(parsed.value, { ...options, schemas: parsed.schemas, inputs: shapes });
  return hasErrors(made.diagnostics) ? undefined : made.value;
}

function solved({ graph, inputs, conditions }: Opened): SizesReport | undefined {
  const symbols: SymbolSizes[] = [];
  const accepted = withoutRepeats(conditions.accepted);
  const lossless = withoutRepeats([...accepted, ...conditions.lossless]);
  if (accepted.some((c) => symbolsIn(c).length > 1)) return undefined;
  for (const [name, written] of inputs.written) {
    const found = solvedFor(name, { graph, accepted, lossless });
    if (found === undefined) return undefined;
    symbols.push({ name, ...(written === undefined ? {} : { written }), ...found });
  }
  return { ...headOf(graph, inputs), symbols };
}

function solvedFor(
  name: string,
  {
    graph,
    ...conditions
  }: { graph: Graph; accepted: readonly SizeCondition[]; lossless: readonly SizeCondition[] },
): Omit<SymbolSizes, 'name' | 'written'> | undefined {
  const fact = factOf(graph.facts, name);
  const [own, besides] = [conditions.accepted, conditions.lossless].map((all) =>
    all.filter((c) => symbolsIn(c).includes(name)),
  );
  const accepted = solve(own ?? [], name, fact);
  if (accepted === undefined) return undefined;
  // Where no window slides along the axis, nothing can be left out.
  const slides = (besides ?? []).length > (own ?? []).length;
  const lossless = slides ? solve(besides ?? [], name, fact) : undefined;
  const because = deciding(own ?? [], { name, fact, accepted });
  return { accepted, because, ...(lossless === undefined ? {} : { lossless }) };
}

function symbolsIn({ dim, other }: SizeCondition): readonly string[] {
  return [...new Set([dim, other].flatMap(symbolsOf))];
}

function headOf(graph: Graph, { shapes }: OpenInputs): Pick<SizesReport, 'network' | 'inputs'> {
  const inputs = Object.entries(shapes).map(([name, shape]) => ({ name, shape }));
  return { network: graph.name, inputs };
}

/** Each size in turn, with the others as they are written. */
function tried(graph: Graph, given: Given): SizesReport {
  const inputs = openInputs(graph, given.options, true);
  const { tryUpTo = triedByDefault } = given.options;
  const weights = weightShapes(given.written);
  const symbols = [...inputs.written].map(([name, written]): SymbolSizes => {
    const fact = factOf(graph.facts, name);
    const { first, step, last } = progressionOf(fact);
    const listed: number[] = [];
    for (let size = first; size <= Math.min(tryUpTo, last); size += step) {
      const made = built(withSize(inputs, name, size), given);
      const found = made && weightShapes(made);
      if (found !== undefined && (weights === undefined || found === weights)) listed.push(size);
    }
    const accepted = { listed: runsOf(listed), modulus: 1, remainders: [] };
    return { name, ...(written === undefined ? {} : { written }), accepted, because: [], triedUpTo: tryUpTo };
  });
  return { ...headOf(graph, inputs), symbols };
}

/** Shapes with this size for one symbol and the written ones for the others. */
function withSize({ shapes, written }: OpenInputs, name: string, size: number): OpenInputs['shapes'] {
  const sizeFor = (dim: number | string) => (dim === name ? size : (written.get(String(dim)) ?? dim));
  return Object.fromEntries(Object.entries(shapes).map(([input, shape]) => [input, shape.map(sizeFor)]));
}

/** The weights of a network as one text; undefined where its shapes do not fit. */
function weightShapes(graph: Graph): string | undefined {
  const typed = infer(graph).value;
  const weights = typed?.nodes.flatMap((node) => node.weights.map((w) => `${w.fullName} ${w.shape}`));
  return weights?.join('\n');
}
