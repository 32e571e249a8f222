import type { Point, Route } from './layout/localGraph.ts';

/** How round the corners of lines at the side are, in pixels. */
const radius = 7;

/** A line as the `d` of an SVG path. */
export function routePath({ points, kind }: Route): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  return `M${at(first)}${kind === 'curve' ? curve(first, rest) : corners(points)}`;
}

/** Upright at every point, and soft between. */
function curve(start: Point, rest: readonly Point[]): string {
  let before = start;
  let path = '';
  for (const point of rest) {
    const middle = (before.y + point.y) / 2;
    path +=
      Math.abs(before.x - point.x) < 0.5
        ? `L${at(point)}`
        : `C${at({ x: before.x, y: middle })} ${at({ x: point.x, y: middle })} ${at(point)}`;
    before = point;
  }
  return path;
}

/** Straight from point to point, with round corners. */
function corners(points: readonly Point[]): string {
  let path = '';
  for (const [i, point] of points.entries()) {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined) continue;
    if (after === undefined) return `${path}L${at(point)}`;
    const room = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    path += `L${at(towards(point, before, room))}Q${at(point)} ${at(towards(point, after, room))}`;
  }
  return path;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** A point on the way from one to another; lines at the side are level or upright. */
function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function at({ x, y }: Point): string {
  return `${short(x)},${short(y)}`;
}

/** A number with as few digits as it needs. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
