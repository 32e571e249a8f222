import { addToGroup } from '../../common/groups.ts';
import { problem, type Staged } from '../../diagnostics/diagnostic.ts';
import { Findings } from '../../parser/findings.ts';
import { limits } from '../../parser/limits.ts';
import { OpSchemas } from '../../parser/parseAttributes.ts';
import type { Spec, VariantSpec } from '../../parser/spec.ts';
import type { Graph } from '../graph.ts';
import type { InferredNodes } from '../infer.ts';
import { GraphBuilder, TooMany } from './builder.ts';
import { addEndPoint } from './claims.ts';
import type { Expansion } from './expansion.ts';
import { type BoundInput, type BoundInputs, bindInputs, type InputShapes } from './inputs.ts';
import { KnownCalls } from './knownCalls.ts';
import { markLeftOut } from './leaveOut.ts';
import type { LoadedFile, ParsedFiles, ReadFile } from './load.ts';
import { loadMain } from './loadMain.ts';
import { announceNames } from './naming.ts';
import { type Outputs, outputsOf } from './outputs.ts';
import { KnownParts } from './parts.ts';
import { folderOf } from './paths.ts';
import { type NodeCheck, placesCheck } from './places.ts';
import { runSteps } from './runSteps.ts';
import { type Flow, flowOf, Names, noParts, type Scope, together, unknownFlow } from './scope.ts';
import { claimTotals, reportUnchecked } from './totals.ts';
import { keepUntil } from './until.ts';

export interface ExpandOptions {
  readonly root?: string | undefined;
  readonly readFile?: ReadFile | undefined;
  readonly variant?: string | undefined;
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  readonly inputs?: InputShapes | undefined;
  readonly until?: string | undefined;
  /** Those that the parser made; new ones where not given. */
  readonly schemas?: OpSchemas | undefined;
  /** Imports that other networks of the spec have read; they are added to. */
  readonly parsedFiles?: ParsedFiles | undefined;
  /** As in `infer`: whether one wants to know what the network asks of the sizes. */
  readonly asking?: boolean | undefined;
}

export interface Expanded extends Staged<Graph> {
  /** The file with its imports; undefined for a library, which has no network. */
  readonly file?: LoadedFile;
  /** What was inferred on the way, for `infer`. */
  readonly inferred?: InferredNodes;
}

/**
 * Spec → graph. All sugar ends here: imports, params, blocks, repeats, branches, defaults. What could not be expanded
 * is reported and left out; the graph holds the rest, so that later stages can still check it.
 */
export function expand(spec: Spec, options: ExpandOptions): Expanded {
  const findings = new Findings();
  if (spec.network === undefined) {
    findings.add(problem('no-network', { name: spec.name }), { ...spec.span, end: spec.span.start });
    return { diagnostics: findings.diagnostics };
  }
  const schemas = options.schemas ?? new OpSchemas();
  const file = loadMain(spec, { ...options, schemas }, findings);
  const variant = spec.variants.find((v) => v.name === options.variant);
  const bound = bindInputs(spec, options.inputs ?? {}, { env: file.params, findings });
  const check = placesCheck(file, findings);
  const files = { readFile: options.readFile, root: options.root ?? folderOf(spec.source.name) };
  const x = newExpansion({ options, schemas, findings, check, files }, bound);
  const scope = topScope(file);
  const start = placeInputs(spec, bound, { scope, x });
  const last = runAll(spec, { scope, start }, x);
  // What was made until then is a great deal, and no part of a network that anyone wants.
  if (last === 'too-many') return { file, diagnostics: findings.diagnostics };
  const outputs = outputsOf(spec, { last, scope }, x);
  const expect = variant?.expect ?? (options.variant === undefined ? spec.expect : undefined);
  claimTotals(expect, { env: file.params, outputs, channels: spec.channels }, x);
  reportUnchecked(x);
  const graph = finish(spec, { x, outputs, facts: bound.facts, variant });
  const kept = options.until === undefined ? graph : keepUntil(graph, options.until, x);
  const { inferred } = x.builder.finish();
  return {
    ...(kept === undefined ? {} : { value: kept }),
    file,
    inferred,
    diagnostics: findings.diagnostics,
  };
}

interface NewExpansion extends Pick<Expansion, 'schemas' | 'findings' | 'files'> {
  readonly options: ExpandOptions;
  readonly check: NodeCheck | undefined;
}

function newExpansion(
  { options, check, ...shared }: NewExpansion,
  { symbols, complete, facts }: BoundInputs,
): Expansion {
  const untouched = options.inputs === undefined && options.until === undefined;
  const counts = untouched && Object.keys(options.set ?? {}).length === 0;
  return {
    builder: new GraphBuilder(facts, check, options.asking),
    ...shared,
    knownParts: new KnownParts(),
    ...(options.until === undefined
      ? { knownCalls: new KnownCalls(), named: undefined }
      : { knownCalls: undefined, named: new Map() }),
    symbols,
    ownSymbols: false,
    symbolsComplete: complete,
    endPoints: [],
    endPointKeys: new Set(),
    claims: [],
    checking: { shapes: options.inputs === undefined, counts },
    takenAt: new Set(),
    budget: { steps: limits.steps },
    unchecked: { count: 0 },
    calls: [],
    runSteps,
  };
}

