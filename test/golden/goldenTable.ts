import { readFileSync } from 'node:fs';
import { normAndActivationFused, softmaxApart } from './equivalences.ts';
import { type Layer, networkInput } from './layer.ts';

/** A row of a table by its columns' names. */
export type Row = Readonly<Record<string, string>>;

/** A table as its file has it: a row per layer, and the row `TOTAL`. */
export interface GoldenTable {
  readonly rows: readonly Row[];
  readonly total: Row;
}

/** Reads the layers of `test/golden/tables/<name>.csv`. */
export function readGoldenTable(name: string): GoldenTable {
  const rows = readGoldenRows(name);
  const total = rows.at(-1);
  if (total?.index !== 'TOTAL') throw new Error(`${name} has no row TOTAL at its end`);
  return { rows: rows.slice(0, -1), total };
}

/** The rows of a table of any form. */
export function readGoldenRows(name: string): readonly Row[] {
  return readCsv(readFileSync(new URL(`./tables/${name}.csv`, import.meta.url), 'utf8'));
}

/** Comma-separated text with a header; a cell with commas stands in double quotes. */
export function readCsv(text: string): readonly Row[] {
  const [header = [], ...lines] = text.trimEnd().split(/\r?\n/).map(cells);
  return lines.map((line) => Object.fromEntries(header.map((column, i) => [column, line[i] ?? ''])));
}

function cells(line: string): readonly string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}

/** The layers of a table, in the writing that networks have. */
export function tableLayers({ rows }: GoldenTable): readonly Layer[] {
  const inputs = new Set(['input', ...rows.filter((row) => row.op === 'Input').map((row) => row.name)]);
  const layers = rows.filter((row) => row.op !== 'Input').map((row) => layerOf(row, inputs));
  return softmaxApart(normAndActivationFused(layers));
}

function layerOf(row: Row, inputs: ReadonlySet<string | undefined>): Layer {
  const text = (column: string) => row[column] ?? '';
  const number = (column: string) => Number(text(column));
  const scale = text('scale_or_keep');
  return {
    name: text('name'),
    op: text('op'),
    kernel: text('kernel'),
    stride: text('stride'),
    padding: text('padding'),
    dilation: text('dilation'),
    groups: text('groups'),
    filters: text('filters'),
    inputShapes: text('input_shapes'),
    outputShape: text('output_shape'),
    activation: text('activation'),
    batchNorm: text('bn'),
    bias: text('bias'),
    scaleOrKeep: text('op') === 'ScaleAdd' ? String(Number(scale)) : scale,
    kernelWeights: number('conv_weights'),
    biasWeights: number('conv_bias'),
    batchNormWeights: number('bn_trainable'),
    trainable: number('params_trainable'),
    nonTrainable: number('params_non_trainable'),
    macs: number('macs'),
    inputs: text('input_layers')
      .split(';')
      .map((name) => (inputs.has(name) ? networkInput : name)),
  };
}
