import { asSquare } from './analysis/sizes/asSquare.ts';
import { type Conditions, conditionsOf, type Written } from './analysis/sizes/conditions.ts';
import { type OpenInputs, openAxes, usedIn } from './analysis/sizes/openAxes.ts';
import type { SizesReport, SymbolSizes } from './analysis/sizes/report.ts';
import { solved } from './analysis/sizes/solved.ts';
import { once } from './common/once.ts';
import { type CompileOptions, type ReadSpec, read } from './compile.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { type Expanded, type ExpandOptions, expand } from './ir/expand/expand.ts';
import { type NetworkInputs, networkInputs } from './ir/expand/networkInputs.ts';
import type { Graph } from './ir/graph.ts';
import { infer } from './ir/infer.ts';
import type { Spec } from './parser/spec.ts';
import { inOrderOf } from './tensor/channels.ts';
import { factOf, progressionOf } from './tensor/facts.ts';
import { sizesListed } from './tensor/sizeSet.ts';

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
 * ties them together, else those of square inputs. Where that is no sum of products of floors of one size, sizes are tried
 * one by one.
 */
export function acceptedSizes(text: string, options: SizesOptions = {}): SizesResult {
  const { value: spec, ...parsed } = read(text, options.name);
  const { diagnostics, readable } = parsed;
  if (spec === undefined) return { diagnostics, parsed: readable };
  const source = { spec, parsed, options };
  const inputs = hasErrors(diagnostics) ? undefined : networkInputs(spec, optionsFor(source));
  // Mostly this is the one time that the network is built.
  const report = inputs === undefined ? undefined : solvedReport(inputs, source);
  if (report !== undefined) return { report, diagnostics, parsed: true };
  const asked = expand(spec, optionsFor(source));
  const all = [...diagnostics, ...asked.diagnostics];
  if (asked.value === undefined || inputs === undefined || hasErrors(all))
    return { diagnostics: all, parsed: true };
  return { report: tried(asked.value, inputs, source), diagnostics: all, parsed: true };
}

/** A spec, and how its networks are built. */
interface Source {
  readonly spec: Spec;
  readonly parsed: Pick<ReadSpec, 'schemas' | 'parsedFiles'>;
  readonly options: SizesOptions;
}

function optionsFor({ parsed, options }: Source): ExpandOptions {
  return { ...options, schemas: parsed.schemas, parsedFiles: parsed.parsedFiles };
}

function built(source: Source, shapes: OpenInputs['shapes'], asking = false): Expanded | undefined {
  const made = expand(source.spec, { ...optionsFor(source), inputs: shapes, asking });
  return hasErrors(made.diagnostics) ? undefined : made;
}

/** Shapes that were given from outside stay as they are. */
function openInputs(
  { inputs, facts }: NetworkInputs,
  { spec, options }: Source,
  square: boolean,
): OpenInputs {
  const shapes = inputs.map(({ name, type: { shape } }) => ({ name, shape }));
  const fixed = new Set(Object.keys(options.inputs ?? {}));
  return openAxes(shapes, { channels: spec.channels, facts, square, fixed });
}

function solvedReport(inputs: NetworkInputs, source: Source): SizesReport | undefined {
  const [apart, square] = [openInputs(inputs, source, false), openInputs(inputs, source, true)];
  const written = once(() => {
    const network = writtenGraph(source);
    return network && { nodes: network.nodes, types: infer(network).types };
  });
  const open = openedBy(apart, source, written);
  const report = open && reportOf(open, apart, open.conditions);
  if (open === undefined || report !== undefined) return report;
  const tied = asSquare(open.conditions, apart, square);
  const found = tied && reportOf(open, square, tied);
  if (found !== undefined) return found;
  const again = openedBy(square, source, written);
  return again && reportOf(again, square, again.conditions);
}

/** The network with open sizes, and what it asks of them. */
interface Opened {
  readonly graph: Graph;
  readonly conditions: Conditions;
}

/** undefined where the network cannot be built so, as an attribute that is worked out from a size must be a number. */
function openedBy(
  { shapes }: OpenInputs,
  source: Source,
  written: () => Written | undefined,
): Opened | undefined {
  const made = built(source, shapes, true);
  if (made?.value === undefined) return undefined;
  const conditions = conditionsOf(made.value, made.inferred, written);
  return conditions && { graph: made.value, conditions };
}

/** The network with the spec's own sizes for symbols that were given from outside, for which its weights are made. */
function writtenGraph(source: Source): Graph | undefined {
  const { options, spec } = source;
  const given = Object.entries(options.inputs ?? {});
  const all = optionsFor(source);
  const own = given.length === 0 ? undefined : networkInputs(spec, { ...all, inputs: {} });
  const shapes = given.map(([name, shape]) => {
    const type = own?.inputs.find((input) => input.name === name)?.type;
    const sizes = inOrderOf(spec.channels, type?.shape ?? []);
    const numbers = shape.map((dim, axis) => {
      const size = sizes[axis];
      return typeof dim === 'string' && typeof size === 'number' ? size : dim;
    });
    return [name, numbers] as const;
  });
  return expand(spec, { ...all, inputs: Object.fromEntries(shapes) }).value;
}

function reportOf(
  { graph }: Opened,
  { shapes, written }: OpenInputs,
  conditions: Conditions,
): SizesReport | undefined {
  // `--until` may have left inputs out.
  const kept = new Set(graph.inputs.map(({ value }) => value.name));
  const inputs = Object.entries(shapes).filter(([name]) => kept.has(name));
  const open = usedIn(Object.fromEntries(inputs), written);
  const symbols = solved(conditions, open, graph.facts);
  return symbols && { ...headOf(graph, Object.fromEntries(inputs)), symbols };
}

function headOf(
  { name: network }: Graph,
  shapes: OpenInputs['shapes'],
): Pick<SizesReport, 'network' | 'inputs'> {
  return { network, inputs: Object.entries(shapes).map(([name, shape]) => ({ name, shape })) };
}

/** Each size in turn, with the others as they are written. */
function tried(graph: Graph, given: NetworkInputs, source: Source): SizesReport {
  const inputs = openInputs(given, source, true);
  const { tryUpTo = triedByDefault } = source.options;
  const written = writtenGraph(source);
  const weights = weightShapes(written ?? graph);
  const symbols = [...inputs.written].map(([name, size]): SymbolSizes => {
    const { first, step, last } = progressionOf(factOf(graph.facts, name));
    const listed: number[] = [];
    for (let tried = first; tried <= Math.min(tryUpTo, last); tried += step) {
      const made = built(source, withSize(inputs, name, tried))?.value;
      const found = made && weightShapes(made);
      if (found !== undefined && (weights === undefined || found === weights)) listed.push(tried);
    }
    const found = { accepted: sizesListed(listed), because: [], triedUpTo: tryUpTo };
    return { name, ...(size === undefined ? {} : { written: size }), ...found };
  });
  return { ...headOf(graph, inputs.shapes), symbols };
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
