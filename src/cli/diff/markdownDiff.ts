import { type Change, type GraphDiff, isChanged, type NodeChange } from '../../index.ts';
import { type Compared, changeText, counted, figureText, signed, verdict } from './compared.ts';

/** A comparison as the comment of a pull request: a summary line, tables, and what only follows folded away. */
export function markdownDiff(compared: Compared, breaking: boolean): string {
  const { before, after, diff, misfits } = compared;
  const own = diff.nodes.filter(({ kind }) => kind !== 'follows');
  const follows = diff.nodes.filter(({ kind }) => kind === 'follows');
  const parts = [
    `**${breaking ? '⚠️ ' : ''}${verdict(compared, breaking)}** (${code(before)} → ${code(after)})`,
    totals(diff),
    table(['what', 'name', 'change'], promises(diff)),
    misfits.map((misfit) => `* ${cell(misfit)}`).join('\n'),
    nodeTable(own),
    follows.length === 0
      ? ''
      : folded(`${counted(follows.length, 'node')} of other sizes`, nodeTable(follows)),
    `${counted(diff.unchanged, 'node')} unchanged`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function totals({ figures }: GraphDiff): string {
  return table(
    ['total', 'before → after'],
    figures.filter(isChanged).map((f) => [f.name, figureText(f)]),
  );
}

/** What others rely on. */
function promises({ inputs, outputs, meanings, weights }: GraphDiff): readonly (readonly string[])[] {
  const rows = (what: string, changes: readonly Change[]) =>
    changes.map((change) => [what, code(change.name), cell(changeText(change))]);
  return [
    ...rows('input', inputs),
    ...rows('output', outputs),
    ...rows('meaning', meanings),
    ...rows('weight', weights),
  ];
}

function nodeTable(nodes: readonly NodeChange[]): string {
  const names = [...new Set(nodes.flatMap(({ figures }) => figures.map(({ name }) => name)))];
  const rows = nodes.map((node) => [
    code(node.name),
    node.kind === 'follows' ? '' : cell(attributesOf(node)),
    cell((node.outputs.before ?? node.outputs.after) ? changeText(node.outputs) : ''),
    ...names.map((name) => deltaOf(node, name)),
  ]);
  return table(['node', 'change', 'output', ...names.map((name) => `Δ${name}`)], rows);
}

function attributesOf({ kind, op, likely, attributes }: NodeChange): string {
  if (kind === 'added') return `new ${op}`;
  if (kind === 'removed') return likely === undefined ? `gone ${op}` : `gone ${op}, perhaps now ${likely}`;
  return attributes.map((a) => `${a.name} ${a.before ?? 'unset'} → ${a.after ?? 'unset'}`).join('; ');
}

function deltaOf({ figures }: NodeChange, name: string): string {
  const delta = figures.find((figure) => figure.name === name)?.delta;
  return delta === undefined || delta === 0 ? '' : cell(signed(delta));
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

function folded(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function code(name: string): string {
  return `\`${name.replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}

function cell(text: string): string {
  return text.replaceAll(/[\\|*_<>`]/g, '\\$&').replaceAll('\n', ' ');
}
