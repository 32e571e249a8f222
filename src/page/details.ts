import type { NodeFacts, PageNetwork } from '../viewer/pageData.ts';
import { el } from './dom.ts';

/** What there is to say of an item: its attributes, each with its value and where that came from. */
export function detailsOf({ picture, facts, texts, rows }: PageNetwork, item: number): readonly Node[] {
  const shown = picture.items[item];
  if (shown === undefined) return [];
  const row = rows.find((r) => r.item === item);
  const said = facts[item] ?? [];
  const lines = row === undefined ? insideWords(rows, item, shown.end) : `${row.op} → ${row.output}`;
  return [el('h3', {}, shown.name), el('p', {}, lines), ...said.map((node) => nodeFacts(node, texts))];
}

function insideWords(rows: PageNetwork['rows'], item: number, end: number): string {
  const inside = rows.filter((row) => row.item > item && row.item < end);
  const parameters = inside.reduce((sum, row) => sum + row.parameters, 0);
  return inside.length === 0 ? '' : `${inside.length} steps, ${parameters.toLocaleString('en')} parameters`;
}

function nodeFacts({ op, place, attributes }: NodeFacts, texts: readonly string[]): HTMLElement {
  const triples = Array.from({ length: attributes.length / 3 }, (_, i) =>
    attributes.slice(3 * i, 3 * i + 3).map((at) => texts[at] ?? ''),
  );
  const lines = triples.map(([name = '', value = '', origin = '']) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, name),
      el('td', {}, value),
      el('td', { class: 'origin' }, origin),
    ),
  );
  const head = el('p', { class: 'node' }, el('b', {}, op), ' ', el('span', { class: 'origin' }, place));
  return el('section', {}, head, el('table', { class: 'facts' }, el('tbody', {}, ...lines)));
}

/** A card beside the pointer. */
export class HoverCard {
  readonly element = el('div', { class: 'card', role: 'tooltip', id: 'card', hidden: true });
  #waiting = 0;
  #item: number | undefined;

  /** Shows what there is to say of an item when the pointer rests on it. */
  over(
    item: number | undefined,
    at: { readonly x: number; readonly y: number },
    content: () => readonly Node[],
  ): void {
    if (item === this.#item) return;
    this.#item = item;
    window.clearTimeout(this.#waiting);
    this.element.hidden = true;
    if (item === undefined) return;
    this.#waiting = window.setTimeout(() => this.#show(at, content()), 300);
  }

  #show({ x, y }: { readonly x: number; readonly y: number }, content: readonly Node[]): void {
    if (content.length === 0) return;
    this.element.replaceChildren(...content);
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(4, Math.min(x + 14, window.innerWidth - width - 8))}px`;
    this.element.style.top = `${Math.max(4, Math.min(y + 14, window.innerHeight - height - 8))}px`;
  }
}
