import type { Lint } from '../../lint.ts';
import { setNames } from '../../linter/rule.ts';
import { settingsOf } from '../../linter/settings.ts';
import type { LintExample } from './rulePage.ts';

/** Lints the example of a rule with every rule on. */
export function exampleLinter(lint: Lint): LintExample {
  return ({ spec, files = {} }) => {
    const readFile = (path: string) => {
      const text = files[path];
      return text === undefined ? { reason: 'there is no such file' } : { text };
    };
    const settingsFor = () => settingsOf(setNames);
    return lint(spec.trimStart(), { name: 'example.yaml', readFile, settingsFor }).diagnostics;
  };
}
