import { type Command, Option } from 'commander';
import type { ClaimsOptions } from './commands/claims.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { openTerminal } from './terminal.ts';

/** Adds `claims`; its own code is loaded when it runs. */
export function addClaims(program: Command, ended: (status: ExitStatus) => void): void {
  const command = commandWithSpec(program, 'claims')
    .summary('write the table of a paper or docstring into a spec, as `expect`')
    .description(
      'Reads a table of layers with their sizes (ASCII, markdown, LaTeX, a printed summary), finds the step that each row is about by its order, op, window, name and channels, and prints what would write the sizes into the spec as `expect`. Which rows led to nothing, and which claims do not hold, goes to standard error. Nothing is guessed: a row that fits two steps is left, and a claim that is there already stays.',
    )
    .option(
      '--table <file>',
      'text, markdown, LaTeX or source file with the table; - is standard input (default: the comments of the spec)',
    )
    .addOption(
      new Option(
        '--sizes <which>',
        'whether the sizes are what layers read or what they give (default: as the header says, else output)',
      ).choices(['input', 'output']),
    )
    .addOption(
      new Option('--table-channels <place>', 'first: the table writes 32 x 149 x 149')
        .choices(['first', 'last'])
        .default('last'),
    )
    .option('--write', 'write the claims into the spec')
    .addOption(
      new Option('-f, --format <format>', 'form of the answer').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples);
  command.action(async (spec: string, options: ClaimsOptions) => {
    const { claims } = await import('./commands/claims.ts');
    ended(await claims(spec, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli claims net.yaml --table paper.tex
  inception-cli claims net.yaml --table paper.tex --sizes input --write
  inception-cli claims net.yaml --table model.py --format json | jq .left
  python summary.py | inception-cli claims net.yaml --table -`;