function topScope(file: LoadedFile): Scope {
  return {
    path: '',
    names: new Names(),
    counters: new Map(),
    outer: undefined,
    env: file.params,
    layer: { defaults: file.spec.defaults, env: file.params, ofFile: true, outer: undefined },
    frame: { name: file.spec.name },
    file,
    top: true,
  };
}

/** Makes the inputs known. One input is the first step's current value; of several, that step must say which. */
function placeInputs(
  spec: Spec,
  { inputs, leftOut, complete }: BoundInputs,
  { scope, x }: { scope: Scope; x: Expansion },
): Flow {
  scope.names.unsure = !spec.inputsComplete;
  const placed = inputs.map((input) => ({ ...input, flow: placeInput(input, scope, x) }));
  for (const { name, span } of leftOut) markLeftOut(name, span, scope);
  for (const [name, members] of groupsOf(placed)) placeGroup(name, members, scope);
  const [only] = placed;
  if (only === undefined && complete) {
    reportNoInputs(spec, x);
    scope.names.unsure = true;
    return unknownFlow;
  }
  if (!spec.inputsComplete && inputs.length !== 1) return unknownFlow;
  return placed.length === 1 && only !== undefined ? only.flow : { kind: 'unset' };
}

type PlacedInput = BoundInput & { readonly flow: Flow };

function placeInput({ name, type, ...about }: BoundInput, scope: Scope, x: Expansion): Flow {
  const { meaning, span, given } = about;
  const outside = given === undefined ? {} : { given };
  const flow =
    type === undefined ? unknownFlow : flowOf(x.builder.addInput(name, type, { meaning, span, ...outside }));
  scope.names.set(name, { flow, parts: noParts, span });
  return flow;
}

function groupsOf(inputs: readonly PlacedInput[]): ReadonlyMap<string, readonly PlacedInput[]> {
  const groups = new Map<string, PlacedInput[]>();
  for (const input of inputs) {
    if (input.group !== undefined) addToGroup(groups, input.group, input);
  }
  return groups;
}

/** The plain name of a repeated input stands for all of its copies, which stand side by side. */
function placeGroup(group: string, members: readonly PlacedInput[], { names }: Scope): void {
  const [first] = members;
  if (first === undefined || names.has(group)) return;
  const parts = new Map(members.map(({ name, flow }) => [name.slice(group.length + 1), flow]));
  names.set(group, { flow: together(parts.values()), parts, span: first.span });
}

function reportNoInputs({ inputs, span }: Spec, { findings }: Expansion): void {
  const [first] = inputs;
  const help = 'write `inputs: { image: [N, 299, 299, 3] }`';
  const missing = problem('missing-key', { key: 'inputs', where: 'a spec with a network', help });
  if (first === undefined) findings.add(missing, { ...span, end: span.start });
  else {
    const reason = 'reads nothing: every input was left out';
    findings.add(problem('wrong-value', { what: 'the network', reason }), first.name.span);
  }
}

/** Runs the network step by step, so that the one that outgrows a limit is known; nothing is run after that one. */
function runAll(
  spec: Spec,
  { scope, start }: { scope: Scope; start: Flow },
  x: Expansion,
): Flow | 'too-many' {
  let flow = start;
  announceNames(spec.network ?? [], scope);
  for (const step of spec.network ?? []) {
    try {
      flow = x.runSteps([step], scope, flow, x);
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      const { what } = error;
      x.findings.add(problem('too-many-nodes', { limit: limits[what], what }), step.callSpan);
      return 'too-many';
    }
  }
  return flow;
}

function finish(
  spec: Spec,
  {
    x,
    outputs: { outputs },
    facts,
    variant,
  }: { x: Expansion; outputs: Outputs; facts: BoundInputs['facts']; variant: VariantSpec | undefined },
): Graph {
  for (const { name, value } of outputs) {
    addEndPoint({ name, value, span: spec.span }, x);
    if (x.named?.has(name) === false) x.named.set(name, { value, span: spec.span });
  }
  const { nodes, inputs } = x.builder.finish();
  return {
    name: variant === undefined ? spec.name : `${spec.name}_${variant.name}`,
    ...(spec.title === undefined ? {} : { title: spec.title }),
    ...(spec.references.length === 0 ? {} : { references: spec.references }),
    channels: spec.channels,
    inputs,
    nodes,
    outputs,
    endPoints: x.endPoints,
    claims: x.claims,
    facts,
  };
}
