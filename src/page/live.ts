import type { PageData } from '../viewer/pageData.ts';

/** Asks the server for the network again each time it says that the text was saved. */
export function listen(changed: (data: PageData) => void, lost: (isLost: boolean) => void): void {
  const events = new EventSource('/events');
  const reload = async () => {
    const answer = await fetch('/data.json', { cache: 'no-store' });
    if (answer.ok) changed((await answer.json()) as PageData); // The server sends what it puts into the page.
  };
  events.addEventListener('changed', () => void reload());
  events.addEventListener('open', () => lost(false));
  events.addEventListener('error', () => lost(true));
}
