import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { expectMap, reportWrongType, shown } from './fields.ts';
import type { Findings } from './findings.ts';
import type { Entry, Located, LocatedScalar } from './located.ts';
import { type LintLevel, type LintSpec, lintLevels } from './spec.ts';

/** `lint`: rule → `off`, `info`, `warn` or `error`, or a list of that and the rule's options. Which rules there are is not asked. */
export function parseLint(located: Located | undefined, findings: Findings): readonly LintSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap((entry) => parseRule(entry, findings) ?? []);
}

function parseRule({ key: rule, keySpan: span, value }: Entry, findings: Findings): LintSpec | undefined {
  const [written, options, ...others] = value.kind === 'list' ? value.items : [value];
  const what = `\`lint\` of \`${rule}\``;
  if (written?.kind !== 'scalar' || others.length > 0) {
    const expected = `${lintLevels.join(', ')}, or [level, { options }]`;
    const found = shown(value);
    findings.add(problem('wrong-type', { what, expected, found }), value.span);
    return undefined;
  }
  const level = levelOf(written, what, findings);
  const map = options === undefined ? undefined : expectMap(options, `the options of \`${rule}\``, findings);
  if (level === undefined || (options !== undefined && map === undefined)) return undefined;
  return { rule, level, options: map?.entries ?? [], span };
}

function levelOf(written: LocatedScalar, what: string, findings: Findings): LintLevel | undefined {
  const level = lintLevels.find((l) => l === written.value);
  if (level !== undefined || written.broken) return level;
  if (typeof written.value !== 'string') {
    reportWrongType(written, { what, expected: `one of ${lintLevels.join(', ')}`, findings });
    return undefined;
  }
  const nearest = didYouMean(written.value, lintLevels);
  const help = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
  const reason = `must be one of ${lintLevels.join(', ')}, not ${shown(written)}`;
  findings.add(problem('wrong-value', { what, reason, help }), written.span);
  return undefined;
}
