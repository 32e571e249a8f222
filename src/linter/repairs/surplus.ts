import type { Claim, ClaimedShape, Graph } from '../../ir/graph.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import type { Spec } from '../../parser/spec.ts';
import { channelsLast } from '../../tensor/channels.ts';
import { stepsOf } from '../steps.ts';
import type { SurplusClaims } from './claimRepairs.ts';

/** A list of shapes that is longer than the list of values it is about, and what all of them claim of the one value. */
export interface Surplus extends SurplusClaims {
  readonly agreed?: Extract<Claim, { kind: 'shape' }>;
}

/**
 * Steps of ops that claim more shapes than they have values, as where the table of another text has rows that the network
 * has no step for. Which of the shapes is meant cannot be known; where there is one value, it is claimed what they agree on.
 */
export function surplusClaims({ nodes }: Graph, spec: Spec): readonly Surplus[] {
  return [...stepsOf(spec)].flatMap(({ kind, expect, callSpan }) => {
    const shapes = expect?.shapes ?? [];
    if (kind !== 'op' || expect === undefined || shapes.length < 2) return [];
    // The last of a step's nodes makes its values; each copy of a step has a name of its own.
    const own = nodes.filter(({ span }) => span.source === callSpan.source && span.start === callSpan.start);
    const lasts = new Map(own.map((node) => [node.step, node]));
    return [...lasts].flatMap(([name, { outputs, frame }]) => {
      const [value] = outputs;
      if (value === undefined || shapes.length <= outputs.length) return [];
      const { span } = expect;
      const { channels } = spec;
      const shape = outputs.length === 1 ? agreedBy(shapes.map((s) => channelsLast(channels, s))) : undefined;
      const agreed = shape && { kind: 'shape' as const, name, value, shape, channels, frame, span };
      const found = { name, span, claimed: shapes.length, values: outputs.length };
      return [{ ...found, ...(agreed === undefined ? {} : { agreed }) }];
    });
  });
}

function agreedBy([first = [], ...others]: readonly (readonly LocatedScalar[])[]): ClaimedShape | undefined {
  if (others.some((shape) => shape.length !== first.length)) return undefined;
  return first.map(({ value }, axis) =>
    typeof value === 'number' && others.every((shape) => shape[axis]?.value === value) ? value : '_',
  );
}

/** The claims with those that lists of too many shapes agree on, each before the first that comes after its value. */
export function withAgreed(
  claims: readonly Claim[],
  surplus: readonly Surplus[],
  makers: ReadonlyMap<number, number>,
): readonly Claim[] {
  const made = (claim: Claim) => (claim.kind === 'shape' ? (makers.get(claim.value.id) ?? -1) : -1);
  const all = [...claims];
  for (const { agreed } of surplus) {
    if (agreed === undefined) continue;
    const at = all.findIndex((claim) => made(claim) > made(agreed));
    all.splice(at < 0 ? all.length : at, 0, agreed);
  }
  return all;
}
