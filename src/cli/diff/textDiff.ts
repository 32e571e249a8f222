import { type Change, isChanged, type NodeChange, type Paint } from '../../index.ts';
import { type Compared, changeText, counted, figureText, verdict } from './compared.ts';

/** A comparison for the terminal: the verdict, the totals, and what changed, in the order of the network. */
export function textDiff(compared: Compared, breaking: boolean, paint: Paint): string {
  const { before, after, diff, misfits } = compared;
  const sections = [
    section('inputs', diff.inputs.map(changeLine), paint),
    section('outputs', diff.outputs.map(changeLine), paint),
    section('what numbers mean', diff.meanings.map(changeLine), paint),
    section('weights', diff.weights.map(changeLine), paint),
    section('file of weights', misfits, paint),
    section('nodes', diff.nodes.map(nodeLine), paint),
  ];
  const totals = diff.figures.filter(isChanged).map((f) => `${f.name} ${figureText(f)}\n`);
  const rest = `\n${counted(diff.unchanged, 'node')} unchanged\n`;
  const head = `${before} → ${after}\n${paint.bold(verdict(compared, breaking))}\n`;
  return [head, ...totals, ...sections, rest].join('');
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  if (lines.length === 0) return '';
  return `\n${paint.bold(title)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function changeLine(change: Change): string {
  return `${mark(change)} ${change.name}: ${changeText(change)}`;
}

function mark({ before, after }: Omit<Change, 'name'>): string {
  if (before === undefined) return '+';
  return after === undefined ? '-' : '~';
}

const marks = { added: '+', removed: '-', changed: '~', follows: '·' } as const;

function nodeLine(node: NodeChange): string {
  return `${marks[node.kind]} ${node.name} (${node.op}): ${nodeDetails(node).join('; ')}`;
}

/** What is another at a node, in words. */
export function nodeDetails({ kind, likely, attributes, outputs, figures }: NodeChange): readonly string[] {
  const lone = kind === 'added' || kind === 'removed';
  const shape = outputs.before === undefined && outputs.after === undefined ? [] : [outputs];
  return [
    ...attributes.map((a) => `${a.name} ${a.before ?? 'unset'} → ${a.after ?? 'unset'}`),
    ...shape.map((change) => changeText({ ...change, ...(likely === undefined ? {} : { likely }) })),
    ...figures.filter((f) => !lone && isChanged(f)).map((f) => `${f.name} ${figureText(f)}`),
  ];
}
