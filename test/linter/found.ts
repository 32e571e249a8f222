import { lint } from '../../src/lint.ts';
import { setNames } from '../../src/linter/rule.ts';
import { settingsOf } from '../../src/linter/settings.ts';

/** A network in few words: its inputs, and either one step or all that follows `network:` and stands beside it. */
export interface Small {
  readonly inputs: string;
  readonly channels?: 'first';
  /** What the step calls; it is called `step`. */
  readonly step?: string;
  /** Lines of the document from `network:` on, in place of `step`. */
  readonly rest?: string;
}

/** The whole document. */
export function documentOf({ inputs, channels, step, rest }: Small): string {
  const head = channels === undefined ? [] : [`channels: ${channels}`];
  const body = rest ?? `network:\n  - ${step}\n    name: step`;
  return ['inception: 1', 'name: example', ...head, `inputs: { ${inputs} }`, body, ''].join('\n');
}

/** What one rule has to say, in the order of the text; the network must compile. */
export function found(rule: string, small: Small): readonly string[] {
  const { diagnostics } = lint(documentOf(small), { settingsFor: () => settingsOf(setNames) });
  const errors = diagnostics
    .filter(({ code }) => /^INC[0-5]/.test(code))
    .map((d) => `${d.code} ${d.message}`);
  const said = diagnostics.filter(({ name }) => name === rule).map(({ message }) => message);
  return [...errors, ...said];
}
