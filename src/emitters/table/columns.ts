import { conventionTitles } from '../../analysis/conventions/names.ts';
import type { Dim } from '../../tensor/dim.ts';
import { showShape } from '../../tensor/shape.ts';
import type { Row, Table } from './rows.ts';

interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** A number or a dimension is printed as the format prints numbers. */
  readonly cell: (row: Row) => string | Dim;
}

/** Every column that a table can have, under the name by which `--columns` calls it. */
export const columns = {
  name: { title: 'name', align: 'left', cell: (r) => r.name },
  op: { title: 'op', align: 'left', cell: (r) => r.op },
  output: { title: 'output', align: 'left', cell: (r) => r.outputs.map((t) => showShape(t.shape)).join(' ') },
  dtype: { title: 'dtype', align: 'left', cell: (r) => r.outputs.map((t) => t.dtype).join(' ') },
  parameters: { title: 'parameters', align: 'right', cell: (r) => r.trainable + r.nonTrainable },
  trainable: { title: 'trainable', align: 'right', cell: (r) => r.trainable },
  non_trainable: { title: 'non-trainable', align: 'right', cell: (r) => r.nonTrainable },
  macs: { title: 'MACs', align: 'right', cell: (r) => r.macs },
  cost: { title: 'cost', align: 'right', cell: (r) => r.cost },
  memory: { title: 'bytes', align: 'right', cell: (r) => r.measures.memory ?? '' },
  receptive_field: { title: 'field', align: 'right', cell: (r) => r.measures.receptive_field ?? '' },
  stride: { title: 'stride', align: 'right', cell: (r) => r.measures.stride ?? '' },
  offset: { title: 'offset', align: 'right', cell: (r) => r.measures.offset ?? '' },
  end_point: { title: 'end point', align: 'left', cell: (r) => r.endPoints.join(' ') },
  note: { title: 'note', align: 'left', cell: (r) => r.note },
} satisfies Readonly<Record<string, Column>>;

export type ColumnName = keyof typeof columns;

export const columnNames = Object.keys(columns) as readonly ColumnName[];

/** Whether a table has a column of this name. */
export function isColumnName(name: string): name is ColumnName {
  return Object.hasOwn(columns, name);
}

/** The columns that a person reads: the cost by the convention that was asked for, notes only where there are some. */
export function readableColumns({ rows, convention }: Table): readonly ColumnName[] {
  const note = rows.some((r) => r.note !== '') ? (['note'] as const) : [];
  return ['name', 'op', 'output', 'parameters', convention === undefined ? 'macs' : 'cost', ...note];
}

/** What stands above a column. */
export function titleOf(name: ColumnName, { convention = 'macs' }: Table): string {
  return name === 'cost' ? conventionTitles[convention] : columns[name].title;
}

/** The column of a name, its cell typed for any row. */
export function columnOf(name: ColumnName): Column {
  return columns[name];
}
