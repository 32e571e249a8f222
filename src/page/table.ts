import { escaped } from '../emitters/picture/printSvg.ts';
import type { PageNetwork, PageRow } from '../viewer/pageData.ts';
import { el, itemOf, within } from './dom.ts';

export interface TableActions {
  readonly select: (item: number) => void;
  /** Opens what hides it in the picture. */
  readonly reveal: (item: number) => void;
}

/** The shape table: a row for each step, with bars for what it costs. */
export class Table {
  readonly element = el('div', { class: 'table', tabindex: -1 });
  readonly #actions: TableActions;
  #rows: readonly HTMLTableRowElement[] = [];
  /** Row of each item. */
  #places = new Map<number, number>();
  #ends = new Map<number, number>();

  constructor(actions: TableActions) {
    this.#actions = actions;
    this.element.addEventListener('click', (event) => {
      const item = itemOf(within(event, 'tr[data-item]'));
      if (item !== undefined) actions.select(item);
    });
    this.element.addEventListener('dblclick', (event) => {
      const item = itemOf(within(event, 'tr[data-item]'));
      if (item !== undefined) actions.reveal(item);
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show({ rows, picture }: PageNetwork): void {
    const most = { parameters: 1, macs: 1 };
    for (const row of rows) {
      most.parameters = Math.max(most.parameters, row.parameters);
      most.macs = Math.max(most.macs, row.macsValue);
    }
    // Names and all else that a spec says are escaped in `rowMarkup`.
    this.element.innerHTML = `<table role="grid"><caption class="unseen">Steps with their shapes and costs</caption>
<colgroup><col class="name"><col class="op"><col class="output"><col class="parameters"><col class="macs"></colgroup>
<thead><tr><th scope="col">name</th><th scope="col" class="op">op</th><th scope="col">output</th><th scope="col" class="number parameters">parameters</th><th scope="col" class="number">MACs</th></tr></thead>
<tbody>${rows.map((row) => rowMarkup(row, most)).join('')}</tbody></table>`;
    this.#rows = [...this.element.querySelectorAll<HTMLTableRowElement>('tr[data-item]')];
    this.#places = new Map(rows.map(({ item }, i) => [item, i]));
    this.#ends = new Map(picture.items.map(({ end }, i) => [i, end]));
    this.#rows[0]?.setAttribute('tabindex', '0');
  }

  /** Marks the row of an item, or the rows of all that is inside of it, and brings the first into sight. */
  mark(selected: number | undefined, matches: ReadonlySet<number>): void {
    for (const row of this.#rows) {
      const item = itemOf(row) ?? -1;
      const inside = selected !== undefined && item > selected && item < (this.#ends.get(selected) ?? 0);
      row.classList.toggle('selected', item === selected);
      row.classList.toggle('inside', inside);
      row.classList.toggle('match', matches.has(item));
      row.setAttribute('aria-selected', String(item === selected));
    }
    const first = this.#rows.find(
      (row) => row.classList.contains('selected') || row.classList.contains('inside'),
    );
    if (first === undefined) return;
    for (const row of this.#rows) row.setAttribute('tabindex', row === first ? '0' : '-1');
    first.scrollIntoView({ block: 'nearest' });
  }

  #onKey(event: KeyboardEvent): void {
    const item = itemOf(within(event, 'tr[data-item]'));
    const at = item === undefined ? undefined : this.#places.get(item);
    if (item === undefined || at === undefined) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: this.#rows.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) this.#focus(next);
    else if (event.key === 'Enter') this.#actions.reveal(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #focus(at: number): void {
    const row = this.#rows[Math.max(0, Math.min(this.#rows.length - 1, at))];
    const item = itemOf(row);
    if (row === undefined || item === undefined) return;
    this.#actions.select(item);
    row.focus({ preventScroll: true });
  }
}

function rowMarkup(row: PageRow, most: { readonly parameters: number; readonly macs: number }): string {
  const { item, name, op, output, parameters, macs, macsValue } = row;
  const slash = name.lastIndexOf('/') + 1;
  const short = `<span class="label"><span class="path">${escaped(name.slice(0, slash))}</span><span class="own">${escaped(name.slice(slash))}</span></span>`;
  return `<tr data-item="${item}" tabindex="-1"><th scope="row" title="${escaped(name)}">${short}</th><td class="op" title="${escaped(op)}">${escaped(op)}</td><td class="output" title="${escaped(output)}">${escaped(output)}</td><td class="number parameters">${cost(parameters.toLocaleString('en'), parameters / most.parameters)}</td><td class="number">${cost(macs, macsValue / most.macs)}</td></tr>`;
}

/** A number over a bar; a share that is not nothing is seen. */
function cost(text: string, share: number): string {
  const width = share <= 0 ? 0 : Math.max(1, Math.round(share * 1000) / 10);
  const shown = text.length > 22 ? `${text.slice(0, 21)}…` : text;
  const none = text === '0' ? ' class="none"' : '';
  return `<span title="${escaped(text)}"${none}>${escaped(shown)}</span><svg class="bar" aria-hidden="true"><rect width="${width}%" height="100%"/></svg>`;
}
