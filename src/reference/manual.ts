import { catalog } from '../diagnostics/catalog.ts';
import type { Lint } from '../lint.ts';
import { rules } from '../linter/registry.ts';
import { opNames } from '../ops/registry.ts';
import { type CommandHelp, cliPage } from './cli/cliPage.ts';
import type { Compile } from './compile.ts';
import { errorIndex } from './errors/errorIndex.ts';
import { errorPage, saidOf } from './errors/errorPage.ts';
import { errorNames } from './errors/notes.ts';
import { supportOf } from './ops/limits.ts';
import { opIndex } from './ops/opIndex.ts';
import { opPage } from './ops/opPage.ts';
import { exampleLinter } from './rules/lintExample.ts';
import { ruleIndex } from './rules/ruleIndex.ts';
import { rulePage } from './rules/rulePage.ts';
import { schemaNames } from './schemas/schemaNames.ts';
import { schemaText } from './schemas/schemas.ts';

/** What the manual is written from, besides the registries: the compiler runs the examples, the program has its help. */
export interface ManualSources {
  readonly compile: Compile;
  readonly lint: Lint;
  readonly program: CommandHelp;
}

/** The folders and files that hold nothing but generated pages. */
export const generatedPlaces = [
  'docs/ops',
  'docs/errors',
  'docs/rules',
  'docs/schemas',
  'docs/cli.md',
] as const;

/** Every generated page of the manual, by its path in the repository. */
export function manual({ compile, lint, program }: ManualSources): ReadonlyMap<string, string> {
  const linted = exampleLinter(lint);
  const supports = new Map(opNames.map((op) => [op, supportOf(op, compile)]));
  const said = new Map(errorNames.map((name) => [name, saidOf(name, compile)]));
  return new Map([
    ['docs/ops/README.md', opIndex(supports)],
    ...[...supports].map(([op, support]) => [`docs/ops/${op}.md`, opPage(op, support, compile)] as const),
    ['docs/errors/README.md', errorIndex(said)],
    ...[...said].map(
      ([name, found]) => [`docs/errors/${catalog[name].code}.md`, errorPage(name, found)] as const,
    ),
    ['docs/rules/README.md', ruleIndex()],
    ...rules.map((rule) => [`docs/rules/${rule.code}.md`, rulePage(rule, linted)] as const),
    ...schemaNames.map((name) => [`docs/schemas/${name}.schema.json`, schemaText(name)] as const),
    ['docs/cli.md', cliPage(program)],
  ]);
}
