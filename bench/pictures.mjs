// How soon the pages of `view` are drawn, and how they move: Inception-v4, GPT-2 and networks of 5,000 steps, in headless
// Chromium (CHROMIUM_PATH, or the first argument; else /usr/bin/chromium). Build first. For each page it prints the
// kilobytes, the milliseconds from the start of the navigation to the first frame with the picture and to the table, the
// boxes, and the milliseconds between frames while the picture is moved and scaled.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inception-cli-pictures-'));
const steps = 5000;

/** A network of 5,000 steps without a block: nothing can be folded. */
function network(name, stepOf) {
  const head = `inception: 1\nname: ${name}\ninputs: { x: { shape: [N, 8, 8, 16], range: [0, 1] } }\nnetwork:\n`;
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, head + Array.from({ length: steps }, (_, i) => stepOf(i)).join(''));
  return path;
}

const chain = network('chain', (i) => `  - relu:\n    name: r${i}\n`);
const residuals = network('residuals', (i) =>
  i % 4 === 2
    ? `  - add: [_, ${i < 4 ? 'x' : `s${i - 3}`}]\n    name: s${i}\n`
    : `  - relu:\n    name: s${i}\n`,
);
/** Each step adds two of the twenty before it. */
const tangle = network('tangle', (i) => {
  if (i < 2) return `  - relu:\n    name: s${i}\n`;
  const [a, b] = [i - 1 - ((i * 7919) % Math.min(i, 4)), i - 1 - ((i * 104729) % Math.min(i, 20))];
  return a === b
    ? `  - relu:\n    from: s${a}\n    name: s${i}\n`
    : `  - add: [s${a}, s${b}]\n    name: s${i}\n`;
});

const specs = ['specs/inception_v4.yaml', 'specs/gpt2.yaml', chain, residuals, tangle];
const executablePath = process.argv[2] ?? process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** Milliseconds between frames while the picture is dragged and then scaled, the middle one and the slowest. */
async function frames(page) {
  const box = await page.locator('.stage').boundingBox();
  await page.evaluate(`(() => {
    window.frames_ = [];
    let before = performance.now();
    const next = (now) => { window.frames_.push(now - before); before = now; requestAnimationFrame(next); };
    requestAnimationFrame(next);
  })()`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < 40; i++) await page.mouse.move(x + i * 2, y - i * 6);
  await page.mouse.up();
  for (let i = 0; i < 30; i++) await page.mouse.wheel(0, i < 15 ? 120 : -120);
  const times = (await page.evaluate('window.frames_')).slice(2).sort((a, b) => a - b);
  return `${Math.round(times[times.length >> 1])}/${Math.round(times.at(-1))}`;
}

console.log('network       KB     drawn  table  boxes  frames (middle/slowest)');
for (const spec of specs) {
  const path = join(folder, 'page.html');
  execFileSync(process.execPath, [join(root, 'bin/inception-cli.js'), 'view', spec, '-o', path, '--force'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // The page says on its root element that the picture is drawn, and that the table is there.
  await page.addInitScript(() => {
    window.times_ = {};
    const look = () => {
      for (const name of Object.keys(document.documentElement?.dataset ?? {}))
        window.times_[name] ??= performance.now();
    };
    new MutationObserver(look).observe(document, { attributes: true, subtree: true });
  });
  await page.goto('about:blank');
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector('[data-ready]');
  const [drawn, table] = await page.evaluate(`[times_.drawn, times_.ready].map(Math.round)`);
  const boxes = await page.locator('.stage .box').count();
  const name = spec.slice(spec.lastIndexOf('/') + 1, -5).padEnd(12);
  const kilobytes = String(Math.round(statSync(path).size / 1000)).padStart(5);
  const figures = [drawn, table, boxes].map((n) => String(n).padStart(6)).join(' ');
  console.log(`${name} ${kilobytes}  ${figures}  ${await frames(page)}`);
  await page.close();
}
await browser.close();
