import type { PageDiagnostic } from '../viewer/pageData.ts';
import { el } from './dom.ts';

/** What the compiler has to say, each a button that leads to what it is about. */
export class DiagnosticList {
  readonly element = el('section', { class: 'diagnostics', 'aria-label': 'Diagnostics', hidden: true });
  readonly #goTo: (item: number) => void;

  constructor(goTo: (item: number) => void) {
    this.#goTo = goTo;
  }

  show(diagnostics: readonly PageDiagnostic[], isStale: boolean): void {
    this.element.hidden = diagnostics.length === 0;
    const stale = isStale
      ? [el('p', { class: 'stale' }, 'The picture is of the text before these errors.')]
      : [];
    const count = diagnostics.length === 1 ? '1 diagnostic' : `${diagnostics.length} diagnostics`;
    this.element.replaceChildren(
      el('h2', {}, count),
      ...stale,
      el('ul', {}, ...diagnostics.map((d) => this.#entry(d))),
    );
  }

  #entry({ severity, code, message, place, help, notes, items }: PageDiagnostic): HTMLElement {
    const [first] = items;
    const text = [
      el('b', { class: severity }, `${severity} ${code}`),
      ` ${message} `,
      el('span', { class: 'origin' }, place),
    ];
    const head = first === undefined ? el('p', {}, ...text) : el('button', { type: 'button' }, ...text);
    if (first !== undefined) head.addEventListener('click', () => this.#goTo(first));
    const more = [...notes, ...(help === '' ? [] : [`help: ${help}`])].map((line) =>
      el('p', { class: 'note' }, line),
    );
    return el('li', {}, head, ...more);
  }
}
