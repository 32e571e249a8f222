import type { Claim, Frame, Value } from '../graph.ts';
import { TooMany } from './builder.ts';
import { addEndPoint } from './claims.ts';
import type { Expansion, Outcome } from './expansion.ts';
import type { BlockCall, KnownCall } from './knownCall.ts';
import type { Elsewhere } from './madeNodes.ts';
import { Rebase } from './rebase.ts';
import { type Flow, noParts, type Scope } from './scope.ts';

/** Makes again what came of a known call: the same nodes and claims, under the names and in the frames of this call. */
export function repeatCall(known: KnownCall, call: BlockCall, x: Expansion): Outcome {
  x.budget.steps -= known.steps;
  if (x.budget.steps < 0) throw new TooMany('steps');
  x.unchecked.count += known.unchecked;
  const values = pairedInputs(known.call, call);
  const at = elsewhere(known.call.inner, call.inner, values);
  const first = x.builder.size;
  for (const made of known.nodes) {
    const outputs = x.builder.addMade(made, at);
    for (let i = 0; i < outputs.length; i++) {
      const known = made.outputs[i];
      const value = outputs[i];
      if (known !== undefined && value !== undefined) values.set(known.id, value);
    }
  }
  for (const claim of known.claims) x.claims.push(claimElsewhere(claim, at, first - known.first));
  for (const { name, value, span } of known.endPoints)
    addEndPoint({ name: at.name(name), value: at.value(value), span }, x);
  return outcomeElsewhere(known.outcome, at);
}

/** The values that this call reads, by those that the known one read. */
function pairedInputs({ given: known }: BlockCall, { given }: BlockCall): Map<number, Value> {
  const pairs = new Map<number, Value>();
  for (const [name, { id }] of known.values) {
    const value = given.values.get(name);
    if (value !== undefined) pairs.set(id, value);
  }
  return pairs;
}

function elsewhere(from: Scope, to: Scope, values: ReadonlyMap<number, Value>): Elsewhere {
  const { length } = from.path;
  const frames = new Map<Frame, Frame>([[from.frame, to.frame]]);
  const name = (known: string) => to.path + known.slice(length);
  const value = (known: Value) => values.get(known.id) ?? known;
  const frame = (known: Frame): Frame => {
    const made = frames.get(known) ?? { ...known, ...frameBelow(known, { frame, name }) };
    frames.set(known, made);
    return made;
  };
  const rebase = new Rebase(from.env, to.env, value);
  return { name, value, frame, origins: (known) => rebase.originsOf(known) };
}

function frameBelow(
  { parent, path }: Frame,
  { frame, name }: Pick<Elsewhere, 'frame' | 'name'>,
): Pick<Frame, 'parent' | 'path'> {
  return {
    ...(parent === undefined ? {} : { parent: frame(parent) }),
    ...(path === undefined ? {} : { path: name(path) }),
  };
}

function claimElsewhere(claim: Claim, at: Elsewhere, shift: number): Claim {
  if (claim.kind === 'shape') {
    const frame = claim.frame === undefined ? {} : { frame: at.frame(claim.frame) };
    return { ...claim, name: at.name(claim.name), value: at.value(claim.value), ...frame };
  }
  const { part } = claim;
  if (part === undefined) return claim;
  const [from, to] = part.nodes;
  const nodes = [from + shift, to + shift] as const;
  return { ...claim, part: { name: at.name(part.name), nodes, frame: at.frame(part.frame) } };
}

function outcomeElsewhere({ flow, parts }: Outcome, at: Elsewhere): Outcome {
  const flowOf = (known: Flow): Flow =>
    known.kind === 'values' ? { ...known, values: known.values.map(at.value) } : known;
  if (parts === noParts) return { flow: flowOf(flow), parts };
  return { flow: flowOf(flow), parts: new Map([...parts].map(([name, part]) => [name, flowOf(part)])) };
}
