import * as z from 'zod';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../diagnostics/format.ts';
import type { Rule, RuleExample } from '../../linter/rule.ts';
import { code, fence, footer, section, table } from '../markdown.ts';

/** Lints the example of a rule, with every rule on. */
export type LintExample = (example: RuleExample) => readonly Diagnostic[];

/** The page of a rule in the manual. */
export function rulePage(rule: Rule, lint: LintExample): string {
  return ruleText(rule, lint) + footer;
}

/** What stands on that page; what the linter says of the bad example is what it said when the page was made. */
export function ruleText(rule: Rule, lint: LintExample): string {
  const { summary, why, bad, good, sources } = rule;
  const said = lint(bad).filter((d) => d.code === rule.code);
  const found = fence('text', formatDiagnostics(said));
  return [
    `# ${rule.code}: ${rule.id}\n\n${summary}\n`,
    section('Why', `${why}\n`),
    section('Bad', `${fence('yaml', bad.spec.trimStart())}\nsays\n\n${found}`),
    section('Good', fence('yaml', good.spec.trimStart())),
    section('Options', optionsText(rule)),
    section('Kind', `${kindText(rule)}\n`),
    section('Sources', sources.map((source) => `* ${source}\n`).join('')),
  ].join('');
}

function kindText({ level, set, id }: Rule): string {
  const where = {
    recommended: 'It is on unless it is switched off.',
    strict: 'It is on in the strict set: `--strict`, or `extends: strict` in the configuration.',
    'target:tfjs': 'It is on with `--target tfjs`, or `extends: target:tfjs` in the configuration.',
    'target:onnx': 'It is on with `--target onnx`, or `extends: target:onnx` in the configuration.',
  }[set];
  return `${{ error: 'An error', warning: 'A warning', info: 'A remark' }[level]}. ${where} To switch it off: \`rules: { ${id}: off }\`.`;
}

function optionsText({ options }: Rule): string {
  if (options === undefined) return '';
  const schema = z.toJSONSchema(options(), { io: 'input' });
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { description = '', default: value } = typeof property === 'object' ? property : {};
    return [code(name), code(JSON.stringify(value)), String(description)];
  });
  return table(['Option', 'Default', 'What it is'], rows);
}
