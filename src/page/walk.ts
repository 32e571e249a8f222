import type { PlacedBox, PlacedPicture } from '../emitters/picture/placed.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The box that an arrow key leads to: along a line up or down, to the side among boxes of the same height. */
export function neighbour(placed: PlacedPicture, from: number, direction: Direction): number | undefined {
  const here = placed.boxes.find(({ item }) => item === from);
  if (here === undefined) return placed.boxes[0]?.item;
  const reached =
    direction === 'up' || direction === 'down' ? along(placed, here, direction) : beside(placed, here);
  const wanted = direction === 'left' ? -1 : 1;
  const sided =
    direction === 'left' || direction === 'right'
      ? reached.filter((b) => Math.sign(middle(b) - middle(here)) === wanted)
      : reached;
  return nearest(sided, here)?.item;
}

/** Boxes that lines lead to from a box, or from the block that ends with it; else whatever stands next. */
function along(
  { boxes, edges }: PlacedPicture,
  here: PlacedBox,
  direction: 'up' | 'down',
): readonly PlacedBox[] {
  const down = direction === 'down';
  const leaf = boxes.filter(({ open }) => !open);
  const items = new Set(
    edges.flatMap(({ from, to }) =>
      down ? (from === here.item ? [to] : []) : to === here.item ? [from] : [],
    ),
  );
  const direct = boxes.filter(({ item }) => items.has(item));
  if (direct.length > 0) return direct.flatMap((box) => (box.open ? ends(leaf, box, down) : [box]));
  const beyond = leaf.filter(
    (b) => b.item !== here.item && (down ? b.y > here.y + here.height - 1 : b.y + b.height < here.y + 1),
  );
  const edge = beyond.map((b) => (down ? b.y : -(b.y + b.height)));
  const closest = Math.min(...edge);
  return beyond.filter((_, i) => (edge[i] ?? 0) - closest < 12);
}

/** The boxes at the upper or lower end of an open block. */
function ends(leaf: readonly PlacedBox[], block: PlacedBox, upper: boolean): readonly PlacedBox[] {
  const inside = leaf.filter(
    (b) =>
      b.x >= block.x &&
      b.y >= block.y &&
      b.x + b.width <= block.x + block.width &&
      b.y + b.height <= block.y + block.height,
  );
  const edge = upper ? Math.min(...inside.map((b) => b.y)) : Math.max(...inside.map((b) => b.y + b.height));
  return inside.filter((b) => Math.abs((upper ? b.y : b.y + b.height) - edge) < 12);
}

function beside({ boxes }: PlacedPicture, here: PlacedBox): readonly PlacedBox[] {
  return boxes.filter(
    (b) => !b.open && b.item !== here.item && b.y < here.y + here.height && here.y < b.y + b.height,
  );
}

function nearest(boxes: readonly PlacedBox[], here: PlacedBox): PlacedBox | undefined {
  const distance = (b: PlacedBox) => Math.abs(middle(b) - middle(here)) + Math.abs(b.y - here.y) / 4;
  return boxes.reduce<PlacedBox | undefined>(
    (best, b) => (best === undefined || distance(b) < distance(best) ? b : best),
    undefined,
  );
}

function middle({ x, width }: PlacedBox): number {
  return x + width / 2;
}
