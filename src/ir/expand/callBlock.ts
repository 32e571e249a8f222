import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { BlockSpec, OutputSpec, StepSpec } from '../../parser/spec.ts';
import { claimStep } from './claims.ts';
import { Absent, type Binding, Environment, evaluateLocated } from './environment.ts';
import type { Expansion, Outcome, StepName } from './expansion.ts';
import type { LoadedFile } from './load.ts';
import { readInputs } from './opInputs.ts';
import { readOutput } from './outputs.ts';
import { bindParams, type Given } from './params.ts';
import {
  type Flow,
  flowOf,
  type Layer,
  Names,
  noParts,
  type Scope,
  unknownFlow,
  unknownOutcome,
} from './scope.ts';

type BlockStep = Extract<StepSpec, { kind: 'block' }>;

interface Found {
  readonly block: BlockSpec;
  readonly file: LoadedFile;
}

/** Expands a call of a block: a scope that sees its own params, inputs and names only. */
export function callBlock(
  step: BlockStep,
  name: StepName,
  { scope, input }: { scope: Scope; input: Flow },
  x: Expansion,
): Outcome {
  const found = findBlock(step, scope, x);
  if (found === undefined) return unknownOutcome;
  const id = `${found.file.spec.source.name}:${found.block.name}`;
  if (x.calls.includes(id)) {
    const chain = [...x.calls.slice(x.calls.indexOf(id)), id].map((c) => c.slice(c.lastIndexOf(':') + 1));
    x.findings.add(problem('block-recursion', { chain }), step.callSpan);
    return unknownOutcome;
  }
  const names = blockInputs(step, found.block, { input }, x);
  const env = blockEnvironment(step, found, scope, x);
  if (names === undefined) return unknownOutcome;
  const inner = blockScope(name, { step, found, env, scope, names });
  const first = found.block.inputs?.[0];
  const flow = first === undefined ? input : (names.get(first.name)?.flow ?? input);
  const from = x.builder.size;
  const last = x.runSteps(found.block.steps, inner, flow, { ...x, calls: [...x.calls, id] });
  const outcome = blockOutcome(found.block.outputs, last, inner, x);
  if (found.block.expect !== undefined) {
    const nodes = [from, x.builder.size] as const;
    const of = { name: name.full, flow: outcome.flow, scope: inner, nodes, endPoint: false };
    claimStep(found.block.expect, of, x);
  }
  return outcome;
}

function findBlock(
  { block: written, callSpan }: BlockStep,
  scope: Scope,
  { findings }: Expansion,
): Found | undefined {
  const dot = written.indexOf('.');
  const own = scope.file.spec.blocks.get(written);
  if (own !== undefined) return { block: own, file: scope.file };
  const file = dot < 0 ? undefined : scope.file.imports.get(written.slice(0, dot));
  // An import that could not be read is reported already.
  if (file === undefined) return undefined;
  const block = file.spec.blocks.get(written.slice(dot + 1));
  if (block !== undefined) return { block, file };
  const known = [...file.spec.blocks.keys()].map((name) => `${written.slice(0, dot)}.${name}`);
  const nearest = didYouMean(written, known);
  findings.add(problem('unknown-name', { name: written, what: 'block', known, nearest }), callSpan);
  return undefined;
}

/** The block's inputs by name; a block without `inputs` reads the one current value. */
function blockInputs(
  { block: written, callSpan }: BlockStep,
  { inputs }: BlockSpec,
  { input }: { input: Flow },
  x: Expansion,
): Names | undefined {
  const names = inputs?.map((i) => i.name) ?? ['x'];
  const read =
    input.kind === 'unknown'
      ? undefined
      : readInputs({ op: written, inputs: names, span: callSpan }, input, x);
  if (input.kind !== 'unknown' && read === undefined) return undefined;
  const named = new Names();
  for (const [i, { name, span }] of (inputs ?? []).entries()) {
    const value = read?.values[i];
    const flow = value === undefined ? unknownFlow : flowOf(value);
    named.set(name, { flow, parts: noParts, span });
  }
  return named;
}

/** The block's params: arguments in the caller's terms; defaults may read the params of the block's own file. */
function blockEnvironment(
  { args, callSpan, block }: BlockStep,
  { block: spec, file }: Found,
  scope: Scope,
  x: Expansion,
): Environment {
  const given = new Map<string, Given>();
  for (const { key, keySpan, value } of args) {
    given.set(key, {
      value: evaluateLocated(value, scope.env, x.findings)?.value,
      span: value.span,
      keySpan,
    });
  }
  const channels = new Map([['in_channels', scope.env.binding('in_channels')]]);
  const context = {
    owner: `block \`${block}\``,
    outer: new Environment(channels, file.params),
    findings: x.findings,
    span: callSpan,
  };
  return bindParams(spec, given, context, notVisible(file));
}

/** The params of the file, which a block does not see: reading one says how it could. */
function notVisible({ params }: LoadedFile): Environment {
  const why = (name: string) =>
    new Absent(
      `\`${name}\` is a param of the file; a block sees its own: declare \`params: { ${name}: $${name} }\` in it`,
    );
  return new Environment(new Map([...params.names()].map((name): [string, Binding] => [name, why(name)])));
}

function blockScope(
  name: StepName,
  {
    step,
    found,
    env,
    scope,
    names,
  }: { step: BlockStep; found: Found; env: Environment; scope: Scope; names: Names },
): Scope {
  const { file, block } = found;
  const outside: Layer | undefined =
    file === scope.file
      ? scope.layer
      : { defaults: file.spec.defaults, env: file.params, ofFile: true, outer: scope.layer };
  return {
    path: name.full,
    names,
    counters: new Map(),
    outer: undefined,
    env,
    layer: { defaults: block.defaults, env, ofFile: false, outer: outside },
    frame: { parent: scope.frame, name: block.name, call: step.callSpan },
    file,
    top: false,
  };
}

/** What the block gives: its declared outputs, else its last value. */
function blockOutcome(
  outputs: readonly OutputSpec[] | undefined,
  last: Flow,
  scope: Scope,
  x: Expansion,
): Outcome {
  if (outputs === undefined) return { flow: last, parts: noParts };
  const named = outputs.flatMap((output) => readOutput(output, { last, scope }, x) ?? []);
  const parts = new Map(named.map(({ name, flow }) => [name, flow]));
  const flows = [...parts.values()];
  const values = flows.flatMap((f) => (f.kind === 'values' ? f.values : []));
  return { flow: flows.every((f) => f.kind === 'values') ? flowOf(...values) : unknownFlow, parts };
}
