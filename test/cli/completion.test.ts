import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { rules } from '../../src/linter/registry.ts';
import { opNames } from '../../src/ops/registry.ts';
import { folderWith, runCli } from './runCli.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
const scripts = Object.fromEntries(shells.map((shell) => [shell, runCli(['completion', shell]).out]));
const program = createProgram('0', () => undefined);

/** In this folder the cases are completed. */
const folder = folderWith({ 'net.yaml': '', 'my net.yaml': '', 'notes.txt': '', 'lint.json': '' });
mkdirSync(join(folder, 'nets'));

/** What bash splits a line into, with `=` in COMP_WORDBREAKS, and what is offered for the last of them, in order. */
const cases: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [['inf'], ['infer-shapes']],
  [['em'], ['emit']],
  [['--col'], ['--color']],
  [['help', 'sch'], ['schema']],
  [['emit', '--tf'], ['--tfjs-format']],
  [['infer-shapes', 'net.yaml', '--d'], ['--depth']],
  // Each command's own choices of --format.
  [
    ['infer-shapes', '--format', ''],
    ['csv', 'html', 'json', 'latex', 'markdown', 'table'],
  ],
  [
    ['explain', '-f', ''],
    ['json', 'text'],
  ],
  [
    ['emit', '-t', ''],
    ['onnx', 'safetensors', 'shapes', 'tfjs'],
  ],
  [
    ['emit', '--opset', '2'],
    ['20', '21', '22', '23', '24'],
  ],
  [['schema', '--of', 'l'], ['lint-report']],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  // A value that is joined to its option.
  [['emit', '--target', '=', 'o'], ['onnx']],
  [
    ['emit', '--target', '='],
    ['onnx', 'safetensors', 'shapes', 'tfjs'],
  ],
  [['lint', '--fail-on', '=', 'w'], ['warning']],
  // Rules by code and by id, and their levels.
  [
    ['lint', '--rule', 'INC720'],
    ['INC720=error', 'INC720=info', 'INC720=off', 'INC720=warn'],
  ],
  [['lint', '--rule', 'norm/bias-before-batch-norm', '=', 'o'], ['off']],
  [['explain', 'INC301'], ['INC301']],
  [['explain', 'norm/bias-b'], ['norm/bias-before-batch-norm']],
  [['ops', 'max_p'], ['max_pool']],
  [['init', '--template', 'r'], ['resnet']],
  // Files: specs and folders where a spec is read, any file where any is meant, none where none is.
  [
    ['lint', ''],
    ['lint.json', 'my net.yaml', 'net.yaml', 'nets'],
  ],
  [['lint', 'my\\ n'], ['my net.yaml']],
  [['lint', '"my n'], ['my net.yaml']],
  [
    ['lint', 'net.yaml', 'n'],
    ['net.yaml', 'nets'],
  ],
  [
    ['lint', '--baseline', 'n'],
    ['net.yaml', 'nets', 'notes.txt'],
  ],
  [['lint', '--root', 'n'], ['nets']],
  [['lint', '-f', 'sarif', '=', 'no'], ['notes.txt']],
  [['lint', '-f', 'sar'], ['sarif']],
  [['emit', '--seed', ''], []],
  [['rules', ''], []],
  [['nothing', ''], []],
];

/** All cases in one bash, each as a line of words with a tab after each. */
function completed(): readonly (readonly string[])[] {
  const asked = cases.map(([words]) => {
    const array = ['inception-cli', ...words].map((word) => `'${word}'`).join(' ');
    return `COMP_WORDS=(${array}); COMP_CWORD=${words.length}; COMPREPLY=(stale); _inception_cli; printf '%s\\t' "\${COMPREPLY[@]}"; echo`;
  });
  const script = `${scripts.bash}\ncomplete -p inception-cli\n${asked.join('\n')}\n`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-s'], {
    cwd: folder,
    input: script,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const [registered, ...lines] = stdout.replace(/\n$/, '').split('\n');
  expect(registered).toBe('complete -F _inception_cli inception-cli');
  return lines.map((line) => line.split('\t').filter(Boolean).sort());
}

test('bash offers what fits', () => {
  const offered = completed();
  expect(cases.map(([words], i) => [words, offered[i]])).toEqual(cases);
});

test.each(shells)('the script of %s has every command and every option of the program', (shell) => {
  const script = scripts[shell] ?? '';
  const named = [program, ...program.commands].flatMap((command) => {
    const name = command === program ? '' : command.name();
    return command.options.map(({ long }) => [name, long ?? ''] as const);
  });
  expect(named.length).toBeGreaterThan(80);
  const isThere = ([name, long]: readonly [string, string]) =>
    shell === 'fish'
      ? script.includes(
          `${name === '' ? "'__fish_use_subcommand'" : `'__fish_seen_subcommand_from ${name}'`} `,
        ) &&
        new RegExp(`from ${name}'.* -l ${long.slice(2)} |use_subcommand'.* -l ${long.slice(2)} `).test(script)
      : new RegExp(`^ {6}'${name}'\\) words='.*${long}[ ']`, 'm').test(script);
  expect(named.filter((one) => !isThere(one))).toEqual([]);
  const commands = program.commands.map((command) => command.name());
  const missing = commands.filter((name) => !new RegExp(`'${name}'`).test(script));
  expect(missing).toEqual([]);
  for (const name of [...opNames, ...rules.map(({ id }) => id)]) expect(script).toContain(name);
});

/** A line of fish: options of `complete`, values bare or in single quotes in which `\` and `'` are escaped. */
const fishLine = /^complete -c inception-cli(?: -(?:[fFr]|[nsladF] (?:[\w-]+|'(?:[^'\\]|\\[\\'])*')))*$/;

test('each line for fish is a call of complete with whole quotes', () => {
  const lines = scripts.fish?.trimEnd().split('\n').slice(1) ?? [];
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.filter((line) => !fishLine.test(line))).toEqual([]);
});

test('zsh gets the function of bash through bashcompinit', () => {
  const functionOf = (script = '') => script.slice(script.indexOf('_inception_cli_words()'));
  expect(functionOf(scripts.zsh)).toBe(functionOf(scripts.bash));
  expect(scripts.zsh).toContain('bashcompinit\n');
});

test('another shell is refused with those that there are', () => {
  const { status, err } = runCli(['completion', 'tcsh']);
  expect(status).toBe(2);
  expect(err).toContain('Allowed choices are bash, zsh, fish.');
});
