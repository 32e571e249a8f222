import type { PageData } from '../viewer/pageData.ts';
import { App } from './app.ts';
import { listen } from './live.ts';

/** Draws the network that the page holds, and what the server sends after it. */
function start(): void {
  const [root, text] = [document.getElementById('app'), document.getElementById('data')?.textContent];
  if (root === null || text === undefined || text === null) throw new Error('the page holds no data');
  const app = new App(root);
  app.show(JSON.parse(text) as PageData); // `printPage` wrote it.
  if (document.documentElement.dataset.live === undefined) return;
  listen(
    (data) => app.show(data),
    (isLost) => {
      app.lost = isLost;
    },
  );
}

start();
