import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, folderWith, runCli } from '../cli/runCli.ts';
import { findChromium } from './findChromium.ts';

/* The page of `view` in a real browser: opened from a file, and served while the spec changes. */

const executablePath = findChromium();
if (executablePath === undefined) {
  console.warn('pages are not tried in a browser: no Chromium on the PATH, nor in CHROMIUM_PATH');
}

const hostile = `inception: 1
name: hostile
title: "<script>window.ran = 1</script> & 'quotes'"
inputs:
  image: { shape: [N, 9, 9, 3], range: [0, 1], description: "</script><img src=x onerror='window.ran = 2'>" }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: first
    note: "<b onmouseover='window.ran = 3'>note</b>"
    expect: [N, 8, 9, 8]
  - relu
`;

const block = `inception: 1
name: parts
blocks:
  part:
    steps:
      - conv: { filters: 8, kernel: 3, padding: same }
        name: inner
`;

const changing = `inception: 1
name: changing
imports: { parts: ./parts.yaml }
inputs:
  image: { shape: [N, 9, 9, 3], range: [0, 1] }
network:
  - conv: { filters: 8, kernel: 3, padding: same }
    name: first
  - parts.part:
    name: block
  - steps:
      - relu
      - conv: { filters: 4, kernel: 1 }
        name: last
`;

const folder = folderWith({ 'hostile.yaml': hostile, 'changing.yaml': changing, 'parts.yaml': block });

/** The page of a spec, as a file. */
function written(spec: string, name: string, ...options: readonly string[]): string {
  const path = join(folder, name);
  const { status, err } = runCli(['view', spec, '-o', path, ...options]);
  if (status === 2 || status === 3) throw new Error(err);
  return pathToFileURL(path).href;
}

