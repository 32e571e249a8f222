import { problem } from '../../diagnostics/diagnostic.ts';
import type { Findings } from '../../parser/findings.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import { type Environment, evaluateLocated } from './environment.ts';

/** `when`: true or false, nothing else; undefined where it could not be worked out. */
export function evaluateWhen(
  when: LocatedScalar | undefined,
  env: Environment,
  findings: Findings,
): boolean | undefined {
  if (when === undefined) return true;
  const evaluated = evaluateLocated(when, env, findings);
  if (evaluated === undefined) return undefined;
  if (typeof evaluated.value === 'boolean') return evaluated.value;
  const found = JSON.stringify(evaluated.value);
  findings.add(problem('wrong-type', { what: '`when`', expected: 'true or false', found }), when.span);
  return undefined;
}
