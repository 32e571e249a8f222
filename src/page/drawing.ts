import type { Picture } from '../emitters/picture/picture.ts';
import type { PlacedBox, PlacedEdge, PlacedPicture } from '../emitters/picture/placed.ts';
import { placePicture } from '../emitters/picture/placePicture.ts';
import { arrowTip, printBox, printEdge, printLabel, printOpen } from '../emitters/picture/printSvg.ts';
import { itemOf } from './dom.ts';
import type { View } from './stage.ts';
import type { ViewState } from './viewState.ts';

/** Height of the strips that the picture is cut into; those out of sight are not drawn. */
const stripHeight = 1600;

/** Pictures of more boxes are drawn strip by strip, as each comes into sight. */
const mostAtOnce = 800;

interface Strip {
  readonly element: SVGGElement;
  readonly top: number;
  readonly bottom: number;
  readonly markup: () => string;
  shown: boolean;
  filled: boolean;
}

/** The picture on the page. */
export class Drawing {
  readonly svg: SVGSVGElement;
  readonly layer: SVGGElement;
  placed: PlacedPicture = { width: 0, height: 0, boxes: [], edges: [] };
  #boxes = new Map<number, PlacedBox>();
  #strips: Strip[] = [];
  #marked: { readonly selected: number | undefined; readonly matches: ReadonlySet<number> } = {
    selected: undefined,
    matches: new Set(),
  };

  constructor() {
    this.svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    this.svg.setAttribute('class', 'picture');
    this.svg.setAttribute('role', 'presentation');
    this.layer = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    this.svg.append(this.layer);
  }

  /** Lays the picture out anew and draws it. */
  draw(picture: Picture, state: ViewState): void {
    this.placed = placePicture(picture, state);
    const { boxes, edges } = this.placed;
    this.#boxes = new Map(boxes.map((box) => [box.item, box]));
    // As in `fill`.
    this.layer.innerHTML = [
      arrowTip,
      boxes
        .filter(({ open }) => open)
        .map(printOpen)
        .join(''),
      edges.filter(isLong).map(printEdge).join(''),
    ].join('');
    this.#strips = stripsOf(this.placed).map((strip) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      this.layer.append(element);
      return { ...strip, element, shown: true, filled: false };
    });
    if (boxes.length <= mostAtOnce) for (const strip of this.#strips) fill(strip);
  }

  /** Where the picture begins, from the left: the middle of its first box. */
  get middle(): number {
    const first = this.placed.boxes[0];
    return first === undefined ? 0 : first.x + first.width / 2;
  }

  /** Whether every box is in the page, also those that nobody has looked at. */
  get isWhole(): boolean {
    return this.#boxes.size <= mostAtOnce;
  }

  /** Draws all that was out of sight, as paper has it. */
  drawAll(): void {
    for (const strip of this.#strips) {
      if (!strip.filled) fill(strip);
      strip.shown = true;
      strip.element.style.display = '';
    }
  }

  box(item: number | undefined): PlacedBox | undefined {
    return item === undefined ? undefined : this.#boxes.get(item);
  }

  element(item: number | undefined): SVGGElement | undefined {
    if (item === undefined) return undefined;
    return this.layer.querySelector<SVGGElement>(`.box[data-item="${item}"]`) ?? undefined;
  }

  /** Hides the strips that a view does not show. */
  clip({ y, scale }: View, height: number): void {
    const [from, to] = [-y / scale, (height - y) / scale];
    let isNew = false;
    for (const strip of this.#strips) {
      const shown = strip.bottom >= from && strip.top <= to;
      if (shown && !strip.filled) {
        fill(strip);
        isNew = true;
      }
      if (shown === strip.shown) continue;
      strip.shown = shown;
      strip.element.style.display = shown ? '' : 'none';
    }
    if (isNew) this.mark(this.#marked.selected, this.#marked.matches);
  }

  /** Marks the box that is selected and the lines at it, and those that a search found. */
  mark(selected: number | undefined, matches: ReadonlySet<number>): void {
    this.#marked = { selected, matches };
    for (const old of this.layer.querySelectorAll('.selected,.match,.touching'))
      old.classList.remove('selected', 'match', 'touching');
    if (matches.size > 0) {
      for (const box of this.layer.querySelectorAll('.box'))
        if (matches.has(itemOf(box) ?? -1)) box.classList.add('match');
    }
    if (selected === undefined) return;
    this.element(selected)?.classList.add('selected');
    for (const edge of this.layer.querySelectorAll(
      `.edge[data-from="${selected}"],.edge[data-to="${selected}"]`,
    ))
      edge.classList.add('touching');
  }
}

function isLong({ route: { points } }: PlacedEdge): boolean {
  return Math.abs((points.at(-1)?.y ?? 0) - (points[0]?.y ?? 0)) > stripHeight;
}

/** Texts that came from a spec are escaped where they are printed; the picture is markup of our own. */
function fill(strip: Strip): void {
  strip.element.innerHTML = strip.markup();
  strip.filled = true;
}

/** Boxes and short lines, by where they are. */
function stripsOf({
  boxes,
  edges,
  height,
}: PlacedPicture): readonly Pick<Strip, 'top' | 'bottom' | 'markup'>[] {
  const parts: { lines: PlacedEdge[]; boxes: PlacedBox[]; labels: PlacedEdge[] }[] = [];
  const at = (y: number) => {
    const index = Math.max(0, Math.floor(y / stripHeight));
    parts[index] ??= { lines: [], boxes: [], labels: [] };
    return parts[index];
  };
  for (const edge of edges) {
    const y = edge.route.points[0]?.y ?? 0;
    if (edge.route.points.length > 1 && !isLong(edge)) at(y).lines.push(edge);
    if (edge.label !== '') at(y).labels.push(edge);
  }
  for (const box of boxes) if (!box.open) at(box.y).boxes.push(box);
  return [...parts.keys()].flatMap((index) => {
    const part = parts[index];
    if (part === undefined) return [];
    // What begins in a strip may end in the next.
    const [top, bottom] = [index * stripHeight - stripHeight, Math.min(height, (index + 2) * stripHeight)];
    return [{ top, bottom, markup: () => printed(part) }];
  });
}

function printed(part: {
  lines: readonly PlacedEdge[];
  boxes: readonly PlacedBox[];
  labels: readonly PlacedEdge[];
}): string {
  return [...part.lines.map(printEdge), ...part.boxes.map(printBox), ...part.labels.map(printLabel)].join('');
}
