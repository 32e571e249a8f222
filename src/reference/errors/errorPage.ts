import { catalog } from '../../diagnostics/catalog.ts';
import { type Diagnostic, diagnose, type ProblemName } from '../../diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../diagnostics/format.ts';
import type { Compile } from '../compile.ts';
import { fence, footer, section } from '../markdown.ts';
import { targets } from '../targets.ts';
import type { ErrorExample } from './errorNote.ts';
import { errorNotes } from './notes.ts';
import { reportExample } from './reportExample.ts';

/** What the compiler says where a note shows it: of its example, or of the values that stand for one. */
export function saidOf(name: ProblemName, compile: Compile): readonly Diagnostic[] {
  const note = errorNotes[name];
  return 'example' in note ? reportExample(note.example, compile) : [diagnose({ name, params: note.params })];
}

/** The page of one thing that the compiler can say; `said` is what it says of the note's example. */
export function errorPage(name: ProblemName, said: readonly Diagnostic[]): string {
  return errorText(name, said) + footer;
}

/** What stands on that page. */
export function errorText(name: ProblemName, said: readonly Diagnostic[]): string {
  const { code, severity } = catalog[name];
  const { means, remedy, ...shown } = errorNotes[name];
  const message = fence('text', formatDiagnostics(said));
  const example = 'example' in shown ? `${exampleText(shown.example)}\nsays\n\n${message}` : message;
  return [
    `# ${code}: ${name}\n\n${means}\n`,
    section('What to do', `${remedy}\n`),
    section('example' in shown ? 'Example' : 'Message', example),
    section('Kind', `${kinds[severity]}\n`),
  ].join('');
}

const kinds = {
  error: 'An error: nothing is emitted, and the command ends with status 1 or 2.',
  warning: 'A warning: the network is compiled all the same.',
  info: 'A remark; nothing is wrong.',
} as const;

function exampleText(example: ErrorExample): string {
  const files = Object.entries(example.files ?? {});
  const others = files.map(([path, text]) => `\nwith \`${path}\`\n\n${fence('yaml', text)}`);
  return `${fence('yaml', example.spec)}${others.join('')}\n\`${commandOf(example)}\`\n`;
}

/** The command line that compiles an example kept as `example.yaml`. */
function commandOf({ variant, until, set = {}, inputs = {}, target, opset }: ErrorExample): string {
  return [
    `inception-cli ${target === undefined ? 'infer-shapes' : 'emit'} example.yaml`,
    ...Object.entries(inputs).map(([name, shape]) => `--input ${name}=${shape.join(',')}`),
    ...Object.entries(set).map(([name, value]) => `--set ${name}=${value}`),
    ...(variant === undefined ? [] : [`--variant ${variant}`]),
    ...(until === undefined ? [] : [`--until ${until}`]),
    ...(target === undefined ? [] : [targets[target].chosenBy]),
    ...(opset === undefined ? [] : [`--opset ${opset}`]),
  ].join(' ');
}
