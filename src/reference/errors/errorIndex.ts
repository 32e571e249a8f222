import { catalog } from '../../diagnostics/catalog.ts';
import type { Diagnostic, ProblemName } from '../../diagnostics/diagnostic.ts';
import { footer, section, table } from '../markdown.ts';
import { errorNames } from './notes.ts';

const parts = [
  { title: 'Reading the file', codes: /^INC0/ },
  { title: 'The language', codes: /^INC1[012]/ },
  { title: 'Names, calls and wiring', codes: /^INC1[345]/ },
  { title: 'Expressions', codes: /^INC1[67]/ },
  { title: 'Shapes', codes: /^INC2/ },
  { title: 'Claims', codes: /^INC3/ },
  { title: 'Targets', codes: /^INC4/ },
  { title: 'Files of weights', codes: /^INC5/ },
  { title: 'Setting the linter', codes: /^INC9/ },
] as const;

/** The list of everything that the compiler can say, with what it says of each note's example. */
export function errorIndex(said: ReadonlyMap<ProblemName, readonly Diagnostic[]>): string {
  const sections = parts.map(({ title, codes }) => {
    const names = errorNames.filter((name) => codes.test(catalog[name].code));
    const rows = names.map((name) => rowOf(name, said.get(name) ?? []));
    return section(title, table(['Code', 'Name', 'For example'], rows));
  });
  return `# Errors\n\nEverything that the compiler says has a code, which never changes its meaning.\n${sections.join('')}${footer}`;
}

function rowOf(name: ProblemName, [first]: readonly Diagnostic[]): readonly string[] {
  const { code } = catalog[name];
  return [`[${code}](${code}.md)`, name, first?.message ?? ''];
}
