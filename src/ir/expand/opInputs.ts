import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Inputs } from '../../ops/op.ts';
import type { Value } from '../graph.ts';
import type { Expansion } from './expansion.ts';
import type { Flow } from './scope.ts';

/** The values that an op reads, in the order of its inputs; `roles` where some may be left out. */
export interface ReadInputs {
  readonly values: readonly Value[];
  readonly roles?: readonly string[];
}

/** Matches what a step is given with what its op reads; undefined where that is not known or does not fit. */
export function readInputs(
  { op, inputs, span }: { op: string; inputs: Inputs; span: Span },
  flow: Flow,
  { findings }: Expansion,
): ReadInputs | undefined {
  if (flow.kind === 'unset') {
    findings.add(problem('no-current-value', { step: op }), span);
    return undefined;
  }
  if (flow.kind === 'unknown') return undefined;
  if (flow.roles !== undefined) return byRole(flow.values, flow.roles, { op, inputs, span, findings });
  const found = flow.values.length;
  if ('atLeast' in inputs) {
    if (found >= inputs.atLeast) return { values: flow.values };
    findings.add(
      problem('input-count', {
        owner: op,
        expected: inputs.atLeast === 1 ? 'at least one value' : `at least ${inputs.atLeast} values`,
        found,
      }),
      span,
    );
    return undefined;
  }
  const required = inputs.filter((i) => !i.endsWith('?')).length;
  if (found < required || found > inputs.length) {
    findings.add(problem('input-count', { owner: op, expected: countOf(inputs), found }), span);
    return undefined;
  }
  const roles = required === inputs.length ? {} : { roles: inputs.slice(0, found).map(roleName) };
  return { values: flow.values, ...roles };
}

function roleName(input: string): string {
  return input.replace(/\?$/, '');
}

function countOf(inputs: readonly string[]): string {
  const required = inputs.filter((i) => !i.endsWith('?')).length;
  const names = inputs.length === 1 ? '' : ` (${inputs.join(', ')})`;
  const count = required === inputs.length ? String(required) : `${required} to ${inputs.length}`;
  return `${count === '1' ? 'one value' : `${count} values`}${names}`;
}

/** `from: { q: _, mask: m }`: by name, in the op's own order. */
function byRole(
  values: readonly Value[],
  roles: readonly string[],
  { op, inputs, span, findings }: { op: string; inputs: Inputs; span: Span; findings: Expansion['findings'] },
): ReadInputs | undefined {
  const known = 'atLeast' in inputs ? [] : inputs.map(roleName);
  const wrong = roles.filter((r) => !known.includes(r));
  for (const name of wrong) {
    findings.add(
      problem('unknown-name', {
        name,
        what: `input of \`${op}\` called`,
        known,
        nearest: didYouMean(name, known),
      }),
      span,
    );
  }
  const missing = 'atLeast' in inputs ? [] : inputs.filter((i) => !i.endsWith('?') && !roles.includes(i));
  if (missing.length > 0) {
    findings.add(
      problem('input-count', {
        owner: op,
        expected: `the values ${missing.join(', ')} too`,
        found: values.length,
      }),
      span,
    );
  }
  if (wrong.length > 0 || missing.length > 0) return undefined;
  const ordered = known.flatMap((name) => {
    const value = values[roles.indexOf(name)];
    return roles.includes(name) && value !== undefined ? [{ name, value }] : [];
  });
  return { values: ordered.map((o) => o.value), roles: ordered.map((o) => o.name) };
}
