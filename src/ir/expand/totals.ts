import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { TotalsSpec } from '../../parser/spec.ts';
import { type Channels, channelsLast } from '../../tensor/channels.ts';
import { claimCount, evaluateShape } from './claims.ts';
import type { Environment } from './environment.ts';
import type { Expansion } from './expansion.ts';
import type { Outputs } from './outputs.ts';

type OutputClaim = TotalsSpec['outputs'][number];

/** Takes down what the document, or the chosen variant, says of the whole network. */
export function claimTotals(
  expect: TotalsSpec | undefined,
  { env, outputs, channels }: { env: Environment; outputs: Outputs; channels: Channels },
  x: Expansion,
): void {
  for (const count of expect?.counts ?? []) claimCount(count, { env }, x);
  for (const claim of expect?.outputs ?? []) claimOutput(claim, { env, outputs, channels }, x);
}

function claimOutput(
  { name, shape: written, span }: OutputClaim,
  {
    env,
    outputs: { outputs, leftOut, complete },
    channels,
  }: { env: Environment; outputs: Outputs; channels: Channels },
  x: Expansion,
): void {
  const output = outputs.find((o) => o.name === name);
  if (output === undefined) {
    if (leftOut.has(name)) return;
    const known = outputs.map((o) => o.name);
    const nearest = didYouMean(name, known);
    if (complete) x.findings.add(problem('unknown-name', { name, what: 'output', known, nearest }), span);
  } else if (!x.checking.shapes) {
    x.unchecked.count += 1;
  } else {
    const evaluated = evaluateShape(written, env, x);
    if (evaluated === undefined) return;
    const shape = channelsLast(channels, evaluated);
    x.claims.push({ kind: 'shape', name, value: output.value, shape, channels, span });
  }
}

/** Says once how many claims were not checked, and why. */
export function reportUnchecked({ unchecked, checking, findings }: Expansion): void {
  if (unchecked.count === 0) return;
  const why = checking.shapes
    ? 'params or the end of the network were changed from outside'
    : 'the inputs were changed from outside';
  findings.add(problem('claims-not-checked', { count: unchecked.count, why }), undefined);
}
