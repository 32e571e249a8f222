import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { positionOf } from '../../src/diagnostics/source.ts';
import type { TypedGraph, TypedNode } from '../../src/ir/graph.ts';
import { inOrderOf } from '../../src/tensor/channels.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileReport, specs, textOf } from './compileReport.ts';
import { refusals } from './refusals.ts';
import { answers } from './shapes.ts';

/** People who asked in public what this compiler answers. */
const reports = [
  ...['001', '003', '005', '007', '009', '011', '013', '015', '017', '019', '021', '023', '025', '027'],
  ...['029', '031', '033', '035', '037', '039', '041', '043', '045', '047', '049', '051', '053', '055'],
  ...['057', '059', '061', '063', '065', '067', '069', '071', '073', '075', '077', '079', '081', '083'],
  '085',
];

/** Those whose answer is a number that a model computes, or what is in a file: values.test.ts and files.test.ts. */
const byRunning = ['005', '009', '045', '051', '055', '065', '067', '071'];
const byFiles = ['027', '033', '037', '039', '041', '045', '069', '075', '079'];

test('every report has a spec, with what was asked and where', () => {
  expect([...specs.keys()]).toEqual(reports);
  const told = reports.filter((r) => /^# [\s\S]*\nsource:(?: \[?|\n {2}- )https:\/\//.test(textOf(r)));
  expect(told).toEqual(reports);
});

test('every report has an answer', () => {
  const answered = new Set([...answers, ...refusals].map(({ report }) => report));
  for (const report of [...byRunning, ...byFiles]) answered.add(report);
  expect([...answered].sort()).toEqual(reports);
});

describe('what comes out', () => {
  const titled = answers.map((a) => ({ ...a, title: [specs.get(a.report), a.variant].join(' ') }));

  test.each(titled)('$title', ({ report, variant, shapes = {}, parameters = {}, total }) => {
    const { graph, diagnostics } = compileReport(report, variant === undefined ? {} : { variant });
    expect(formatDiagnostics(diagnostics)).toBe('');
    if (graph === undefined) throw new Error('nothing came out');
    expect(chosen(shapes, shapesOf(graph))).toEqual(shapes);
    expect(chosen(parameters, parametersOf(graph))).toEqual(parameters);
    if (total !== undefined) expect(counted(graph.nodes)).toEqual(total);
  });
});

describe('what is refused', () => {
  const titled = refusals.map((r) => {
    const size = r.options?.inputs === undefined ? '' : JSON.stringify(r.options.inputs);
    return { ...r, title: [specs.get(r.report), r.options?.variant ?? size].join(' ') };
  });

  test.each(titled)('$title', ({ report, options = {}, code, line, says }) => {
    const { diagnostics } = compileReport(report, options);
    const found = diagnostics.filter((d) => d.severity !== 'info');
    expect(found.map((d) => d.code)).toContain(code);
    const [first] = found.filter((d) => d.code === code);
    if (first === undefined) throw new Error(`no ${code}`);
    expect(lineOf(first)).toBe(line);
    const words = [first.message, first.help ?? '', ...first.notes].join('\n');
    expect(says.filter((phrase) => !words.includes(phrase))).toEqual([]);
  });
});

/** The values of `all` under the keys of `keys`. */
function chosen<T>(keys: object, all: Readonly<Record<string, T>>): Readonly<Record<string, T | undefined>> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, all[key]]));
}

function shapesOf({ nodes, channels = 'last' }: TypedGraph): Readonly<Record<string, string>> {
  return Object.fromEntries(
    nodes.flatMap(({ outputs }) =>
      outputs.map(({ name, type }) => [name, showShape(inOrderOf(channels, type.shape))]),
    ),
  );
}

function parametersOf({ nodes }: TypedGraph): Readonly<Record<string, readonly [number, number]>> {
  const steps = new Set(nodes.map(({ step }) => step));
  return Object.fromEntries([...steps].map((step) => [step, counted(nodes.filter((n) => n.step === step))]));
}

function counted(nodes: readonly TypedNode[]): readonly [trainable: number, nonTrainable: number] {
  const weights = nodes.flatMap((n) => n.weights);
  const of = (kind: boolean) =>
    weights
      .filter(({ trainable }) => trainable === kind)
      .reduce((sum, { shape }) => sum + shape.reduce((n, d) => n * d, 1), 0);
  return [of(true), of(false)];
}

/** The line that a diagnostic points to, without what stands before it. */
function lineOf({ span }: Diagnostic): string | undefined {
  if (span === undefined) return undefined;
  const { line } = positionOf(span.source, span.start);
  return span.source.text.split('\n')[line - 1]?.trim();
}
