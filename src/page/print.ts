import type { Drawing } from './drawing.ts';

/** On paper the whole picture stands above the table, in light colours, however it lies on the stage. */
export function onPrint(stage: HTMLElement, drawing: Drawing, restore: () => void): void {
  let theme: string | undefined;
  const begin = () => {
    if (theme !== undefined) return;
    const { dataset } = document.documentElement;
    theme = dataset.theme ?? 'light';
    dataset.theme = 'light';
    drawing.drawAll();
    const { width, height } = drawing.placed;
    const size = { width: `${width}`, height: `${height}`, viewBox: `0 0 ${width} ${height}` };
    for (const [name, value] of Object.entries(size)) drawing.svg.setAttribute(name, value);
    stage.classList.remove('far', 'farther');
    stage.classList.add('printed');
  };
  const end = () => {
    if (theme === undefined) return;
    document.documentElement.dataset.theme = theme;
    theme = undefined;
    for (const name of ['width', 'height', 'viewBox']) drawing.svg.removeAttribute(name);
    stage.classList.remove('printed');
    restore();
  };
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  window.matchMedia('print').addEventListener('change', ({ matches }) => (matches ? begin() : end()));
}
