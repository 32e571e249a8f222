import type { NodeFacts, PageNetwork } from '../viewer/pageData.ts';
import { el } from './dom.ts';

/** What there is to say of an item: its attributes, each with its value and where that came from. */
export function detailsOf(network: PageNetwork, item: number): readonly Node[] {
  const { picture, facts, rows } = network;
  const shown = picture.items[item];
  if (shown === undefined) return [];
  const row = rows.find((r) => r.item === item);
  const said = facts[item] ?? [];
  const lines = row === undefined ? insideWords(rows, item, shown.end) : `${row.op} → ${row.output}`;
  return [el('h3', {}, shown.name), el('p', {}, lines), ...said.map((node) => nodeFacts(node, network))];
}

function insideWords(rows: PageNetwork['rows'], item: number, end: number): string {
  const inside = rows.filter((row) => row.item > item && row.item < end);
  const parameters = inside.reduce((sum, row) => sum + row.parameters, 0);
  return inside.length === 0 ? '' : `${inside.length} steps, ${parameters.toLocaleString('en')} parameters`;
}

function nodeFacts(node: NodeFacts, { texts, links }: PageNetwork): HTMLElement {
  const { name, op, place, attributes, remarks, axes = [] } = node;
  const lines = grouped(attributes, 3, texts).map(([name = '', value = '', origin = '']) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, name),
      el('td', {}, value),
      el('td', { class: 'origin' }, origin),
    ),
  );
  const head = el(
    'p',
    { class: 'node' },
    el('b', {}, op),
    ` ${name} `,
    el('span', { class: 'origin' }, place),
  );
  const chains = axes.flatMap((end, axis) => {
    const chain = chainOf(end, { texts, links });
    return chain.length < 2 ? [] : [[`axis ${axis}`, chain.join(' → ')]];
  });
  const more = [...grouped(remarks, 2, texts), ...chains].map(([what = '', words = '']) =>
    el('tr', {}, el('th', { scope: 'row' }, what), el('td', { colspan: 2 }, words)),
  );
  return el('section', {}, head, el('table', { class: 'facts' }, el('tbody', {}, ...lines, ...more)));
}

function grouped(
  all: readonly number[],
  size: number,
  texts: readonly string[],
): readonly (readonly string[])[] {
  return Array.from({ length: all.length / size }, (_, i) =>
    all.slice(size * i, size * (i + 1)).map((at) => texts[at] ?? ''),
  );
}

/** Of longer chains only the end is shown, beside the first link. */
const longestChain = 12;

/** The links that lead to a size, from the input on. */
function chainOf(end: number, { texts, links }: Pick<PageNetwork, 'texts' | 'links'>): readonly string[] {
  const chain: string[] = [];
  for (let at = end; at >= 0; at = links[2 * at + 1] ?? -1) chain.push(texts[links[2 * at] ?? -1] ?? '');
  chain.reverse();
  const omitted = chain.length - longestChain;
  return omitted <= 1 ? chain : [...chain.slice(0, 1), `… ${omitted} more`, ...chain.slice(omitted + 1)];
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
