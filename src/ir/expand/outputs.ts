import type { Spec } from '../../parser/spec.ts';
import type { GraphOutput } from '../graph.ts';
import { evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import { resolveReference } from './references.ts';
import type { Flow, Scope } from './scope.ts';

/** The network's outputs: those it lists, without the ones whose step was left out by `when`; else its last value. */
export function outputsOf(
  spec: Spec,
  { last, scope }: { last: Flow; scope: Scope },
  x: Expansion,
): readonly GraphOutput[] {
  if (spec.outputs === undefined) {
    return last.kind === 'values'
      ? last.values.map((value) => ({ name: x.builder.finalName(value), value }))
      : [];
  }
  return spec.outputs.flatMap(({ name, reference }) => {
    const evaluated = evaluateLocated(reference, scope.env, x.findings);
    const target = String(evaluated?.value ?? '');
    if (evaluated === undefined || scope.names.get(target.split('/')[0] ?? '')?.leftOut) return [];
    const flow = resolveReference(target, reference.span, { scope, current: last, findings: x.findings });
    if (flow.kind !== 'values') return [];
    const single = flow.values.length === 1;
    return flow.values.map((value, i) => ({ name: single ? name : `${name}_${i}`, value }));
  });
}
