import type { Paint } from '../../diagnostics/paint.ts';
import { positionOf } from '../../diagnostics/source.ts';
import { printDim } from '../../tensor/printDim.ts';
import { printSizes } from '../../tensor/printSizes.ts';
import { contains, isSameSet, nearest, type SizeSet } from '../../tensor/sizeSet.ts';
import type { SizeCondition } from './condition.ts';
import type { SizesReport, SymbolSizes } from './report.ts';

/** Which sizes a network accepts, for people: one line for each symbol and reason; with the sizes nearest to `near`. */
export function formatSizes(
  report: SizesReport,
  { near, paint }: { readonly near?: number | undefined; readonly paint: Paint },
): string {
  const { network, inputs, symbols } = report;
  const shapes = inputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  if (symbols.length === 0) return `${paint.bold(network)} takes ${shapes}, and no other sizes\n`;
  const lines = [
    `${paint.bold(network)} takes ${shapes} with`,
    ...symbols.flatMap((symbol) => acceptedLines(symbol, paint)),
    ...losslessLines(symbols),
    ...(near === undefined ? [] : symbols.map((symbol) => nearLine(symbol, near))),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function acceptedLines({ name, accepted, because, triedUpTo }: SymbolSizes, paint: Paint): readonly string[] {
  const all = `  ${paint.bold(printSizes(name, accepted))}`;
  if (triedUpTo !== undefined)
    return [`${all}  (each size up to ${triedUpTo} was tried; greater ones were not)`];
  const [only, ...more] = because;
  if (only === undefined) return [all];
  if (more.length === 0) return [`${all}  ${paint.dim(reasonOf(only.condition))}`];
  const reasons = because.map(
    ({ condition, sizes }) => `    ${printSizes(name, sizes)}  ${paint.dim(reasonOf(condition))}`,
  );
  return [all, ...reasons];
}

/** `because up_3/concat joins 2*(H // 16) and H // 8 (specs/unet.yaml:41:7)` */
function reasonOf({ node, reason, dim, other }: SizeCondition): string {
  const { source, start } = node.span;
  const { line, column } = positionOf(source, start);
  const place = `(${source.name}:${line}:${column})`;
  const [left, right] = [printDim(dim), printDim(other)];
  if (reason === 'joins') return `because ${node.name} needs ${left} = ${right} ${place}`;
  if (reason === 'weights') return `because the weights of ${node.name} are for ${right} = ${left} ${place}`;
  return `because of ${node.name}, which needs ${left} >= ${right} ${place}`;
}

function losslessLines(symbols: readonly SymbolSizes[]): readonly string[] {
  const lossless = symbols.flatMap(({ name, lossless }) =>
    lossless === undefined ? [] : [{ name, lossless }],
  );
  const differs = symbols.some((s) => s.lossless !== undefined && !isSameSet(s.lossless, s.accepted));
  if (lossless.length === 0) return [];
  if (!differs) return ['and no window leaves out the end of its map'];
  return [
    'and no window leaves out the end of its map with',
    ...lossless.map((s) => `  ${printSizes(s.name, s.lossless)}`),
  ];
}

function nearLine({ name, accepted, lossless, triedUpTo }: SymbolSizes, near: number): string {
  const fits = contains(accepted, near) ? 'it fits' : nearestText(accepted, near);
  const beyond = triedUpTo !== undefined && near > triedUpTo ? ' of those tried' : '';
  const exact = lossless === undefined ? '' : `; nothing is left out at ${printNearest(lossless, near)}`;
  return `${name} near ${near}: ${fits}${beyond}${exact}`;
}

/** `the nearest that fit are 288 or 304` */
function nearestText(set: SizeSet, near: number): string {
  const found = sizesBeside(set, near);
  if (found.length === 0) return 'none fits';
  return `the nearest that ${found.length === 1 ? 'fits is' : 'fit are'} ${found.join(' or ')}`;
}

function printNearest(set: SizeSet, near: number): string {
  const found = sizesBeside(set, near);
  return found.length === 0 ? 'none' : found.join(' or ');
}

/** The size at or below the one asked for, and the one at or above it, as far as there are such. */
function sizesBeside(set: SizeSet, near: number): readonly number[] {
  const { below, above } = nearest(set, near);
  return [...new Set([below, above])].filter((size) => size !== undefined);
}
