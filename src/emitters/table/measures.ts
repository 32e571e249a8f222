import { type FieldTexts, fieldTexts } from '../../analysis/field/fieldTexts.ts';
import { receptiveFields } from '../../analysis/field/receptiveFields.ts';
import { activationBytes } from '../../analysis/memory/memory.ts';
import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';
import { type Dim, sum } from '../../tensor/dim.ts';

/** Columns that are worked out only where they are asked for. */
export type MeasureName = 'memory' | Exclude<keyof FieldTexts, 'skew'>;

/** What was asked for of some nodes. */
export type Measures = Readonly<Partial<Record<MeasureName, string | Dim>>>;

export interface Measuring {
  /** Of the nodes of a row, and of the value that it shows. */
  readonly of: (nodes: readonly TypedNode[], value: TypedValue | undefined) => Measures;
  /** Of an input of the network. */
  readonly ofInput: (value: TypedValue) => Measures;
  /** Of all rows together. */
  readonly total: (rows: readonly Measures[]) => Measures;
}

const fieldColumns = ['receptive_field', 'stride', 'offset'] as const;

const none: Measures = {};
const nothing: Measuring = { of: () => none, ofInput: () => none, total: () => none };

/** Works out the measures among some columns. */
export function measuring(graph: TypedGraph, columns: readonly string[] = []): Measuring {
  const bytes = columns.includes('memory') ? activationBytes(graph) : undefined;
  const fields = fieldColumns.some((name) => columns.includes(name)) ? receptiveFields(graph) : undefined;
  const memory = (total: () => Dim): Measures => (bytes === undefined ? {} : { memory: total() });
  const field = (value: TypedValue | undefined): Measures =>
    fields === undefined || value === undefined ? {} : fieldTexts(fields.get(value.id) ?? [], graph);
  if (bytes === undefined && fields === undefined) return nothing;
  return {
    of: (nodes, value) => ({
      ...memory(() => sum(nodes.map((node) => bytes?.(node) ?? 0))),
      ...field(value),
    }),
    ofInput: (value) => ({
      ...memory(() => bytes?.({ op: 'identity', outputs: [value] }) ?? 0),
      ...field(value),
    }),
    total: (rows) => memory(() => sum(rows.map((row) => (row.memory === undefined ? 0 : sized(row.memory))))),
  };
}

function sized(measure: string | Dim): Dim {
  return typeof measure === 'string' ? 0 : measure;
}
