type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children; texts become text, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** A button that says what it does, also to those who do not see it. */
export function button(label: string, says: string, act: () => void): HTMLButtonElement {
  const made = el('button', { type: 'button', 'aria-label': says, title: says }, label);
  made.addEventListener('click', act);
  return made;
}

/** The element of a kind that an event happened in. */
export function within<E extends Element>(event: Event, selector: string): E | undefined {
  return event.target instanceof Element ? (event.target.closest<E>(selector) ?? undefined) : undefined;
}

/** The item that an element stands for. */
export function itemOf(element: Element | undefined): number | undefined {
  const item = element?.getAttribute('data-item');
  return item === null || item === undefined ? undefined : Number(item);
}
