import { el } from './dom.ts';

/** Every key of the page, and what it does: what the help shows is what the keyboard does. */
export interface KeyActions {
  readonly walk: (direction: 'up' | 'down' | 'left' | 'right') => void;
  readonly toggle: () => void;
  readonly toggleCopies: () => void;
  readonly foldAround: () => void;
  readonly foldAll: (fold: boolean) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly overview: () => void;
  readonly search: () => void;
  /** Searches in place of the browser, which sees what is drawn only. False where all is drawn. */
  readonly find: () => boolean;
  readonly next: (step: number) => void;
  readonly clear: () => void;
  readonly help: () => void;
}

interface Key {
  readonly keys: readonly string[];
  readonly says: string;
  readonly does: (actions: KeyActions, key: string) => void;
}

const arrows = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as const;

/** Not a key of its own: browsers search the page with it. */
const findKey = 'Ctrl F';

const table: readonly Key[] = [
  { keys: ['/'], says: 'search', does: (a) => a.search() },
  {
    keys: [findKey],
    says: 'the same, where the picture is too large to be in the page as a whole',
    does: () => undefined,
  },
  { keys: ['n', 'N'], says: 'next found, the one before', does: (a, key) => a.next(key === 'n' ? 1 : -1) },
  { keys: Object.keys(arrows), says: 'walk along the lines', does: (a, key) => walk(a, key) },
  { keys: ['Enter', ' '], says: 'fold or open the block', does: (a) => a.toggle() },
  { keys: ['Backspace', 'f'], says: 'fold the block around', does: (a) => a.foldAround() },
  { keys: ['r'], says: 'show copies one by one', does: (a) => a.toggleCopies() },
  { keys: ['[', ']'], says: 'fold all, open all', does: (a, key) => a.foldAll(key === '[') },
  { keys: ['+', '='], says: 'larger', does: (a) => a.zoom(1.25) },
  { keys: ['-'], says: 'smaller', does: (a) => a.zoom(0.8) },
  { keys: ['0'], says: 'as at the beginning', does: (a) => a.fit() },
  { keys: ['9'], says: 'all of it', does: (a) => a.overview() },
  { keys: ['Escape'], says: 'select nothing', does: (a) => a.clear() },
  { keys: ['?'], says: 'these keys', does: (a) => a.help() },
];

function walk(actions: KeyActions, key: string): void {
  const direction = Object.entries(arrows).find(([name]) => name === key)?.[1];
  if (direction !== undefined) actions.walk(direction);
}

/** Acts on keys that are pressed anywhere but in a field; arrows and Enter only on the picture. */
export function onKeys(stage: HTMLElement, actions: KeyActions): void {
  const onStage = new Set([...Object.keys(arrows), 'Enter', ' ', 'Backspace']);
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement) return;
    if (isFind(event) && actions.find()) event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (onStage.has(event.key) && !(target instanceof Node && stage.contains(target))) return;
    const key = table.find(({ keys }) => keys.includes(event.key));
    if (key === undefined) return;
    event.preventDefault();
    key.does(actions, event.key);
  });
}

function isFind({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key === 'f' && ctrlKey !== metaKey && !altKey && !shiftKey;
}

/** The keys as a list, in a window of its own. */
export function keyHelp(): HTMLDialogElement {
  const shown: Readonly<Record<string, string>> = {
    ' ': 'Space',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  };
  const lines = table.flatMap(({ keys, says }) => [
    el('dt', {}, ...keys.map((key) => el('kbd', {}, shown[key] ?? key))),
    el('dd', {}, says),
  ]);
  const close = el('button', { type: 'submit' }, 'Close');
  return el(
    'dialog',
    { 'aria-label': 'Keys' },
    el('h2', {}, 'Keys'),
    el('dl', {}, ...lines),
    el('form', { method: 'dialog' }, close),
  );
}
