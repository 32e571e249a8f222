import type { PlacedBox } from '../emitters/picture/placed.ts';

/** Where the picture lies on the stage, and how large it is. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const smallest = 0.02;
const largest = 4;

/** Below these scales details, and then all texts, are too small to read, and are not drawn. */
const detailScale = 0.45;
const textScale = 0.22;

/** Titles are read without effort at this scale. */
const readableScale = 0.62;

/** Moves and scales the picture: by wheel, by one finger or two, by mouse, and by what else asks. */
export class Stage {
  readonly element: HTMLElement;
  readonly #layer: SVGGElement;
  readonly #moved: (view: View) => void;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #view: View = { x: 0, y: 0, scale: 1 };
  #frame = 0;
  /** How far the pointer has gone since it was pressed: a click goes nowhere. */
  #dragged = 0;

  constructor(element: HTMLElement, layer: SVGGElement, moved: (view: View) => void) {
    this.element = element;
    this.#layer = layer;
    this.#moved = moved;
    element.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    element.addEventListener('pointerdown', (event) => this.#onDown(event));
    element.addEventListener('pointermove', (event) => this.#onMove(event));
    for (const name of ['pointerup', 'pointercancel'] as const)
      element.addEventListener(name, (event) => this.#pointers.delete(event.pointerId));
  }

  get view(): View {
    return this.#view;
  }

  get wasDragged(): boolean {
    return this.#dragged > 4;
  }

  show(view: View): void {
    this.#view = view;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#apply();
    });
  }

  #apply(): void {
    const { x, y, scale } = this.#view;
    this.#layer.setAttribute(
      'transform',
      `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`,
    );
    this.element.classList.toggle('far', scale < detailScale);
    this.element.classList.toggle('farther', scale < textScale);
    this.#moved(this.#view);
  }

  /**
   * The whole picture, as large as it fits; one that is long is shown from the top at a size that can be read, and of one
   * that is wide what is around `middle`, where it begins.
   */
  fit({ width, height }: { readonly width: number; readonly height: number }, middle: number): void {
    const { clientWidth, clientHeight } = this.element;
    const across = Math.min(1.25, clientWidth / width);
    const whole = Math.min(across, clientHeight / height);
    const scale = Math.max(whole, Math.min(across, 0.9), readableScale);
    const y = height * scale <= clientHeight ? (clientHeight - height * scale) / 2 : 0;
    const x = clientWidth / 2 - (width * scale > clientWidth ? middle : width / 2) * scale;
    this.show({ x, y, scale });
  }

  /** All of it at once, however small. */
  overview(width: number, height: number): void {
    const { clientWidth, clientHeight } = this.element;
    const scale = Math.max(smallest, Math.min(1.25, clientWidth / width, clientHeight / height));
    this.show({ x: (clientWidth - width * scale) / 2, y: (clientHeight - height * scale) / 2, scale });
  }

  /** Larger or smaller around a point of the stage, its middle where none is given. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { clientWidth, clientHeight } = this.element;
    const { x = clientWidth / 2, y = clientHeight / 2 } = at ?? {};
    const scale = Math.max(smallest, Math.min(largest, this.#view.scale * factor));
    const ratio = scale / this.#view.scale;
    this.show({ x: x - (x - this.#view.x) * ratio, y: y - (y - this.#view.y) * ratio, scale });
  }

  /** Moves the picture as little as is needed for a box to be seen; one that is too small to read is made larger. */
  bring({ x, y, width, height }: PlacedBox): void {
    const { clientWidth, clientHeight } = this.element;
    const scale = Math.max(this.#view.scale, detailScale);
    const shift = (from: number, size: number, offset: number, room: number) => {
      const [start, end] = [offset + from * scale, offset + (from + size) * scale];
      const edge = Math.min(60, room / 6);
      if (size * scale > room - 2 * edge) return start > edge || end < edge ? edge - from * scale : offset;
      if (start < edge) return edge - from * scale;
      return end > room - edge ? room - edge - (from + size) * scale : offset;
    };
    const kept = scale === this.#view.scale;
    const x0 = kept ? this.#view.x : clientWidth / 2 - (x + width / 2) * scale;
    const y0 = kept ? this.#view.y : clientHeight / 2 - (y + height / 2) * scale;
    this.show({ x: shift(x, width, x0, clientWidth), y: shift(y, height, y0, clientHeight), scale });
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    const { left, top } = this.element.getBoundingClientRect();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.shiftKey) {
      const { x, y, scale } = this.#view;
      this.show({ x: x - (event.deltaX + event.deltaY) * unit, y, scale });
      return;
    }
    this.zoom(Math.exp(-event.deltaY * unit * 0.0016), { x: event.clientX - left, y: event.clientY - top });
  }

  #onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.#pointers.size === 1) this.#dragged = 0;
  }

  #onMove(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    this.#pointers.set(event.pointerId, now);
    this.#dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (!this.wasDragged) return;
    if (!this.element.hasPointerCapture(event.pointerId)) this.element.setPointerCapture(event.pointerId);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) this.#pinch(before, now, other);
    else this.show({ ...this.#view, x: this.#view.x + now.x - before.x, y: this.#view.y + now.y - before.y });
  }

  #pinch(
    before: { x: number; y: number },
    now: { x: number; y: number },
    other: { x: number; y: number },
  ): void {
    const { left, top } = this.element.getBoundingClientRect();
    const spread = (p: { x: number; y: number }) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
    const middle = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
    this.zoom(spread(now) / spread(before), middle);
  }
}
