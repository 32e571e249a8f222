import type { Command } from 'commander';
import { withFoldOptions } from './addDraw.ts';
import type { ViewOptions } from './commands/view.ts';
import { colourOf, commandWithSpec } from './commandWithSpec.ts';
import type { ExitStatus } from './exitStatus.ts';
import { wholeNumber } from './optionValues.ts';
import { openTerminal } from './terminal.ts';

/** Adds `view`; its own code is loaded when it runs. */
export function addView(program: Command, ended: (status: ExitStatus) => void): void {
  const command = withFoldOptions(commandWithSpec(program, 'view'))
    .summary('write a page to look at the network: picture, table, search')
    .description(
      'Writes one HTML page that holds everything it needs and asks nobody for anything: the picture, which can be moved, scaled, folded and searched, the shape table beside it with bars for what each step costs, what the compiler has to say, and where each attribute came from. With --serve the page is served to a browser on this machine, and follows the spec each time it is saved.',
    )
    .option('-o, --output <file>', 'file to write (default: standard output)')
    .option('--force', 'replace a file that exists')
    .option('--serve', 'serve the page on 127.0.0.1 until it is interrupted, and show what is saved')
    .option('--port <number>', 'port to serve on; 0 takes a free one', wholeNumber, 4280)
    .addHelpText('after', examples);
  command.action(async (spec: string, options: ViewOptions) => {
    const { view } = await import('./commands/view.ts');
    ended(await view(spec, options, await openTerminal(colourOf(program))));
  });
}

const examples = `
Examples:
  inception-cli view specs/inception_v4.yaml -o inception_v4.html
  inception-cli view specs/gpt2.yaml --depth 1 -o gpt2.html --force
  inception-cli view net.yaml --serve`;
