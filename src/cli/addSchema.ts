import { type Command, Option } from 'commander';
import { schemaNames } from '../index.ts';
import type { SchemaOptions } from './commands/schema.ts';
import type { ExitStatus } from './exitStatus.ts';

/** Adds `schema`; its own code is loaded when it runs. */
export function addSchema(program: Command, ended: (status: ExitStatus) => void): void {
  const command = program
    .command('schema')
    .summary('print a JSON Schema, for editors')
    .description(
      'Prints the JSON Schema (draft 7) of specs, of the configuration of `lint`, of its reports or of what `infer-shapes --format json` writes. Editors complete, explain and check by it what can be seen in one file without evaluating it; `lint` sees the rest.',
    )
    .addOption(new Option('--of <what>', 'what the schema describes').choices(schemaNames).default('spec'))
    .addHelpText('after', examples);
  command.action(async (options: SchemaOptions) => {
    const { printSchema } = await import('./commands/schema.ts');
    ended(printSchema(options));
  });
}

const examples = `
Examples:
  inception-cli schema > spec.schema.json
  inception-cli schema --of config > config.schema.json`;
