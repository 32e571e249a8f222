import type { CompletedCommand, CompletedOption, Values } from './completedCommands.ts';

/** The script for fish: one line for each command, for what may follow it, and for each of its options. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap((command) => [...linesOfCommand(command), ...linesOfOptions(command)]);
  const first = '# Completion of inception-cli for fish, made by `inception-cli completion fish`.';
  return `${[first, ...lines].join('\n')}\n`;
}

function linesOfCommand({ name, summary, operands }: CompletedCommand): readonly string[] {
  // The words of the program itself are the commands, each of which has a line with its summary.
  if (name === '') return [line('', ['-f'])];
  const begun = `complete -c inception-cli -n __fish_use_subcommand -a ${quoted(name)} -d ${quoted(summary)}`;
  const { words, files } = operands;
  const offered = [...(files === undefined ? [] : ['-F']), ...wordsOf(words)];
  return offered.length === 0 ? [begun] : [begun, line(name, offered)];
}

function linesOfOptions({ name, options }: CompletedCommand): readonly string[] {
  return options.map(({ flags, description, value }: CompletedOption) => {
    const named = flags.flatMap((flag) =>
      flag.startsWith('--') ? ['-l', flag.slice(2)] : ['-s', flag.slice(1)],
    );
    return line(name, [
      ...named,
      ...(value === undefined ? [] : followedBy(value)),
      '-d',
      quoted(description),
    ]);
  });
}

/** `-r` asks for a value, `-F` offers files for it, `-f` does not. */
function followedBy({ words, files }: Values): readonly string[] {
  return ['-r', files === undefined ? '-f' : '-F', ...wordsOf(words)];
}

function wordsOf(words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : ['-a', quoted(words.join(' '))];
}

function line(command: string, parts: readonly string[]): string {
  const condition = command === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${command}`;
  return ['complete -c inception-cli -n', quoted(condition), ...parts].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
