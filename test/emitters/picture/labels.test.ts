import { describe, expect, test } from 'vitest';
import { labelSize } from '../../../src/emitters/picture/boxSize.ts';
import type { FoldChoice } from '../../../src/emitters/picture/foldState.ts';
import type { PlacedEdge } from '../../../src/emitters/picture/placed.ts';
import { textWidth } from '../../../src/emitters/picture/textWidth.ts';
import { place, pointsOn } from './placed.ts';

/* Shapes beside lines can be read: nothing is written over another thing. */

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a shape covers: letters of this size reach 8 pixels above their baseline, and brackets 2 below it. */
function labelArea({ label, labelAt }: PlacedEdge): Rectangle {
  return { x: labelAt.x, y: labelAt.y - 8, width: textWidth(label, labelSize), height: 10 };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const drawn = [
  ['seed_stem', {}],
  ['lenet5', {}],
  ['resnet', {}],
  ['unet', {}],
  ['unet', { depth: 1 }],
  ['gpt2', {}],
  ['inception_v4', {}],
  ['inception_v4', { depth: 1 }],
  ['googlenet', {}],
  ['swin', {}],
  ['fpn', {}],
  ['fpn', { depth: 1 }],
  ['fpn', { depth: 2 }],
  ['yolov8', {}],
  ['yolov8', { depth: 1 }],
  ['bert', {}],
  ['densenet', {}],
  ['text_lstm', {}],
  ['deeplab_v3', {}],
  ['wavenet', {}],
  ['fcn_8s', {}],
] as const;

describe.each(drawn)('%s %j', (spec, choice: FoldChoice) => {
  const { boxes, edges, width, height } = place(spec, choice);
  const labelled = edges.filter(({ label }) => label !== '');

  test('no shape is written over a box, over another shape, or out of the picture', () => {
    const wrong = labelled.flatMap((edge, i) => {
      const area = labelArea(edge);
      const over = boxes.filter((b) => !b.open && overlap(area, b)).map(({ source }) => source.name);
      const twice = labelled.slice(i + 1).filter((other) => overlap(area, labelArea(other)));
      const isOut = area.x < 0 || area.x + area.width > width || area.y + area.height > height;
      return [...over, ...twice.map(({ label }) => label), ...(isOut ? ['the edge'] : [])].map(
        (what) => `${edge.label} over ${what}`,
      );
    });
    expect(wrong).toEqual([]);
    expect(labelled.length).toBeGreaterThan(0);
  });

  test('no line runs through a shape', () => {
    const areas = labelled.map((edge) => ({ edge, area: labelArea(edge) }));
    const crossed = edges.flatMap(({ route, from, to }) => {
      const points = pointsOn(route);
      const inside = areas.filter(({ area }) =>
        points.some((p) => overlap(area, { ...p, width: 0, height: 0 })),
      );
      return inside.map(({ edge }) => `${from} to ${to} through ${edge.label}`);
    });
    expect(crossed).toEqual([]);
  });
});
