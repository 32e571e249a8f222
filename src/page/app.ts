import { standIns } from '../emitters/picture/shownGraph.ts';
import type { PageData, PageNetwork } from '../viewer/pageData.ts';
import { detailsOf, HoverCard } from './details.ts';
import { DiagnosticList } from './diagnosticList.ts';
import { itemOf, within } from './dom.ts';
import { Drawing } from './drawing.ts';
import { type Frame, frameOf } from './frame.ts';
import { onKeys } from './keys.ts';
import { onPrint } from './print.ts';
import { Search } from './search.ts';
import { Stage } from './stage.ts';
import { Table } from './table.ts';
import {
  blockAround,
  carriedOver,
  firstState,
  foldAll,
  reveal,
  toggle,
  toggleCopies,
  type ViewState,
} from './viewState.ts';
import { neighbour } from './walk.ts';

/** The page: what is selected in one part is selected in all. */
export class App {
  readonly #drawing = new Drawing();
  readonly #table = new Table({ select: (item) => this.select(item), reveal: (item) => this.goTo(item) });
  readonly #diagnostics = new DiagnosticList((item) => this.goTo(item));
  readonly #search = new Search({
    found: (items) => this.#found(items),
    goTo: (item) => this.goTo(item),
    leave: () => this.#frame.stage.focus(),
  });
  readonly #card = new HoverCard();
  readonly #frame: Frame;
  readonly #stage: Stage;
  #network: PageNetwork | undefined;
  #state: ViewState = { folded: new Set(), unrolled: new Set(), selected: undefined };
  #matches: ReadonlySet<number> = new Set();
  #standIn: (item: number) => number = (item) => item;

  constructor(root: HTMLElement) {
    const actions = {
      walk: (direction: Parameters<typeof neighbour>[2]) => this.#walk(direction),
      toggle: () => this.#change((network) => this.#fold(network)),
      toggleCopies: () =>
        this.#change(({ picture }) => this.#selectedBox((at) => toggleCopies(picture, this.#state, at))),
      foldAround: () => this.#foldAround(),
      foldAll: (fold: boolean) => this.#change(({ picture }) => foldAll(picture, this.#state, fold)),
      zoom: (factor: number) => this.#stage.zoom(factor),
      fit: () => this.#stage.fit(this.#drawing.placed, this.#drawing.middle),
      overview: () => this.#stage.overview(this.#drawing.placed.width, this.#drawing.placed.height),
      search: () => this.#search.input.focus(),
      find: () => !this.#drawing.isWhole && this.#search.takeOver(),
      next: (step: number) => this.#search.next(step),
      clear: () => this.select(undefined),
      help: () => this.#frame.help.showModal(),
    };
    const parts = {
      search: this.#search.element,
      table: this.#table.element,
      diagnostics: this.#diagnostics.element,
    };
    this.#frame = frameOf({ ...parts, svg: this.#drawing.svg, card: this.#card.element, actions });
    root.append(this.#frame.element);
    this.#stage = new Stage(this.#frame.stage, this.#drawing.layer, (view) =>
      this.#drawing.clip(view, this.#frame.stage.clientHeight),
    );
    this.#listen();
    onKeys(this.#frame.stage, actions);
    onPrint(this.#frame.stage, this.#drawing, () => this.#stage.show(this.#stage.view));
  }

  /** Shows a network in place of the one before, with the same view of it; errors beside the one before. */
  show({ network, diagnostics, source }: PageData): void {
    const before = this.#network;
    this.#diagnostics.show(diagnostics, network === undefined && before !== undefined);
    if (network === undefined) {
      if (before === undefined) this.#frame.name(source, ['it has errors']);
      return;
    }
    this.#state = before === undefined ? firstState(network) : carriedOver(before, this.#state, network);
    this.#network = network;
    this.#frame.name(network.picture.title, network.totals, network.about);
    this.#redraw(network);
    if (before === undefined) this.#stage.fit(this.#drawing.placed, this.#drawing.middle);
    else this.#stage.show(this.#stage.view);
    // The picture is there at once; a long table follows.
    requestAnimationFrame(() =>
      setTimeout(() => {
        document.documentElement.dataset.drawn = '';
        setTimeout(() => this.#fillTable(network));
      }),
    );
  }

  #fillTable(network: PageNetwork): void {
    this.#table.show(network);
    this.#search.over(network);
    document.documentElement.dataset.ready = '';
  }

  set lost(isLost: boolean) {
    this.#frame.element.classList.toggle('lost', isLost);
  }

  /** Selects an item everywhere. */
  select(item: number | undefined): void {
    this.#state.selected = item;
    this.#mark();
    const box = this.#drawing.box(this.#shownAs(item));
    if (box !== undefined) this.#stage.bring(box);
  }

  /** Selects an item, and opens whatever hides it. */
  goTo(item: number): void {
    if (this.#network === undefined) return;
    if (this.#shownAs(item) !== item) {
      reveal(this.#network.picture, this.#state, item);
      this.#redraw(this.#network);
    }
    this.select(item);
  }

  #found(items: readonly number[]): void {
    this.#matches = new Set(items);
    this.#mark();
  }

  #mark(): void {
    const { selected } = this.#state;
    const shown = this.#shownAs(selected);
    this.#drawing.mark(shown, this.#matches);
    this.#table.mark(selected, this.#matches);
    const details =
      selected === undefined || this.#network === undefined ? [] : detailsOf(this.#network, selected);
    const box = shown === undefined ? undefined : this.#drawing.element(shown);
    this.#frame.tell(details, box, this.#stateOf(shown));
  }

  /** Whether a block is open, for those who hear it. */
  #stateOf(item: number | undefined): string {
    if (item === undefined || this.#network?.picture.items[item]?.kind !== 'block') return '';
    return this.#state.folded.has(item) ? 'folded block' : 'open block';
  }

  #redraw({ picture }: PageNetwork): void {
    this.#drawing.draw(picture, this.#state);
    this.#standIn = standIns(picture, this.#state);
  }

  /** The box that stands for an item: itself, or the folded block or the copy that hides it. */
  #shownAs(item: number | undefined): number | undefined {
    return item === undefined ? undefined : this.#standIn(item);
  }

  #selectedBox(act: (item: number) => void): void {
    const at = this.#shownAs(this.#state.selected);
    if (at !== undefined) act(at);
  }

  /** Changes what is open, and keeps the selected box, or the middle of the stage, where it was. */
  #change(act: (network: PageNetwork) => void): void {
    if (this.#network === undefined) return;
    const before = this.#drawing.box(this.#shownAs(this.#state.selected));
    act(this.#network);
    this.#redraw(this.#network);
    const after = this.#drawing.box(this.#shownAs(this.#state.selected));
    const { x, y, scale } = this.#stage.view;
    const shift =
      before === undefined || after === undefined
        ? { x: 0, y: 0 }
        : { x: before.x - after.x + (before.width - after.width) / 2, y: before.y - after.y };
    this.#stage.show({ x: x + shift.x * scale, y: y + shift.y * scale, scale });
    this.#mark();
  }

  #fold({ picture }: PageNetwork): void {
    this.#selectedBox((at) => {
      this.#state.selected = at;
      toggle(picture, this.#state, at);
    });
  }

  #foldAround(): void {
    this.#change(({ picture }) =>
      this.#selectedBox((at) => {
        const block = blockAround(picture, at);
        if (block === undefined) return;
        this.#state.folded.add(block);
        this.#state.selected = block;
      }),
    );
  }

  #walk(direction: Parameters<typeof neighbour>[2]): void {
    const next = neighbour(this.#drawing.placed, this.#shownAs(this.#state.selected) ?? -1, direction);
    if (next !== undefined) this.select(next);
  }

  #listen(): void {
    const { stage } = this.#frame;
    stage.addEventListener('click', (event) => {
      if (this.#stage.wasDragged) return;
      const box = within<SVGGElement>(event, '.box');
      const item = itemOf(box);
      this.select(item);
      if (within(event, '.mark') !== undefined) this.#change((network) => this.#fold(network));
      else if (within(event, '.badge') !== undefined)
        this.#change(({ picture }) => this.#selectedBox((at) => toggleCopies(picture, this.#state, at)));
    });
    stage.addEventListener('dblclick', (event) => {
      if (within(event, '.box') !== undefined) this.#change((network) => this.#fold(network));
    });
    stage.addEventListener('pointermove', (event) => {
      const item = event.buttons === 0 ? itemOf(within(event, '.box')) : undefined;
      const network = this.#network;
      this.#card.over(item, { x: event.clientX, y: event.clientY }, () =>
        item === undefined || network === undefined ? [] : detailsOf(network, item),
      );
    });
    stage.addEventListener('pointerleave', () => this.#card.over(undefined, { x: 0, y: 0 }, () => []));
  }
}
