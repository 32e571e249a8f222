import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { BlockSpec, OutputSpec, StepSpec } from '../../parser/spec.ts';
import { channelsLast } from '../../tensor/channels.ts';
import {
  type BlockSizes,
  bindingsOf,
  checkInputs,
  type GivenInputs,
  inputNames,
  readBlockInputs,
  sizesOf,
  symbolsInside,
} from './blockInputs.ts';
import { claimStep } from './claims.ts';
import { reportSameNames } from './copies.ts';
import { Absent, type Binding, Environment, evaluateLocated } from './environment.ts';
import type { Expansion, Outcome, StepName } from './expansion.ts';
import type { LoadedFile } from './load.ts';
import { readOutput } from './outputs.ts';
import { bindParams, type Given } from './params.ts';
import {
  type Flow,
  flowOf,
  type Layer,
  type Names,
  noParts,
  type Scope,
  together,
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
  const inputs = inputsOf(found);
  const flow = inputs?.length === 0 ? flowOf() : input;
  const given = readBlockInputs({ block: step.block, inputs, span: step.callSpan }, flow, x);
  if (given === undefined) {
    blockEnvironment(step, found, { scope, sizes: new Map() }, x);
    return unknownOutcome;
  }
  const sizes = sizesOf(given, x);
  const env = blockEnvironment(step, found, { scope, sizes, given }, x);
  const inside = insideOf(sizes, { ...x, calls: [...x.calls, id] });
  checkInputs(given, env, inside);
  const inner = blockScope(name, { step, found, env, scope, names: inputNames(given) });
  const expand = () => runBlock(found.block, { name, inner, start: startOf(given, input) }, inside);
  return x.knownCalls?.run({ ...found, given, around: scope, inner }, inside, expand) ?? expand();
}

/** The inputs of a block, their shapes channels last. */
function inputsOf({ block, file }: Found): BlockSpec['inputs'] {
  const { channels } = file.spec;
  return channels === 'last'
    ? block.inputs
    : block.inputs?.map((input) =>
        input.shape === undefined ? input : { ...input, shape: channelsLast(channels, input.shape) },
      );
}

/** What a block's steps share: its own sizes are symbols there. */
function insideOf(sizes: BlockSizes, x: Expansion): Expansion {
  if (sizes.size === 0) return x;
  const symbolsComplete = x.symbolsComplete && ![...sizes.values()].includes(undefined);
  return { ...x, symbols: symbolsInside(sizes, x.symbols), ownSymbols: true, symbolsComplete };
}

/** The first step's current value: the first input; none where the block reads nothing. */
function startOf({ inputs, values, known }: GivenInputs, input: Flow): Flow {
  const [first] = inputs;
  if (first === undefined) return input;
  const value = values.get(first.name);
  if (value !== undefined) return flowOf(value);
  return known ? { kind: 'unset' } : unknownFlow;
}

function runBlock(
  block: BlockSpec,
  { name, inner, start }: { name: StepName; inner: Scope; start: Flow },
  x: Expansion,
): Outcome {
  const from = x.builder.size;
  const flow: Flow = block.inputs?.length === 0 ? { kind: 'unset' } : start;
  const last = x.runSteps(block.steps, inner, flow, x);
  const outcome = blockOutcome(block.outputs, last, inner, x);
  if (block.expect !== undefined) {
    const nodes = [from, x.builder.size] as const;
    const of = { name: name.full, flow: outcome.flow, scope: inner, nodes, endPoint: false };
    claimStep(block.expect, of, x);
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

/**
 * The block's params: arguments in the caller's terms; defaults may read the params of the block's own file, and the
 * sizes of what the call reads.
 */
function blockEnvironment(
  { args, callSpan, block }: BlockStep,
  { block: spec, file }: Found,
  { scope, sizes, given: read }: { scope: Scope; sizes: BlockSizes; given?: GivenInputs },
  x: Expansion,
): Environment {
  const given = new Map<string, Given>();
  for (const { key, keySpan, value } of args) {
    given.set(key, {
      value: evaluateLocated(value, scope.env, x.findings)?.value,
      span: value.span,
      keySpan,
      by: { kind: 'call', expressed: { value, env: scope.env } },
    });
  }
  const visible = bindingsOf(sizes);
  const channels = new Map([['in_channels', scope.env.binding('in_channels')]]);
  const source = scope.env.holderOf('in_channels')?.source;
  const sizeSource = read === undefined ? {} : { source: { kind: 'sizes', ...read } as const };
  const context = {
    owner: `block \`${block}\``,
    outer: new Environment(visible, new Environment(channels, file.params, { source }), sizeSource),
    findings: x.findings,
    span: callSpan,
  };
  return bindParams(spec, given, context, new Environment(visible, notVisible(file), sizeSource));
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
    frame: { parent: scope.frame, name: block.name, path: name.full, call: step.callSpan },
    file,
    top: false,
  };
}

/** What the block gives: its declared outputs, of which one called `_` goes on alone; else its last value. */
function blockOutcome(
  outputs: readonly OutputSpec[] | undefined,
  last: Flow,
  scope: Scope,
  x: Expansion,
): Outcome {
  if (outputs === undefined) return { flow: last, parts: noParts };
  const named = outputs.flatMap((output) =>
    readOutput(output, { last, scope }, x).map((read) => ({ ...read, span: output.span })),
  );
  reportSameNames(named, 'outputs', x.findings);
  const parts = new Map(named.map(({ name, flow }) => [name, flow]));
  const goesOn = parts.get('_');
  if (goesOn !== undefined) return { flow: goesOn, parts };
  return { flow: together(parts.values()), parts };
}
