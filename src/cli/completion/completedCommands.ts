import type { Argument, Command, Option } from 'commander';
import { valuesOfArgument, valuesOfOption } from './knownValues.ts';

/** What stands at a place of the command line: some of certain words, and names of files of a kind. */
export interface Values {
  readonly words: readonly string[];
  readonly files?: 'any' | 'specs' | 'folders';
}

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `-f` and `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** What follows it; nothing where it takes no value. */
  readonly value?: Values;
}

/** A command as a shell completes it; the program itself has no name. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What may follow the command beside options. */
  readonly operands: Values;
}

/** The program and each of its commands, as they were declared. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const names = commands.map((command) => command.name());
  const complete = (command: Command, name: string): CompletedCommand => ({
    name,
    summary: help.subcommandDescription(command),
    options: help.visibleOptions(command).map((option) => completedOption(name, option)),
    operands: operandsOf(name, command.registeredArguments),
  });
  const all = commands.map((command) => complete(command, command.name()));
  const helped = all.map((c) => (c.name === 'help' ? { ...c, operands: { words: names } } : c));
  return [{ ...complete(program, ''), operands: { words: names } }, ...helped];
}

function completedOption(command: string, option: Option): CompletedOption {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  const { description } = option;
  if (!option.required && !option.optional) return { flags, description };
  const words = option.argChoices ?? valuesOfOption(command, option.long ?? '');
  const files = filesOf(/[<[](.*)[>\]]/.exec(option.flags)?.[1] ?? '');
  return { flags, description, value: { words, ...(files === undefined ? {} : { files }) } };
}

function operandsOf(command: string, declared: readonly Argument[]): Values {
  const words = declared.flatMap((argument) => argument.argChoices ?? valuesOfArgument(command));
  const files = declared.map((argument) => filesOf(argument.name())).find((kind) => kind !== undefined);
  return { words, ...(files === undefined ? {} : { files }) };
}

/** Which files are meant by a word as `<spec>`, `<folder>` or `<format[=file]>`. */
function filesOf(placeholder: string): Values['files'] {
  if (/^(specs?|files?)(\.\.\.)?$/.test(placeholder)) return placeholder === 'file' ? 'any' : 'specs';
  if (placeholder === 'folder') return 'folders';
  return /^(path|source|scheme)$|\[=file\]?$/.test(placeholder) ? 'any' : undefined;
}
