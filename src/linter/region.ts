import { positionOf, type Span } from '../diagnostics/source.ts';

/** A place as machine formats have it: lines and columns from 1, columns in code points, the end exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Undefined where there is no text to count in: hosts refuse a whole report that says line 0. */
export function regionOf({ source, start, end }: Span): Region | undefined {
  if (source.text === '') return undefined;
  const from = positionOf(source, start);
  const to = positionOf(source, Math.max(start, end));
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
