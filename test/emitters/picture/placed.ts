import { buildPicture } from '../../../src/emitters/picture/buildPicture.ts';
import { type FoldChoice, foldStateOf } from '../../../src/emitters/picture/foldState.ts';
import type { Point, Route } from '../../../src/emitters/picture/layout/localGraph.ts';
import type { PlacedPicture } from '../../../src/emitters/picture/placed.ts';
import { placePicture } from '../../../src/emitters/picture/placePicture.ts';
import { compileSpec, type SpecOptions } from '../../golden/compileSpec.ts';

/** The picture of one of `specs/`, with everything in its place. */
export function place(spec: string, choice: FoldChoice = {}, options: SpecOptions = {}): PlacedPicture {
  const picture = buildPicture(compileSpec(`specs/${spec}.yaml`, options).graph!);
  return placePicture(picture, foldStateOf(picture, choice));
}

/** Twelve points of each part of a line; bends are Bézier curves that are upright at both ends. */
export function pointsOn({ points, kind }: Route): readonly Point[] {
  return points.slice(1).flatMap((b, i) => {
    const a = points[i]!;
    const middle = (a.y + b.y) / 2;
    return Array.from({ length: 12 }, (_, k) => {
      const [t, u] = [k / 11, 1 - k / 11];
      if (kind === 'corners') return { x: a.x * u + b.x * t, y: a.y * u + b.y * t };
      const [p, q, r, s] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
      return { x: (p + q) * a.x + (r + s) * b.x, y: p * a.y + (q + r) * middle + s * b.y };
    });
  });
}
