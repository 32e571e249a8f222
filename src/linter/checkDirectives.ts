import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Span } from '../diagnostics/source.ts';
import { positionOf } from '../diagnostics/source.ts';
import type { Spec } from '../parser/spec.ts';
import { type Directive, directivesOf } from './directives.ts';
import { findRule } from './registry.ts';
import { blanketDisable } from './rules/lint/blanketDisable.ts';
import type { DirectiveRule } from './rules/lint/directiveRule.ts';
import { disableWithoutReason } from './rules/lint/disableWithoutReason.ts';
import { unusedDisable } from './rules/lint/unusedDisable.ts';
import { diagnosticOf, type RuleFinding, type SettingsFor } from './runRules.ts';
import { type ChoiceProblem, unknownRule } from './settings.ts';

interface Context {
  readonly files: readonly Spec[];
  readonly settingsFor: SettingsFor;
  readonly report: (found: ChoiceProblem) => void;
}

/** What comments leave of the findings, with what is to be said of the comments themselves. */
export function checkDirectives(
  found: readonly RuleFinding[],
  context: Context,
): { readonly kept: readonly Diagnostic[]; readonly disabled: number } {
  const used = new Set<string>();
  const directives = context.files.flatMap(({ source }) => directivesOf(source));
  const kept = found.filter(({ rule, diagnostic }) => {
    const hiding = directives.filter((d) => reaches(d, diagnostic.span));
    const naming = hiding.flatMap((d) =>
      d.rules.flatMap((r) => (findRule(r.written) === rule ? [keyOf(r.span)] : [])),
    );
    for (const key of naming) used.add(key);
    return naming.length === 0;
  });
  const about = directives.flatMap((d) => ofDirective(d, used, context));
  return {
    kept: [...kept.map(({ diagnostic }) => diagnostic), ...about],
    disabled: found.length - kept.length,
  };
}

function reaches({ span: { source }, line }: Directive, place: Span | undefined): boolean {
  if (place === undefined || place.source.name !== source.name) return false;
  return line === undefined || positionOf(place.source, place.start).line === line;
}

function keyOf({ source, start }: Span): string {
  return `${source.name}:${start}`;
}

function ofDirective(
  directive: Directive,
  used: ReadonlySet<string>,
  context: Context,
): readonly Diagnostic[] {
  const known = directive.rules.filter(({ written, span }) => {
    if (findRule(written) !== undefined) return true;
    context.report({ problem: unknownRule(written, 'a comment'), span });
    return false;
  });
  const idle = known.filter(({ span }) => !used.has(keyOf(span)));
  return [
    ...(directive.rules.length === 0 ? said(blanketDisable, { directive }, context) : []),
    ...(directive.reason === undefined && directive.rules.length > 0
      ? said(disableWithoutReason, { directive }, context)
      : []),
    ...idle.flatMap((named) => said(unusedDisable, { directive, named }, context)),
  ];
}

function said(
  { rule, finding }: DirectiveRule,
  about: Parameters<DirectiveRule['finding']>[0],
  { settingsFor }: Context,
): readonly Diagnostic[] {
  const level = settingsFor(about.directive.span.source.name).get(rule.id)?.level ?? 'off';
  return level === 'off' ? [] : [diagnosticOf(rule, finding(about), level)];
}
