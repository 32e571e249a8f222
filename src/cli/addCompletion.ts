import { Argument, type Command } from 'commander';
import type { ExitStatus } from './exitStatus.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Adds `completion`; its own code is loaded when it runs, and reads the commands from `program`. */
export function addCompletion(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('completion')
    .addArgument(new Argument('<shell>', 'for which shell').choices(shells))
    .summary('print a script by which a shell completes commands')
    .description(
      'Prints a script by which a shell completes commands, options and their values, rules, codes of errors, ops, and files with specs.',
    )
    .addHelpText('after', examples);
  command.action(async (shell: Shell) => {
    const { printCompletion } = await import('./commands/completion.ts');
    ended(printCompletion(program, shell));
  });
}

const examples = `
Examples:
  source <(inception-cli completion bash)
  inception-cli completion zsh >> ~/.zshrc
  inception-cli completion fish > ~/.config/fish/completions/inception-cli.fish`;
