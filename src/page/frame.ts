import { button, el } from './dom.ts';
import { type KeyActions, keyHelp } from './keys.ts';
import { followPreference } from './theme.ts';

/** The parts of the page that others fill. */
export interface Frame {
  readonly element: HTMLElement;
  readonly stage: HTMLElement;
  readonly help: HTMLDialogElement;
  /** Writes the name of the network and its figures, and where it comes from. */
  readonly name: (title: string, figures: readonly string[], about?: readonly string[]) => void;
  /** Says what there is to say of what is selected, also to those who do not see it. */
  readonly tell: (details: readonly Node[], box: SVGGElement | undefined, state: string) => void;
}

interface Parts {
  readonly svg: SVGSVGElement;
  readonly search: HTMLElement;
  readonly table: HTMLElement;
  readonly diagnostics: HTMLElement;
  readonly card: HTMLElement;
  readonly actions: KeyActions;
}

/** Puts the parts of the page in their places. */
export function frameOf({ svg, search, table, diagnostics, card, actions }: Parts): Frame {
  const title = el('h1', {});
  const figures = el('p', { class: 'figures' });
  const lost = el('p', { class: 'lost-note', role: 'status' }, 'the server is gone');
  const header = el('header', {}, el('div', { class: 'name' }, title, figures), lost, search, tools(actions));
  const stage = el('div', {
    class: 'stage',
    tabindex: 0,
    role: 'application',
    'aria-label':
      'Picture of the network. Arrow keys walk along the lines, Enter folds and opens blocks, ? shows all keys.',
  });
  stage.append(svg);
  let about: readonly string[] = [];
  const details = el('section', { class: 'details', 'aria-label': 'What is selected', tabindex: 0 });
  const announcer = el('p', { class: 'unseen', 'aria-live': 'polite' });
  const side = el('aside', { 'aria-label': 'Steps' }, diagnostics, table, details);
  const help = keyHelp();
  const element = el('div', { class: 'page' }, header, el('main', {}, stage, side), announcer, card, help);
  return {
    element,
    stage,
    help,
    name: (name, all, said = []) => {
      about = said;
      title.textContent = name;
      document.title = name;
      figures.textContent = all.join(' · ');
    },
    tell: (nodes, box, state) => {
      details.replaceChildren(
        ...(nodes.length > 0 ? nodes : [hint(), ...about.map((line) => el('p', {}, line))]),
      );
      const words = nodes.slice(0, 2).map((node) => node.textContent ?? '');
      announcer.textContent = [...words, state].filter((word) => word !== '').join(', ');
      if (box === undefined) stage.removeAttribute('aria-activedescendant');
      else stage.setAttribute('aria-activedescendant', box.id);
    },
  };
}

function tools(actions: KeyActions): HTMLElement {
  const switchTheme = followPreference();
  return el(
    'div',
    { class: 'tools', role: 'toolbar', 'aria-label': 'View' },
    button('−', 'Smaller (-)', () => actions.zoom(0.8)),
    button('+', 'Larger (+)', () => actions.zoom(1.25)),
    button('⤢', 'As at the beginning (0)', actions.fit),
    button('⊟', 'Fold all blocks ([)', () => actions.foldAll(true)),
    button('⊞', 'Open all blocks (])', () => actions.foldAll(false)),
    button('◐', 'Light or dark', switchTheme),
    button('?', 'Keys (?)', actions.help),
  );
}

function hint(): HTMLElement {
  return el('p', { class: 'hint' }, 'Select a box or a row to see its attributes, and where each came from.');
}
