import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SchemaName } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { schemaPlace } from '../init/schemaPlace.ts';
import type { TemplateName } from '../init/templateNames.ts';
import { configText, templateText } from '../init/templates.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';

export interface InitOptions {
  readonly template: TemplateName;
  readonly config?: boolean;
  readonly force?: boolean;
}

/** What is written, and what can be done with it. */
interface Starter {
  readonly file: string;
  readonly schema: SchemaName;
  readonly text: string;
  readonly next: readonly string[];
}

/** `init`: writes a starter spec, or a starter configuration, with a schema that editors find. */
export async function init(
  file: string | undefined,
  options: InitOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const starter = options.config === true ? configStarter(file) : specStarter(file, options.template);
  if (!/\.ya?ml$/.test(starter.file)) {
    return refuse(`${starter.file} must end in .yaml or .yml: what is written is YAML`, terminal);
  }
  if (existsSync(starter.file) && options.force !== true) {
    return refuse(`${starter.file} is there already; --force overwrites it`, terminal);
  }
  return write(starter, terminal);
}

function specStarter(given: string | undefined, template: TemplateName): Starter {
  const file = given ?? `${template}.yaml`;
  const stem = basename(file).replace(/\.ya?ml$/, '');
  // A word that YAML reads as something else than text is no name.
  const isName = /^(?!(?:_|true|false|null)$)[\p{L}_][\p{L}\p{N}_.-]*$/iu.test(stem);
  const name = isName ? stem : template;
  const shown = quoted(file);
  return {
    file,
    schema: 'spec',
    text: templateText(template, name),
    next: [
      `infer-shapes ${shown}`,
      `lint ${shown}`,
      `emit ${shown} --target onnx -o ${quoted(file.replace(/\.ya?ml$/, '.onnx'))}`,
    ],
  };
}

function configStarter(given: string | undefined): Starter {
  const file = given ?? 'inception.config.yaml';
  return { file, schema: 'config', text: configText, next: ['rules', 'lint .'] };
}

async function write({ file, schema, text, next }: Starter, terminal: Terminal): Promise<ExitStatus> {
  const { reference, missing } = schemaPlace(dirname(file), schema);
  const line = `# yaml-language-server: $schema=${reference}\n`;
  const files = [
    { path: file, content: line + text, what: '' },
    ...(missing === undefined ? [] : [await schemaCopy(missing, schema)]),
  ];
  for (const { path, content, what } of files) {
    const refused = writeText(path, content);
    if (refused !== undefined) return refuse(refused, terminal);
    terminal.say(`wrote ${path}${what}\n`);
  }
  terminal.say(`\nNext:\n${next.map((command) => `  inception-cli ${command}\n`).join('')}`);
  return exitStatus.ok;
}

/** The schema as a file; the code that makes it is loaded where one is needed. */
async function schemaCopy(path: string, schema: SchemaName) {
  const { schemaText } = await import('./schema.ts');
  return { path, content: schemaText(schema), what: ', by which editors check it' };
}

/** A file name as a shell reads it. */
function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
