import { visible } from '../../diagnostics/displayWidth.ts';
import { withThousands } from '../../diagnostics/withThousands.ts';
import type { Dim } from '../../tensor/dim.ts';
import { printDim } from '../../tensor/printDim.ts';

/** A cell as a person reads it: on one line, with nothing in it that acts on a terminal. */
export function readableCell(cell: string | Dim): string {
  if (typeof cell === 'number') return withThousands(cell);
  return visible(typeof cell === 'string' ? cell : printDim(cell)).replaceAll('\t', ' ');
}
