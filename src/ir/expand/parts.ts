import { problem } from '../../diagnostics/diagnostic.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import { hasExpression } from '../../parser/located.ts';
import { isSugar, sugarKeysOf, sugarReason } from '../../parser/parseAttributes.ts';
import type { StepSpec } from '../../parser/spec.ts';
import {
  checkAttributes,
  type Gathered,
  gatherAttributes,
  type ResolvedAttributes,
  sugarOf,
} from './attributes.ts';
import type { Expansion } from './expansion.ts';
import type { Layer, Scope } from './scope.ts';

export type OpStep = Extract<StepSpec, { kind: 'op' }>;

/** One op of a step that is to become a node: the op itself, its norm, its activation. */
export interface Part {
  readonly op: OpName;
  readonly resolved: ResolvedAttributes;
}

/**
 * The parts of steps whose attributes hold no expression: they are the same for every copy under the same defaults, and
 * the copies share them. A network of a hundred equal blocks then resolves each step once.
 */
export class KnownParts {
  private readonly parts = new Map<
    OpStep,
    { readonly layers: readonly object[]; readonly parts: readonly Part[] }[]
  >();

  find(step: OpStep, layer: Layer | undefined): readonly Part[] | undefined {
    const layers = defaultsOf(layer);
    return this.parts.get(step)?.find((k) => sameItems(k.layers, layers))?.parts;
  }

  keep(step: OpStep, layer: Layer | undefined, parts: readonly Part[]): void {
    const known = this.parts.get(step) ?? [];
    known.push({ layers: defaultsOf(layer), parts });
    this.parts.set(step, known);
  }
}

function defaultsOf(layer: Layer | undefined): readonly object[] {
  const defaults: object[] = [];
  for (let at = layer; at !== undefined; at = at.outer) defaults.push(at.defaults);
  return defaults;
}

function sameItems(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** The op, then its norm, then its activation, each with attributes checked; undefined after a finding. */
export function partsOf(step: OpStep, scope: Scope, x: Expansion): readonly Part[] | undefined {
  // Sizes that a call brings along are other ones in the next call.
  const depends = x.ownSymbols && opOf(step.op).dimensions !== undefined;
  const known = depends ? undefined : x.knownParts.find(step, scope.layer);
  if (known !== undefined) return known;
  const resolved = resolveParts(step, scope, x);
  if (resolved?.fixed && !depends) x.knownParts.keep(step, scope.layer, resolved.parts);
  return resolved?.parts;
}

interface Resolved {
  readonly parts: readonly Part[];
  /** No expression took part. */
  readonly fixed: boolean;
}

function resolveParts(
  { op, attributes, callSpan }: OpStep,
  scope: Scope,
  x: Expansion,
): Resolved | undefined {
  const { findings } = x;
  const written = { entries: attributes, env: scope.env };
  const gathered = gatherAttributes(op, written, { layer: scope.layer, findings });
  const sugarKeys = sugarKeysOf(op);
  const resolved = checkAttributes(op, gathered, x, callSpan);
  const sugar = sugarKeys.map((key) => sugarParts(key, gathered, { op, scope }, x));
  const complete = sugar.flatMap((s) => (s === undefined ? [] : [s]));
  if (resolved === undefined || complete.length < sugar.length) return undefined;
  return {
    parts: [{ op, resolved }, ...complete.flatMap((s) => s.parts)],
    fixed: isFixed(gathered) && complete.every((s) => s.fixed),
  };
}

function isFixed(gathered: Gathered): boolean {
  return [...gathered.values()].every(({ entry }) => !hasExpression(entry.value));
}

/** The part that `norm` or `activation` names: none, one, or undefined after a finding. */
function sugarParts(
  key: 'norm' | 'activation',
  gathered: Gathered,
  { op, scope }: { op: OpName; scope: Scope },
  x: Expansion,
): Resolved | undefined {
  const found = gathered.get(key);
  if (found === undefined || found.evaluated?.value === 'none') return { parts: [], fixed: true };
  const { findings } = x;
  const span = found.entry.value.span;
  const sugar = sugarOf(found);
  // Its attributes may be broken where its name is not; a name that is not known is reported already.
  if (found.evaluated === undefined && found.entry.value.kind !== 'map') return undefined;
  if (!isSugar(sugar.op, key)) {
    findings.add(problem('wrong-attribute', { op, key, reason: sugarReason(key, sugar.op) }), span);
    return undefined;
  }
  const inner = gatherAttributes(sugar.op, sugar.written, { layer: scope.layer, findings });
  const resolved = checkAttributes(sugar.op, inner, x, span);
  if (resolved === undefined) return undefined;
  return { parts: [{ op: sugar.op, resolved }], fixed: isFixed(inner) };
}
