import { type OpName, opNames, opOf } from '../../ops/registry.ts';
import type { Compile } from '../compile.ts';
import { footer, table } from '../markdown.ts';
import { refusal, type TargetName, targetNames, targets } from '../targets.ts';
import { limitsOf } from './limits.ts';

/** The list of all ops. */
export function opIndex(compile: Compile): string {
  const head = ['Op', 'What it does', ...targetNames.map((target) => targets[target].title)];
  const rows = opNames.map((op) => [
    `[${op}](${op}.md)`,
    opOf(op).summary,
    ...targetNames.map((target) => supportOf(target, op, compile)),
  ]);
  return `# Ops\n\nEvery op that a spec can call. Tensors are channels last: \`[batch, …spatial, channels]\`.\n\n${table(head, rows)}${footer}`;
}

function supportOf(target: TargetName, op: OpName, compile: Compile): string {
  if (refusal(target, op) !== undefined) return 'no';
  return limitsOf(target, op, compile).length === 0 ? 'yes' : '[partly](OP.md#targets)'.replace('OP', op);
}
