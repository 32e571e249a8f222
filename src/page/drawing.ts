import type { Picture } from '../emitters/picture/picture.ts';
import type { PlacedBox, PlacedEdge, PlacedPicture } from '../emitters/picture/placed.ts';
import { placePicture } from '../emitters/picture/placePicture.ts';
import { arrowTip, printBox, printEdge, printLabel, printOpen } from '../emitters/picture/printSvg.ts';
import type { View } from './stage.ts';
import type { ViewState } from './viewState.ts';

/** Height of the strips that the picture is cut into; those out of sight are not drawn. */
const stripHeight = 1600;

/** The picture on the page. */
export class Drawing {
  readonly svg: SVGSVGElement;
  readonly layer: SVGGElement;
  placed: PlacedPicture = { width: 0, height: 0, boxes: [], edges: [] };
  #boxes = new Map<number, PlacedBox>();
  #strips: {
    readonly element: SVGGElement;
    readonly top: number;
    readonly bottom: number;
    shown: boolean;
  }[] = [];

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
    // Texts that came from a spec are escaped where they are printed; the picture is markup of our own.
    this.layer.innerHTML = [
      arrowTip,
      boxes
        .filter(({ open }) => open)
        .map(printOpen)
        .join(''),
      edges.filter(isLong).map(printEdge).join(''),
      ...strips(this.placed),
    ].join('');
    this.#strips = [...this.layer.querySelectorAll<SVGGElement>('.strip')].map((element) => {
      const [top, bottom] = [Number(element.dataset.top), Number(element.dataset.bottom)];
      return { element, top, bottom, shown: true };
    });
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
    for (const strip of this.#strips) {
      const shown = strip.bottom >= from && strip.top <= to;
      if (shown === strip.shown) continue;
      strip.shown = shown;
      strip.element.style.display = shown ? '' : 'none';
    }
  }

  /** Marks the box that is selected and the lines at it, and those that a search found. */
  mark(selected: number | undefined, matches: ReadonlySet<number>): void {
    for (const old of this.layer.querySelectorAll('.selected,.match,.touching'))
      old.classList.remove('selected', 'match', 'touching');
    for (const item of matches) this.element(item)?.classList.add('match');
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

/** Boxes and short lines, by where they are. */
function strips({ boxes, edges, height }: PlacedPicture): readonly string[] {
  const parts: { lines: string[]; boxes: string[]; labels: string[] }[] = [];
  const at = (y: number) => {
    const index = Math.max(0, Math.floor(y / stripHeight));
    parts[index] ??= { lines: [], boxes: [], labels: [] };
    return parts[index];
  };
  for (const edge of edges) {
    const y = edge.route.points[0]?.y ?? 0;
    if (edge.route.points.length > 1 && !isLong(edge)) at(y).lines.push(printEdge(edge));
    if (edge.label !== '') at(y).labels.push(printLabel(edge));
  }
  for (const box of boxes) if (!box.open) at(box.y).boxes.push(printBox(box));
  return [...parts.keys()].flatMap((index) => {
    const part = parts[index];
    if (part === undefined) return [];
    // What begins in a strip may end in the next.
    const [top, bottom] = [index * stripHeight - stripHeight, Math.min(height, (index + 2) * stripHeight)];
    const inside = [...part.lines, ...part.boxes, ...part.labels].join('');
    return [`<g class="strip" data-top="${top}" data-bottom="${bottom}">${inside}</g>`];
  });
}
