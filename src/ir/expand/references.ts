import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { Located } from '../../parser/located.ts';
import type { Value } from '../graph.ts';
import { evaluateLocated } from './environment.ts';
import { type Flow, type Named, type Scope, unknownFlow } from './scope.ts';

interface Reading {
  readonly scope: Scope;
  /** What `_` stands for. */
  readonly current: Flow;
  readonly findings: Findings;
}

/** The values that `from` names, in order. */
export function resolveFrom(from: Located, reading: Reading): Flow {
  const evaluated = evaluateLocated(from, reading.scope.env, reading.findings);
  if (evaluated === undefined) return unknownFlow;
  const references = [evaluated.value].flat().map(String);
  const spans = from.kind === 'list' ? from.items.map((i) => i.span) : [];
  const values: Value[] = [];
  for (const [i, reference] of references.entries()) {
    const flow = resolveReference(reference, spans[i] ?? from.span, reading);
    if (flow.kind !== 'values') return flow;
    values.push(...flow.values);
  }
  return { kind: 'values', values };
}

/** `_`, `name`, `name/k`, `name/*` or `name/inner`, from the innermost scope outward. */
export function resolveReference(reference: string, span: Span, reading: Reading): Flow {
  if (reference === '_') return reading.current;
  const [head = '', ...rest] = reference.split('/');
  const named = lookup(head, reading.scope);
  if (named === undefined)
    return reportUnknown(head, span, { names: visibleNames(reading.scope), findings: reading.findings });
  return follow(named, { path: rest, reference, span, findings: reading.findings });
}

function lookup(name: string, scope: Scope): Named | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const named = at.names.get(name);
    if (named !== undefined) return named;
  }
  return undefined;
}

function follow(
  named: Named,
  at: { path: readonly string[]; reference: string; span: Span; findings: Findings },
): Flow {
  const [next, ...rest] = at.path;
  if (named.leftOut) {
    at.findings.add(problem('left-out', { name: at.reference }), at.span, {
      related: [{ span: named.span, message: 'left out here' }],
    });
    return unknownFlow;
  }
  if (next === undefined || named.flow.kind === 'unknown') return named.flow;
  if (next === '*') return allParts(named);
  const part = named.parts.get(next);
  if (part !== undefined && rest.length === 0) return part;
  const inner = named.inner?.names.get(next);
  if (inner !== undefined) return follow(inner, { ...at, path: rest });
  const names = [...named.parts.keys(), ...(named.inner?.names.keys() ?? [])];
  return reportUnknown(at.reference, at.span, { names, findings: at.findings });
}

function allParts(named: Named): Flow {
  const flows = named.parts.size > 0 ? [...named.parts.values()] : [named.flow];
  const values = flows.flatMap((f) => (f.kind === 'values' ? f.values : []));
  return flows.every((f) => f.kind === 'values') ? { kind: 'values', values } : unknownFlow;
}

function visibleNames(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) names.push(...at.names.keys());
  return names;
}

function reportUnknown(
  name: string,
  span: Span,
  { names, findings }: { names: readonly string[]; findings: Findings },
): Flow {
  const nearest = didYouMean(name, names);
  findings.add(problem('unknown-name', { name, what: 'value', known: [...new Set(names)], nearest }), span);
  return unknownFlow;
}
