import { type Command, InvalidArgumentError, Option } from 'commander';
import { lintFormatNames } from '../../index.ts';
import type { LintCommandOptions } from '../commands/lint.ts';
import { colourOf } from '../commandWithSpec.ts';
import type { ExitStatus } from '../exitStatus.ts';
import { positiveNumber, wholeNumber } from '../optionValues.ts';
import { openTerminal } from '../terminal.ts';
import { output } from './outputOption.ts';
import { shard } from './shardOption.ts';

/** Adds `lint`; its own code is loaded when it runs. */
export function addLint(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('lint')
    .argument('<specs...>', 'specs, folders with specs, or patterns; - is standard input')
    .summary('check specs, for people and for CI')
    .description(
      'Says everything that the compiler and the rules have to say of specs, in every variant. Rules are set by inception.config.yaml (or .json) in this folder or above, by `lint` in a spec, and by options. A comment `# inception-disable-next-line CODE -- reason` hides a finding.',
    );
  addRuleOptions(command);
  addReportOptions(command);
  addRepairOptions(command);
  command.addHelpText('after', examples);
  command.action(async (specs: readonly string[], options: LintCommandOptions) => {
    const { lintSpecs } = await import('../commands/lint.ts');
    ended(await lintSpecs(specs, options, await openTerminal(colourOf(program))));
  });
}

/** The options that say which rules hold. */
export function addConfigOptions(command: Command): Command {
  return command
    .option('--strict', 'the strict set of rules, not only what is recommended')
    .addOption(
      new Option('-t, --target <target>', 'add the rules of a target (repeatable)')
        .choices(['tfjs', 'onnx'])
        .argParser(target),
    )
    .option(
      '--rule <id=level>',
      'set a rule: off, info, warn or error (repeatable); what a spec says under `lint` wins',
      ruleLevel,
    )
    .option('--config <file>', 'configuration file (default: the nearest inception.config.yaml or .json)')
    .option('--no-config', 'read no configuration file');
}

function addRuleOptions(command: Command): void {
  addConfigOptions(command)
    .option('--variant <name>', 'check this variant only')
    .option('--root <folder>', 'folder that imports may not leave (default: the folder of the spec)')
    .option('--stdin-filename <name>', 'what messages call standard input, and where its imports are');
}

function addReportOptions(command: Command): void {
  command
    .option(
      '-f, --format <format[=file]>',
      `${lintFormatNames.join(', ')} (repeatable; default: stylish, and github beside it under GitHub Actions)`,
      output,
    )
    .addOption(
      new Option('--fail-on <severity>', 'least severity that gives status 1')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .option('--max-warnings <count>', 'more warnings than this give status 1', wholeNumber)
    .option('-q, --quiet', 'report errors only, and no summary')
    .option(
      '--baseline <file>',
      'let pass what this file holds; what it holds and is not found any more gives status 1',
    )
    .option('--update-baseline', 'write what is found now to the file of --baseline')
    .option('--locked', 'also compare every network with the lock file that `inception-cli lock` wrote')
    .option('--shard <i/n>', 'check this part of the specs only, to share them among n machines', shard)
    .option('--pass-on-no-files', 'status 0 where there is no spec')
    .option('--cache', 'keep what is found, and check again only what has changed')
    .option(
      '--cache-file <file>',
      'where it is kept (default: node_modules/.cache/inception-cli/lint, or .inceptioncache where nothing is installed)',
    );
}

function addRepairOptions(command: Command): void {
  command
    .option('--fix', 'make the repairs that keep every value of the network')
    .option('--fix-unsafe', 'make also those that change the network')
    .option(
      '--fix-dry-run',
      'write nothing; print what --fix would change, and end with status 1 where it would',
    )
    .option(
      '--repair',
      'list the edits of padding, stride, kernel, filters and input size that make failing claims true',
    )
    .option('--repair-diff <number>', 'print only this one of them, as a patch', positiveNumber);
}

function target(text: string, before: readonly string[] = []): readonly string[] {
  if (!['tfjs', 'onnx'].includes(text)) throw new InvalidArgumentError('it must be tfjs or onnx.');
  return [...before, text];
}

type RuleLevels = NonNullable<LintCommandOptions['rule']>;

function ruleLevel(text: string, before: RuleLevels = []): RuleLevels {
  const at = text.lastIndexOf('=');
  if (at <= 0) throw new InvalidArgumentError('a rule is set as id=level.');
  return [...before, { rule: text.slice(0, at), level: text.slice(at + 1) }];
}

const examples = `
Examples:
  inception-cli lint specs
  inception-cli lint 'specs/**/*.yaml' --strict --target tfjs --max-warnings 0
  inception-cli lint specs -f stylish -f sarif=lint.sarif -f junit=lint.xml
  inception-cli lint --repair net.yaml
  inception-cli lint --repair-diff 2 net.yaml | patch -p0
  inception-cli lint specs --baseline lint-baseline.json --update-baseline
  cat net.yaml | inception-cli lint - --stdin-filename net.yaml`;
