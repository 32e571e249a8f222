import { problem } from '../diagnostics/diagnostic.ts';
import type { Span } from '../diagnostics/source.ts';
import { parseTemplate } from './expression.ts';
import type { Findings } from './findings.ts';
import { brokenAt, type LocatedScalar } from './located.ts';

/** A scalar with its expression parsed, so that a mistake in it is found even where no step uses it. */
export function locatedScalar(value: unknown, span: Span, findings: Findings): LocatedScalar {
  if (typeof value === 'string' && value.includes('$')) {
    const template = parseTemplate(value);
    if (template.ok && template.value.kind === 'literal')
      return { kind: 'scalar', value: template.value.text, span };
    if (template.ok) return { kind: 'scalar', value, template: template.value, span };
    findings.addAll(template.problems, span);
    return { kind: 'scalar', value, broken: true, span };
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    findings.add(problem('wrong-value', { what: 'a number', reason: `cannot be ${value}` }), span);
    return brokenAt(span);
  }
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return { kind: 'scalar', value, span };
  }
  const help = 'a spec is plain data: text, numbers, true and false';
  findings.add(
    problem('unsupported-yaml', { what: 'a value that is not text, number or boolean', help }),
    span,
  );
  return brokenAt(span);
}
