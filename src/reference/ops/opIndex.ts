import { type OpName, opOf } from '../../ops/registry.ts';
import { footer, table } from '../markdown.ts';
import { targetNames, targets } from '../targets.ts';
import type { Support } from './limits.ts';

/** The list of all ops, with what each target can say of each. */
export function opIndex(supports: ReadonlyMap<OpName, readonly Support[]>): string {
  const head = ['Op', 'What it does', ...targetNames.map((target) => targets[target].title)];
  const rows = [...supports].map(([op, support]) => [
    `[${op}](${op}.md)`,
    opOf(op).summary,
    ...support.map((given) => inAWord(op, given)),
  ]);
  return `# Ops\n\nEvery op that a spec can call. Tensors are channels last: \`[batch, …spatial, channels]\`.\n\n${table(head, rows)}${footer}`;
}

function inAWord(op: OpName, { never, limits }: Support): string {
  if (never !== undefined) return 'no';
  return limits.length === 0 ? 'yes' : `[partly](${op}.md#targets)`;
}
