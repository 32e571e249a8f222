import type { Dim } from '../../tensor/dim.ts';
import { printDim } from '../../tensor/printDim.ts';

/** `12,253,974,624`; a figure that depends on a symbol as its expression. Independent of the reader's locale. */
export function withThousands(cell: string | Dim): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell !== 'number') return printDim(cell);
  return String(cell).replace(/\B(?=(\d{3})+$)/g, ',');
}
