import type { PageNetwork } from '../viewer/pageData.ts';
import { button, el } from './dom.ts';

export interface SearchActions {
  /** Told what was found; the first is to be shown. */
  readonly found: (items: readonly number[]) => void;
  /** Leads to one of the items that were found. */
  readonly goTo: (item: number) => void;
  /** Leaves the field. */
  readonly leave: () => void;
}

/** The field that looks for names, ops and shapes: Enter leads to the next, Escape empties it. */
export class Search {
  readonly element: HTMLElement;
  readonly input = el('input', {
    type: 'search',
    placeholder: 'Search  ( / )',
    'aria-label': 'Search for names, ops and shapes',
    spellcheck: 'false',
  });
  readonly #count = el('span', { class: 'count', 'aria-live': 'polite' });
  readonly #actions: SearchActions;
  #network: PageNetwork | undefined;
  #found: readonly number[] = [];
  #at = -1;

  constructor(actions: SearchActions) {
    this.#actions = actions;
    const next = button('↓', 'Next that was found (Enter)', () => this.next(1));
    this.element = el('div', { class: 'search', role: 'search' }, this.input, this.#count, next);
    this.input.addEventListener('input', () => this.#look());
    this.input.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Looks through another network for the same. */
  over(network: PageNetwork): void {
    this.#network = network;
    this.#look();
  }

  /** Takes the place of the browser's search; a second time, in the field, the browser's is reached. */
  takeOver(): boolean {
    this.input.focus();
    this.input.select();
    if (this.input.value === '') this.#count.textContent = 'finds all boxes; Ctrl F again: the page only';
    return true;
  }

  clear(): void {
    this.input.value = '';
    this.#look();
  }

  next(step: number): void {
    if (this.#found.length === 0) return;
    this.#at = (this.#at + step + this.#found.length) % this.#found.length;
    this.#say();
    const item = this.#found[this.#at];
    if (item !== undefined) this.#actions.goTo(item);
  }

  #look(): void {
    this.#found = this.#network === undefined ? [] : matching(this.#network, this.input.value);
    this.#at = -1;
    this.#say();
    this.#actions.found(this.#found);
  }

  #say(): void {
    const all = this.#found.length;
    const asked = this.input.value.trim() !== '';
    this.#count.textContent = asked ? (this.#at < 0 ? `${all} found` : `${this.#at + 1} of ${all}`) : '';
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.next(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      this.clear();
      this.#actions.leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Steps, and blocks that have a box, in which every word of the query occurs. */
export function matching({ rows, picture }: PageNetwork, query: string): readonly number[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const has = (text: string) => words.every((word) => text.includes(word));
  const steps = rows.filter(({ name, op, output }) => has(`${name} ${op} ${output}`.toLowerCase()));
  const blocks = picture.items.flatMap(({ kind, name, clear }, i) =>
    kind === 'block' && clear !== true && has(name.toLowerCase()) ? [i] : [],
  );
  return [...steps.map(({ item }) => item), ...blocks].sort((a, b) => a - b);
}
