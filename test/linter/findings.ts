import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { lint } from '../../src/lint.ts';
import { setNames } from '../../src/linter/rule.ts';
import { settingsOf } from '../../src/linter/settings.ts';

/** What a rule finds in a spec, with all sets on; errors of the compiler are a mistake of the test. */
export function findingsOf(code: string, text: string): readonly Diagnostic[] {
  const { diagnostics } = lint(text, { name: 'test.yaml', settingsFor: () => settingsOf(setNames) });
  const errors = diagnostics.filter((d) => /^INC[0-5]/.test(d.code) && d.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((d) => d.message).join('\n'));
  return diagnostics.filter((d) => d.code === code);
}

/** The messages of what a rule finds. */
export function messagesOf(code: string, text: string): readonly string[] {
  return findingsOf(code, text).map(({ message }) => message);
}

/** A spec of one image, read by steps. */
export function network(
  steps: string,
  { shape = '[N, 8, 8, 3]', more = '' }: { readonly shape?: string; readonly more?: string } = {},
): string {
  const head = `inception: 1\nname: test\n${more}inputs: { x: { shape: ${shape}, range: [0, 1] } }\nnetwork:\n`;
  return `${head}${steps.replace(/^\n/, '')}`;
}
