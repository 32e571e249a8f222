import { displayWidth, padTo, visible } from '../../diagnostics/displayWidth.ts';
import { type Paint, plain } from '../../diagnostics/paint.ts';
import type { TypedGraph, TypedValue } from '../../ir/graph.ts';
import type { Dim } from '../../tensor/dim.ts';
import { dimData, printDim } from '../../tensor/printDim.ts';
import { strideText } from './compose.ts';
import { fieldTexts } from './fieldTexts.ts';
import { type Misalignment, misalignments } from './misalignments.ts';
import { fieldFigures, type ReceptiveFields, receptiveFields } from './receptiveFields.ts';

/** A value under the name by which a table calls it. */
interface Named {
  readonly name: string;
  readonly value: TypedValue;
}

/** What the receptive fields of a network are told of. */
export interface FieldReport {
  readonly graph: TypedGraph;
  readonly fields: ReceptiveFields;
  readonly values: readonly Named[];
  readonly misaligned: readonly Misalignment[];
}

/** The receptive fields of the end points of a network, or of all values. */
export function fieldReport(
  graph: TypedGraph,
  { all = false }: { readonly all?: boolean } = {},
): FieldReport {
  const fields = receptiveFields(graph);
  const made = graph.nodes.flatMap((n) => n.outputs.map((value) => ({ name: value.name, value })));
  const values = all ? made : graph.endPoints;
  return { graph, fields, values, misaligned: misalignments(graph, fields) };
}

const titles = ['', 'field', 'stride', 'offset', 'apart'] as const;

/** The report for a terminal; what is apart only where something is. */
export function printFieldReport(
  report: FieldReport,
  { paint = plain }: { readonly paint?: Paint } = {},
): string {
  const { graph, fields, values, misaligned } = report;
  const rows = values.map(({ name, value }) => {
    const { receptive_field, stride, offset, skew } = fieldTexts(fields.get(value.id) ?? [], graph);
    return [name, receptive_field, stride, offset, skew].map(text);
  });
  const shown = rows.some(([, , , , skew]) => !['', '0', 'all'].includes(skew ?? '')) ? 5 : 4;
  const table = [titles, ...rows].map((row) => row.slice(0, shown));
  const widths = titles.map((_, i) => Math.max(...table.map((row) => displayWidth(row[i] ?? ''))));
  const lines = table.map((row) =>
    row
      .map((cell, i) => padTo(cell, widths[i] ?? 0, i === 0 ? 'end' : 'start'))
      .join('  ')
      .trimEnd(),
  );
  const [header = '', ...body] = lines;
  const notes = [...new Set(misaligned.map(misalignmentText))];
  return `${[paint.bold(header), ...body, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')}\n`;
}

/** `layer2/0/add joins ways that are 4 pixels of image apart: layer2/0/downsample and layer2/0/conv2` */
function misalignmentText({ node, input, ways, apart = 0, leastApart = 0, strides }: Misalignment): string {
  const [least, most] = [pixels(leastApart), pixels(apart)];
  const far = least === most ? most : `${least} to ${most}`;
  const what = strides === undefined ? `are ${far} of ${input} apart` : `have strides ${strides}`;
  const names = ways.map(({ value }) => value.name).join(' and ');
  return visible(`${node.step} joins ways that ${what}: ${names}`);
}

/** `1 pixel`, `1.5 pixels`, from half pixels. */
export function pixels(halves: Dim): string {
  if (typeof halves !== 'number') return `(${printDim(halves)})/2 pixels`;
  return halves === 2 ? '1 pixel' : `${halves / 2} pixels`;
}

function text(figure: string | Dim): string {
  return visible(typeof figure === 'string' ? figure : printDim(figure));
}

/** The report as plain data, an entry for each axis. `formatVersion` changes only when something is taken away. */
export function fieldReportData({ graph, fields, values, misaligned }: FieldReport) {
  return {
    formatVersion: 1,
    name: graph.name,
    values: values.map(({ name, value }) => ({
      name,
      fields: (fields.get(value.id) ?? []).map(({ input, axis, reach }) => {
        const figures = fieldFigures(reach, graph);
        const conflict = reach.kind === 'all' ? reach.conflict : undefined;
        if (figures === undefined)
          return { input, axis, field: null, ...(conflict && { strides: conflict }) };
        const { size, stride, offset, skew } = figures;
        return {
          input,
          axis,
          field: dimData(size),
          stride,
          offset: dimData(offset),
          halfPixelsApart: dimData(skew),
        };
      }),
    })),
    misaligned: misaligned.map(misalignmentData),
  };
}

function misalignmentData({ node, input, axis, ways, apart, leastApart, strides }: Misalignment) {
  return {
    node: node.name,
    input,
    axis,
    ways: ways.map(({ value, centre, reach }) => ({
      value: value.name,
      stride: strideText(reach),
      ...(centre !== undefined && { centreInHalfPixels: dimData(centre) }),
    })),
    ...(apart !== undefined && { halfPixelsApart: dimData(apart) }),
    ...(leastApart !== undefined && { leastHalfPixelsApart: dimData(leastApart) }),
    ...(strides !== undefined && { strides }),
  };
}
