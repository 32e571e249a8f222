import { problem, type Staged } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import { Findings } from '../../parser/findings.ts';
import { limits } from '../../parser/limits.ts';
import { OpSchemas } from '../../parser/parseAttributes.ts';
import type { Spec, TotalsSpec, VariantSpec } from '../../parser/spec.ts';
import type { Fact } from '../../tensor/facts.ts';
import type { Graph, Value } from '../graph.ts';
import { GraphBuilder, TooManyNodes } from './builder.ts';
import { addEndPoint, claimCount, evaluateShape } from './claims.ts';
import { Environment, evaluateLocated } from './environment.ts';
import { type Expansion, noParts } from './expansion.ts';
import { bindInputs, type InputShapes } from './inputs.ts';
import { type LoadedFile, loadImports, type ReadFile } from './load.ts';
import { outputsOf } from './outputs.ts';
import { bindParams, type Given } from './params.ts';
import { folderOf } from './paths.ts';
import { runSteps } from './runSteps.ts';
import { type Flow, flowOf, type Scope } from './scope.ts';
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
}

/**
 * Spec → graph. All sugar ends here: imports, params, blocks, repeats, branches, defaults. What could not be expanded
 * is reported and left out; the graph holds the rest, so that later stages can still check it.
 */
export function expand(spec: Spec, options: ExpandOptions): Staged<Graph> {
  const findings = new Findings();
  if (spec.network === undefined) {
    findings.add(problem('no-network', { name: spec.name }), { ...spec.span, end: spec.span.start });
    return { diagnostics: findings.diagnostics };
  }
  const schemas = options.schemas ?? new OpSchemas();
  const file = loadMain(spec, { ...options, schemas }, findings);
  const variant = spec.variants.find((v) => v.name === options.variant);
  const { inputs, symbols } = bindInputs(spec, options.inputs ?? {}, { env: file.params, findings });
  const facts = Object.fromEntries([...spec.dims].filter(([name]) => symbols.has(name))) as Record<
    string,
    Fact
  >;
  const builder = new GraphBuilder(findings, facts);
  const scope = topScope(file);
  const values = inputs.map((i) => builder.addInput(i.name, i.type, i));
  for (const value of values)
    scope.names.set(value.name, { flow: flowOf(value), parts: noParts, span: spec.span });
  const untouched = options.inputs === undefined && options.until === undefined;
  const counts = untouched && Object.keys(options.set ?? {}).length === 0;
  const x: Expansion = {
    builder,
    findings,
    schemas,
    symbols,
    endPoints: [],
    claims: [],
    named: new Map(),
    checking: { shapes: options.inputs === undefined, counts },
    unchecked: { count: 0 },
    calls: [],
    runSteps,
  };
  const last = runAll(spec, { scope, start: startFlow(spec, values) }, x);
  const outputs = outputsOf(spec, { last, scope }, x);
  claimTotals(variant?.expect ?? (options.variant === undefined ? spec.expect : undefined), file.params, {
    x,
    outputs,
  });
  reportUnchecked(x);
  const graph = finish(spec, { x, outputs, facts, variant });
  const kept = options.until === undefined ? graph : keepUntil(graph, options.until, x);
  return { ...(kept === undefined ? {} : { value: kept }), diagnostics: findings.diagnostics };
}

/** The file with its imports read and its params bound: by `--set`, else by the variant, else by default. */
function loadMain(
  spec: Spec,
  options: ExpandOptions & { readonly schemas: OpSchemas },
  findings: Findings,
): LoadedFile {
  const root = options.root ?? folderOf(spec.source.name);
  const imports = loadImports(spec, {
    readFile: options.readFile,
    root,
    findings,
    schemas: options.schemas,
    loaded: new Map(),
  });
  const names = spec.variants.map((v) => v.name);
  const variant = spec.variants.find((v) => v.name === options.variant);
  if (options.variant !== undefined && variant === undefined) {
    const nearest = didYouMean(options.variant, names);
    findings.add(problem('unknown-variant', { variant: options.variant, known: names, nearest }), undefined);
  }
  const given = new Map<string, Given>();
  for (const { key, value } of variant?.values ?? []) {
    given.set(key, { value: evaluateLocated(value, Environment.empty, findings)?.value, span: value.span });
  }
  for (const [name, value] of Object.entries(options.set ?? {})) given.set(name, { value });
  const context = { owner: 'the spec', outer: Environment.empty, findings, span: undefined, variants: names };
  return { spec, imports, params: new Environment(bindParams(spec.params, given, context)) };
}

function topScope(file: LoadedFile): Scope {
  return {
    path: '',
    names: new Map(),
    counters: new Map(),
    outer: undefined,
    env: file.params,
    layer: { defaults: file.spec.defaults, env: file.params, ofFile: true, outer: undefined },
    frame: { name: file.spec.name },
    file,
    top: true,
  };
}

/** One input is the first step's current value; of several, the first step must say which. */
function startFlow({ inputs }: Spec, values: readonly Value[]): Flow {
  if (inputs.length === 1) return values.length === 1 ? flowOf(...values) : { kind: 'unknown' };
  return { kind: 'unset' };
}

function runAll(spec: Spec, { scope, start }: { scope: Scope; start: Flow }, x: Expansion): Flow {
  try {
    return x.runSteps(spec.network ?? [], scope, start, x);
  } catch (error) {
    if (!(error instanceof TooManyNodes)) throw error;
    x.findings.add(problem('too-many-nodes', { limit: limits.nodes }), spec.span);
    return { kind: 'unknown' };
  }
}

function claimTotals(
  expect: TotalsSpec | undefined,
  env: Environment,
  { x, outputs }: { x: Expansion; outputs: Graph['outputs'] },
): void {
  if (expect === undefined) return;
  for (const count of expect.counts) claimCount(count, { env }, x);
  for (const { name, shape: written, span } of expect.outputs) {
    const output = outputs.find((o) => o.name === name);
    const known = outputs.map((o) => o.name);
    if (output === undefined) {
      x.findings.add(
        problem('unknown-name', { name, what: 'output', known, nearest: didYouMean(name, known) }),
        span,
      );
    } else if (!x.checking.shapes) {
      x.unchecked.count += 1;
    } else {
      const shape = evaluateShape(written, { env, symbols: x.symbols, findings: x.findings }, true);
      if (shape !== undefined) x.claims.push({ kind: 'shape', name, value: output.value, shape, span });
    }
  }
}

function reportUnchecked({ unchecked, checking, findings }: Expansion): void {
  if (unchecked.count === 0) return;
  const why = checking.shapes
    ? 'params or the end of the network were changed from outside'
    : 'the inputs were changed from outside';
  findings.add(problem('claims-not-checked', { count: unchecked.count, why }), undefined);
}

function finish(
  spec: Spec,
  {
    x,
    outputs,
    facts,
    variant,
  }: {
    x: Expansion;
    outputs: Graph['outputs'];
    facts: Record<string, Fact>;
    variant: VariantSpec | undefined;
  },
): Graph {
  for (const { name, value } of outputs) addEndPoint({ name, value, span: spec.span }, x);
  const { nodes, inputs, named } = x.builder.finish();
  return {
    name: variant === undefined ? spec.name : `${spec.name}_${variant.name}`,
    ...(spec.title === undefined ? {} : { title: spec.title }),
    inputs,
    nodes,
    outputs: outputs.map((o) => ({ ...o, value: named(o.value) })),
    endPoints: x.endPoints.map((e) => ({ ...e, value: named(e.value) })),
    claims: x.claims.map((c) => (c.kind === 'shape' ? { ...c, value: named(c.value) } : c)),
    facts,
  };
}
