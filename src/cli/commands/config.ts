import { Findings } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { type EffectiveConfig, effectiveConfig, type Origin } from '../lint/effectiveConfig.ts';
import { setsOf } from '../lint/loadConfig.ts';
import { readSource, report } from '../loadSpec.ts';
import type { Terminal } from '../terminal.ts';
import type { LintCommandOptions } from './lint.ts';

export interface ConfigCommandOptions
  extends Pick<LintCommandOptions, 'strict' | 'target' | 'rule' | 'config'> {
  readonly format: 'text' | 'json';
}

/** `config`: how the rules of `lint` are set in a spec, and by what. */
export async function printConfig(
  path: string | undefined,
  options: ConfigCommandOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const read = path === undefined ? undefined : await readSource(path, undefined);
  if (read !== undefined && 'diagnostic' in read) {
    report([read.diagnostic], terminal);
    return exitStatus.usage;
  }
  const findings = new Findings();
  const source = read?.source;
  const asked = { sets: setsOf(options), rules: options.rule ?? [] };
  const { config: file } = options;
  const config = effectiveConfig(source, file === undefined ? asked : { ...asked, config: file }, findings);
  if (findings.diagnostics.length > 0) {
    report(findings.diagnostics, terminal);
    return exitStatus.usage;
  }
  terminal.out(options.format === 'json' ? asJson(source?.name, config) : asText(config, terminal));
  return exitStatus.ok;
}

function asJson(spec: string | undefined, { files, sets, rules }: EffectiveConfig): string {
  const named = spec === undefined ? {} : { spec };
  return `${JSON.stringify({ formatVersion: 1, ...named, files, sets, rules }, null, 2)}\n`;
}

function asText({ files, sets, rules }: EffectiveConfig, { outPaint }: Terminal): string {
  const rows = rules.map(({ code, id, level, options, from }) => {
    const given = JSON.stringify(options ?? {});
    return [code, id, level, originText(from), ...(given === '{}' ? [] : [given])];
  });
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const head = [`files: ${files.length === 0 ? 'none' : files.join(', ')}`, `sets: ${sets.join(', ')}`];
  return `${head.map((line) => outPaint.bold(line)).join('\n')}\n\n${lines.join('\n')}\n`;
}

function originText({ kind, set, file, line, patterns = [] }: Origin): string {
  if (kind === 'set') return `set ${set}`;
  if (kind === 'option') return '--rule';
  const place = `${file}:${line}`;
  return kind === 'override' ? `${place} for ${patterns.join(', ')}` : place;
}
