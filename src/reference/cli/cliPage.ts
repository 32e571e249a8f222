import { code, fence, footer, section } from '../markdown.ts';

/** A command of the command line, as the manual needs it; a command of commander is one. */
export interface CommandHelp {
  readonly commands: readonly CommandHelp[];
  name(): string;
  outputHelp(): void;
  configureOutput(output: {
    writeOut(text: string): void;
    getOutHelpWidth(): number;
    getOutHasColors(): boolean;
  }): unknown;
}

/** The page of the command line: what `--help` prints, for the program and each of its commands. */
export function cliPage(program: CommandHelp): string {
  const commands = program.commands.map((command) =>
    section(`${program.name()} ${command.name()}`, fence('text', helpOf(command))),
  );
  return [
    `# The command line\n\nThis is what ${code(`${program.name()} --help`)} prints.\n\n`,
    fence('text', helpOf(program)),
    ...commands,
    footer,
  ].join('');
}

/** The help of a command, on lines of 100 characters. */
function helpOf(command: CommandHelp): string {
  const printed: string[] = [];
  command.configureOutput({
    writeOut: (text) => void printed.push(text),
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return printed.join('');
}