/** Saves as many editors do: a new file takes the old one's name. */
function save(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.new`), text);
  renameSync(join(folder, `${name}.new`), join(folder, name));
}

const selectedRow = '.table tr.selected th';
const selectedBox = '.stage .box.selected';

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let inception: string;
  const faults: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    inception = written('specs/inception_v4.yaml', 'inception.html');
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (said) => void (said.type() === 'error' && faults.push(said.text())));
    page.on('request', (request) => asked.push(request.url()));
  }, 120_000);

  afterAll(async () => await browser?.close());

  async function open(url: string): Promise<void> {
    await page.goto(url);
    await page.waitForSelector('[data-ready]');
  }

  function label(selector: string): Promise<string | null> {
    return page.getAttribute(selector, 'aria-label');
  }

  function view(): Promise<string | null> {
    return page.getAttribute('.stage svg > g', 'transform');
  }

  test('the picture of `draw` is well-formed XML', async () => {
    await page.goto('about:blank');
    for (const file of ['specs/inception_v4.yaml', join(folder, 'hostile.yaml')]) {
      const { out } = runCli(['draw', file]);
      const read = `new DOMParser().parseFromString(${JSON.stringify(out)}, 'image/svg+xml')`;
      expect(await page.evaluate(`${read}.querySelector('parsererror')?.textContent ?? ''`)).toBe('');
      expect(await page.evaluate(`${read}.documentElement.nodeName`)).toBe('svg');
    }
  });

  test('a page draws itself, with a row for each step', async () => {
    await open(inception);
    expect(await page.textContent('h1')).toBe('Inception-v4');
    expect(await page.locator('.stage .box').count()).toBeGreaterThan(80);
    // A row for each row of the shape table, under a line of titles there.
    const table = runCli(['infer-shapes', 'specs/inception_v4.yaml', '--format', 'csv'])
      .out.trim()
      .split('\r\n');
    expect(await page.locator('.table tbody tr').count()).toBe(table.length - 1);
  });

  test('blocks fold and open: by their mark, by double click, by Enter', async () => {
    await open(inception);
    const boxes = page.locator('.stage .box');
    const all = await boxes.count();
    await page.click('.box[aria-label="stem"] .mark');
    // The stem of figure 3 has three convolutions, then 2, 6 and 2 steps with a concat each, in blocks: 19 boxes.
    expect(await boxes.count()).toBe(all - 19);
    await page.focus('.stage');
    await page.keyboard.press('Enter');
    expect(await boxes.count()).toBe(all);
    await page.keyboard.press('[');
    expect(await page.locator('.stage .box.folded').count()).toBeGreaterThan(5);
  });

  test('search: / leads there, Enter to the next, Escape away', async () => {
    await open(inception);
    await page.keyboard.press('/');
    await page.keyboard.type('branch_1 7x1');
    await page.keyboard.press('Enter');
    expect(await page.textContent(selectedRow)).toBe('stem/Mixed_4a/Branch_1/Conv2d_0b_7x1');
    expect(await label(selectedBox)).toBe('stem/Mixed_4a/Branch_1/Conv2d_0b_7x1');
    await page.keyboard.press('Enter');
    expect(await page.textContent('.count')).toMatch(/^2 of \d+$/);
    await page.keyboard.press('Escape');
    expect(await page.locator('.match').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.className')).toBe('stage');
  });

  test('what is selected in the picture is selected in the table, and the other way', async () => {
    await open(inception);
    await page.click('.box[aria-label="stem/Conv2d_2a_3x3"]');
    expect(await page.textContent(selectedRow)).toBe('stem/Conv2d_2a_3x3');
    // Figure 3 marks it V, so its padding is written at the step; its norm is the network's default.
    const told = (await page.textContent('.details')) ?? '';
    expect(told).toMatch(/padding\s*valid\s*step specs\/blocks\/inception_v4\.yaml:\d+:\d+/);
    expect(told).toMatch(/norm\s*batch_norm\s*defaults specs\/inception_v4\.yaml:\d+:\d+/);
    await page.click('.table tr:has-text("Mixed_6a/concat")');
    expect(await label(selectedBox)).toBe('Mixed_6a/concat');
    // A copy that is rolled up is stood for by the first; Enter on its row shows it.
    await page.click('.table tr:has-text("Mixed_5d/concat")');
    expect(await label(selectedBox)).toBe('Mixed_5b/concat');
    await page.focus('.table tr.selected');
    await page.keyboard.press('Enter');
    expect(await label(selectedBox)).toBe('Mixed_5d/concat');
  });

  test('a pointer that rests on a box shows where its attributes came from', async () => {
    await open(inception);
    await page.hover('.box[aria-label="stem/Conv2d_1a_3x3"]');
    await page.waitForSelector('.card:not([hidden])');
    expect(await page.textContent('.card')).toContain('defaults specs/inception_v4.yaml');
  });

  test('the keyboard walks along the lines, scales, and comes back', async () => {
    await open(inception);
    const first = await view();
    await page.focus('.stage');
    const walked = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key);
      walked.push(await label(selectedBox));
    }
    expect(walked).toEqual(['image', 'stem/Conv2d_1a_3x3', 'stem/Conv2d_2a_3x3', 'stem/Conv2d_1a_3x3']);
    await page.keyboard.press('+');
    await expect.poll(view).not.toBe(first);
    await page.keyboard.press('0');
    await expect.poll(view).toBe(first);
    await page.keyboard.press('?');
    expect(await page.isVisible('dialog')).toBe(true);
  });

  test.each([320, 768, 2560])('at %i pixels nothing is cut off sideways', async (width) => {
    await page.setViewportSize({ width, height: 700 });
    await open(inception);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const stage = await page.locator('.stage').boundingBox();
    expect(stage!.width).toBeGreaterThan(Math.min(width, 700) * 0.55);
    expect(stage!.height).toBeGreaterThan(200);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('the table is as wide as its place, however long what stands in it', async () => {
    const wide = written('specs/fpn.yaml', 'fpn.html');
    for (const width of [320, 768, 1280, 2560]) {
      await page.setViewportSize({ width, height: 700 });
      await open(wide);
      const [all, shown] = (await page.evaluate(
        "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('.table'))",
      )) as [number, number];
      expect(all).toBeLessThanOrEqual(shown);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('on paper the whole picture stands above the whole table, in light colours', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(inception);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => page.locator('.stage svg').getAttribute('viewBox')).toMatch(/^0 0 \d+ \d+$/);
    expect(await page.getAttribute('html', 'data-theme')).toBe('light');
    expect(await page.isVisible('.tools')).toBe(false);
    const [picture, table] = [
      await page.locator('.stage svg').boundingBox(),
      await page.locator('.table').boundingBox(),
    ];
    expect(picture!.height).toBeGreaterThan(2000);
    expect(table!.y).toBeGreaterThanOrEqual(picture!.y + picture!.height - 1);
    expect(table!.height).toBeGreaterThan(2000);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => page.locator('.stage svg').getAttribute('viewBox')).toBeNull();
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    await page.emulateMedia({ colorScheme: null });
  });

  test('the search of the browser is left alone, but where it would not see all boxes', async () => {
    await open(inception);
    await page.keyboard.press('Control+f');
    expect(await page.evaluate('document.activeElement.tagName')).not.toBe('INPUT');
    const steps = Array.from({ length: 900 }, (_, i) => `  - relu:\n    name: r${i}\n`).join('');
    const head = 'inception: 1\nname: long\ninputs: { x: { shape: [N, 8] } }\nnetwork:\n';
    writeFileSync(join(folder, 'long.yaml'), head + steps);
    await open(written(join(folder, 'long.yaml'), 'long.html'));
    await page.keyboard.press('Control+f');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    expect(await page.textContent('.count')).toContain('finds all boxes');
    await page.keyboard.type('r899');
    await page.keyboard.press('Enter');
    await expect.poll(() => label(selectedBox)).toBe('r899');
  });

  test('with the keyboard alone every part is reached, and says what it is', async () => {
    await open(inception);
    const reached = [];
    for (let i = 0; i < 11; i++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(
          "document.activeElement.getAttribute('aria-label') ?? document.activeElement.closest('[role=grid]')?.caption.textContent",
        ),
      );
    }
    expect(reached).not.toContain(undefined);
    expect(reached).not.toContain(null);
    for (const part of [
      /^Search/,
      /^Larger/,
      /^Picture of the network/,
      /^Steps with their shapes/,
      /^What is selected/,
    ])
      expect(reached).toContainEqual(expect.stringMatching(part));
    await page.focus('.stage');
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('f');
    expect(await page.textContent('[aria-live=polite].unseen')).toMatch(/^stem, .*folded block$/);
  });

  test('what a spec says is text and nothing else, and a diagnostic leads to its step', async () => {
    await open(written(join(folder, 'hostile.yaml'), 'hostile.html'));
    expect(await page.textContent('h1')).toBe("<script>window.ran = 1</script> & 'quotes'");
    expect(await page.textContent('.diagnostics')).toContain('INC');
    await page.click('.diagnostics button');
    expect(await label(selectedBox)).toBe('first');
    await page.hover(selectedBox);
    expect(await page.evaluate('window.ran')).toBeUndefined();
  });

  test('nothing was asked of the network, nor may it be', async () => {
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(faults).toEqual([]);
    const answer = await page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'asked', () => 'refused')");
    expect(answer).toBe('refused');
    expect(faults.join()).toContain('Content Security Policy');
    faults.length = 0;
  });

  describe('served', () => {
    let server: ChildProcess;
    let url: string;

    beforeAll(async () => {
      server = spawn(process.execPath, [bin, 'view', 'changing.yaml', '--serve', '--port', '0'], {
        cwd: folder,
      });
      for (;;) {
        const [said] = await once(server.stderr!, 'data');
        const found = /http:\/\/\S+/.exec(String(said));
        if (found === null) continue;
        url = found[0];
        return;
      }
    });

    afterAll(() => void server?.kill());

    test('what is saved is shown, and the view stays', async () => {
      await open(url);
      await page.click('.box[aria-label="block"] .mark');
      await page.keyboard.press('/');
      await page.keyboard.type('conv');
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await page.keyboard.type('last');
      await page.keyboard.press('Enter');
      await page.focus('.stage');
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await page.waitForTimeout(100);
      const before = await view();
      save(
        'changing.yaml',
        changing.replace('filters: 4', 'filters: 5').replace('name: first', 'name: begin'),
      );
      await page.waitForSelector('.box[aria-label="begin"]');
      expect(await page.textContent('.table')).toContain('[N, 9, 9, 5]');
      expect(await view()).toBe(before);
      expect(await label('.box.folded')).toBe('block');
      expect(await label(selectedBox)).toBe('last');
      expect(await page.inputValue('input')).toBe('last');
    });

    test('an import that is saved is shown too', async () => {
      save('parts.yaml', block.replace('filters: 8', 'filters: 6'));
      await expect.poll(() => page.textContent('.table')).toContain('[N, 9, 9, 6]');
    });

    test('errors stand beside the picture of before, until they are mended', async () => {
      save('changing.yaml', changing.replace('kernel: 3', 'kernel: [3'));
      await page.waitForSelector('.diagnostics b.error');
      expect(await page.textContent('.stale')).toContain('before these errors');
      expect(await page.locator('.stage .box').count()).toBeGreaterThan(3);
      save('changing.yaml', changing);
      await expect.poll(() => page.isVisible('.diagnostics b.error')).toBe(false);
      expect(faults).toEqual([]);
    });

    test('another name that leads to this machine is not answered', async () => {
      const { port } = new URL(url);
      const answer = await fetch(`http://127.0.0.1:${port}/data.json`);
      expect(answer.status).toBe(200);
      const { request } = await import('node:http');
      const asking = request({
        port,
        host: '127.0.0.1',
        path: '/data.json',
        headers: { host: 'elsewhere.example' },
      });
      asking.end();
      const [{ statusCode }] = (await once(asking, 'response')) as [{ statusCode: number }];
      expect(statusCode).toBe(403);
    });
  });
});

test('a page is not replaced without --force, and needs no other file', () => {
  const path = join(folder, 'once.html');
  expect(runCli(['view', 'specs/seed_stem.yaml', '-o', path]).status).toBe(0);
  const { status, err } = runCli(['view', 'specs/seed_stem.yaml', '-o', path]);
  expect([status, err]).toEqual([2, `error: ${path} exists; --force replaces it\n`]);
  expect(runCli(['view', 'specs/seed_stem.yaml', '-o', path, '--force']).status).toBe(0);
  expect(readFileSync(path, 'utf8')).not.toMatch(/(src|href)="(?!data:)/);
});
