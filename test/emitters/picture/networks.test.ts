import { describe, expect, test } from 'vitest';
import { drawSvg } from '../../../src/emitters/picture/drawSvg.ts';
import type { FoldChoice } from '../../../src/emitters/picture/foldState.ts';
import type { Point } from '../../../src/emitters/picture/layout/localGraph.ts';
import type { PlacedBox, PlacedPicture } from '../../../src/emitters/picture/placed.ts';
import { lineSizes } from '../../../src/emitters/picture/stepLines.ts';
import { textWidth } from '../../../src/emitters/picture/textWidth.ts';
import { compileSpec, readText } from '../../golden/compileSpec.ts';
import { place, pointsOn } from './placed.ts';

/** Boxes as a reader lists them from the top: the first line of each, with its copies. */
function titles({ boxes }: PlacedPicture): readonly string[] {
  const shown = boxes.filter(({ open }) => !open).sort((a, b) => a.y - b.y || a.x - b.x);
  return shown.map(({ source, copies }) => {
    const title = source.sign ?? source.lines[0]?.text ?? '';
    return copies > 1 ? `${title} ×${copies}` : title;
  });
}

describe('what is drawn', () => {
  test('Inception-v4 at depth 1 is figure 9 of arXiv 1602.07261', () => {
    // Stem, 4 × Inception-A, Reduction-A, 7 × Inception-B, Reduction-B, 3 × Inception-C, average pooling, dropout, softmax.
    expect(titles(place('inception_v4', { depth: 1 }))).toEqual([
      'image',
      'stem',
      'Mixed_5b ×4',
      'Mixed_6a',
      'Mixed_6b ×7',
      'Mixed_7a',
      'Mixed_7b ×3',
      'Logits',
      'softmax',
      'Logits',
      'Predictions',
    ]);
  });

  test('GPT-2 is 12 times one block, with two residuals at its side', () => {
    const { boxes, edges } = place('gpt2');
    const block = boxes.find(({ source }) => source.name === 'h0')!;
    expect([block.open, block.copies]).toEqual([true, 12]);
    const sides = edges.filter(({ route }) => route.kind === 'corners');
    expect(sides).toHaveLength(2);
    for (const { route, to } of sides) {
      const target = boxes.find(({ item }) => item === to)!;
      expect(target.source.sign).toBe('+');
      const [top, bottom] = [route.points[0]!.y, route.points.at(-1)!.y];
      const passed = boxes.filter((b) => b.level === 1 && b.y >= top && b.y + b.height <= bottom);
      expect(passed.length).toBeGreaterThan(2);
      const lane = Math.max(...route.points.map(({ x }) => x));
      for (const b of passed) expect(lane).toBeGreaterThan(b.x + b.width);
    }
  });

  test('of each stage of ResNet-50 the first block stands alone: it has a projection', () => {
    // Table 1 of arXiv 1512.03385 has 3, 4, 6 and 3 blocks.
    const repeats = place('resnet').boxes.flatMap(({ source, copies }) =>
      copies > 1 ? [`${source.name} ×${copies}`] : [],
    );
    expect(repeats).toEqual(['layer1/1 ×2', 'layer2/1 ×3', 'layer3/1 ×5', 'layer4/1 ×2']);
  });

  test('U-Net is one line down with its four skips outside of each other on one side', () => {
    const { boxes, edges } = place('unet', { depth: 1 });
    const nameOf = (item: number) => boxes.find((b) => b.item === item)!.source.name;
    const skips = edges.filter(({ route, to }) => route.kind === 'corners' && nameOf(to).startsWith('up_'));
    expect(skips.map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`).sort()).toEqual([
      'down_0 → up_0',
      'down_1 → up_1',
      'down_2 → up_2',
      'down_3 → up_3',
    ]);
    const lanes = skips
      .sort((a, b) => nameOf(a.from).localeCompare(nameOf(b.from)))
      .map(({ route }) => Math.max(...route.points.map(({ x }) => x)));
    expect(lanes).toEqual([...lanes].sort((a, b) => b - a));
    expect(new Set(lanes).size).toBe(4);
    const middles = boxes.filter((b) => b.source.kind === 'block').map((b) => b.x + b.width / 2);
    for (const x of middles) expect(x).toBeCloseTo(middles[0]!, 0);
  });

  test('of a feature pyramid the way down and the way back are one straight line', () => {
    // Figure 3 of arXiv 1612.03144: the backbone, then each map enlarged and added to the one at its side.
    const { edges, boxes } = place('fpn');
    const main = [
      'image',
      'body/conv1',
      'body/maxpool',
      'body/layer1',
      'body/layer2',
      'body/layer3',
      'body/layer4',
    ];
    const items = new Map(boxes.map(({ source, item }) => [source.name, item]));
    const signs = boxes.filter(({ source, level }) => source.sign === '+' && level === 0);
    expect(signs).toHaveLength(3);
    const lines = main.slice(1).map((name, i) => {
      const edge = edges.find(({ from, to }) => from === items.get(main[i]!) && to === items.get(name));
      return edge!.route.points.map(({ x }) => x);
    });
    const xs = [...lines.flat(), ...signs.map(({ x, width }) => x + width / 2)];
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(0.5);
  });

  test('what is folded and what is open can be named', () => {
    const chosen = place('inception_v4', { depth: 1, unfold: ['Mixed_6c/Branch_1'] });
    // Opening a block of a later copy shows the copies one by one.
    expect(chosen.boxes.filter(({ source }) => /^Mixed_6[b-h]$/.test(source.name))).toHaveLength(7);
    expect(chosen.boxes.find(({ source }) => source.name === 'Mixed_6c')!.open).toBe(true);
    expect(titles(place('seed_stem', { fold: ['mixed_2'] }))).toContain('mixed_2');
    expect(place('gpt2', { unroll: true }).boxes.filter((b) => /^h\d+$/.test(b.source.name))).toHaveLength(
      12,
    );
  });

  test('shapes beside lines are those of the published listing', () => {
    const { edges } = place('seed_stem', { depth: 1 });
    expect(edges.map(({ label }) => label)).toEqual([
      '299×299×3',
      '149×149×32',
      '147×147×32',
      '147×147×64',
      '73×73×160',
      '71×71×192',
      '35×35×384',
    ]);
  });
});

const drawn = [
  ['seed_stem', {}],
  ['resnet', {}],
  ['resnet', { unroll: true, depth: 9 }],
  ['unet', {}],
  ['gpt2', { unroll: true, depth: 1 }],
  ['inception_v4', {}],
  ['inception_v4', { depth: 2 }],
  ['inception_resnet_v2', {}],
  ['bert', { depth: 9 }],
  ['fpn', {}],
  ['yolov8', {}],
  ['densenet', { depth: 9 }],
  ['text_lstm', {}],
] as const;

describe.each(drawn)('%s %j', (spec, choice: FoldChoice) => {
  const placed = place(spec, choice);
  const { boxes, edges, width, height } = placed;

  test('boxes of one level do not overlap, and stand within the block around them', () => {
    const overlap = (a: PlacedBox, b: PlacedBox) =>
      a.x < b.x + b.width - 0.01 &&
      b.x < a.x + a.width - 0.01 &&
      a.y < b.y + b.height - 0.01 &&
      b.y < a.y + a.height - 0.01;
    const holds = (a: PlacedBox, b: PlacedBox) =>
      a.open &&
      a.x <= b.x &&
      a.y <= b.y &&
      b.x + b.width <= a.x + a.width &&
      b.y + b.height <= a.y + a.height;
    const wrong = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .flatMap((b) => (overlap(a, b) && !holds(a, b) ? [`${a.source.name} and ${b.source.name}`] : [])),
    );
    expect(wrong).toEqual([]);
    for (const b of boxes)
      expect(b.x >= 0 && b.y >= 0 && b.x + b.width <= width && b.y + b.height <= height).toBe(true);
  });

  test('every line begins and ends at its boxes', () => {
    const byItem = new Map(boxes.map((b) => [b.item, b]));
    const isAt = ({ x, y, width, height }: PlacedBox, p: { x: number; y: number }) =>
      p.x >= x - 0.5 && p.x <= x + width + 0.5 && p.y >= y - 0.5 && p.y <= y + height + 0.5;
    const loose = edges.filter(({ from, to, route: { points } }) => {
      const [a, b] = [byItem.get(from), byItem.get(to)];
      return (a !== undefined && !isAt(a, points[0]!)) || (b !== undefined && !isAt(b, points.at(-1)!));
    });
    expect(loose).toEqual([]);
    expect(edges.length).toBeGreaterThan(0);
  });

  test('no line runs over a box that it does not belong to', () => {
    const steps = boxes.filter(({ open }) => !open);
    const inside = ({ x, y, width, height }: PlacedBox, p: Point) =>
      p.x > x + 2 && p.x < x + width - 2 && p.y > y + 2 && p.y < y + height - 2;
    const crossings = edges.flatMap(({ from, to, route }) => {
      const others = steps.filter(({ item }) => item !== from && item !== to);
      const crossed = pointsOn(route).flatMap((p) => others.filter((b) => inside(b, p)));
      return crossed.map(({ source }) => `${from} to ${to} over ${source.name}`);
    });
    expect(crossings).toEqual([]);
  });

  test('texts fit into their boxes', () => {
    const wide = boxes.flatMap(({ source, width, open }) =>
      (open ? source.lines.slice(0, 1) : source.lines).filter(
        ({ text, style }) => textWidth(text, lineSizes[style], style === 'title') > width - 12,
      ),
    );
    expect(wide).toEqual([]);
  });
});

test('the same network is drawn in the same bytes', () => {
  const draw = () => drawSvg(compileSpec('specs/inception_v4.yaml').graph!, {});
  expect(draw()).toBe(draw());
});

test('each theme has its own colours, and auto has both', () => {
  const { graph } = compileSpec('specs/seed_stem.yaml');
  const [light, dark, auto] = (['light', 'dark', 'auto'] as const).map((theme) => drawSvg(graph!, { theme }));
  expect(light).not.toContain('prefers-color-scheme');
  expect(dark).not.toContain('#ffffff');
  expect(auto).toContain('@media (prefers-color-scheme: dark)');
});

test.each([
  ['seed_stem', {}],
  ['inception_v4', { depth: 1 }],
] as const)('the picture of %s in the documentation is the one that is drawn', (spec, choice) => {
  const shown = readText(`docs/pictures/${spec}.svg`);
  expect(drawSvg(compileSpec(`specs/${spec}.yaml`).graph!, choice)).toBe(shown);
});
