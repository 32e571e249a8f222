import { visible } from '../diagnostics/displayWidth.ts';
import type { PassReport } from './pass.ts';

/** Names that a line shows before it only counts. */
const most = 5;

/** A line for what each pass did, and one for the end points that are gone; nothing where nothing was done. */
export function printPasses(passes: readonly PassReport[], gone: readonly string[]): string {
  const lines = passes.map(({ pass, nodes }) => `${pass}: ${nodes.length}`);
  const all =
    gone.length === 0 ? lines : [...lines, `end points gone: ${gone.length} (${visible(listed(gone))})`];
  return all.map((line) => `${line}\n`).join('');
}

function listed(names: readonly string[]): string {
  const further = names.length - most;
  return [...names.slice(0, most), ...(further > 0 ? [`and ${further} more`] : [])].join(', ');
}
