import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { WebviewMessage } from '../../src/shared/messages.ts';
import { startBrowser } from './webview-preview/browser.ts';
import type { Preview } from './webview-preview/page.ts';
import type { PreviewServer } from './webview-preview/server.ts';
import { startPreview } from './webview-preview/server.ts';
import { taskTime } from './webview-preview/task-time.ts';

declare const preview: Preview;
declare const axe: { run(): Promise<AxeResults> };

const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'];

describe('the runbook panel', function () {
  this.timeout(60_000);
  let server: PreviewServer;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  before(async () => {
    server = await startPreview();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(() => (faults.length = 0));
  afterEach(async () => {
    await page.close();
    assert.deepEqual(faults, [], 'the page reports nothing: no error, no violated policy');
  });

  async function open(query: string, size = { width: 1320, height: 820 }): Promise<Page> {
    page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    await page.goto(`${server.origin}/?${query}`);
    await page.locator('.log-foot').waitFor({ state: 'attached' });
    if (!query.includes('log=')) await page.locator('.log-row >> text=GET /health 200 2ms').waitFor();
    return page;
  }
  const posted = (): Promise<WebviewMessage[]> => page.evaluate(() => preview.posted);
  const acts = async (): Promise<string[]> =>
    (await posted()).flatMap((message) => (message.type === 'act' ? [message.action] : []));

  for (const theme of THEMES) {
    for (const sample of ['rollback', 'before', 'done', 'stale', 'forty']) {
      it(`has no accessibility violation in ${theme}, sample ${sample}`, async () => {
        await open(`theme=${theme}&sample=${sample}`);
        await page
          .locator('[data-row][aria-expanded=false]')
          .evaluateAll((rows) => rows.forEach((row) => row instanceof HTMLElement && row.click()));
        const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
        await page.evaluate(await readFile(source, 'utf8'));
        const { violations, incomplete } = await page.evaluate(() => axe.run());
        // An arrow is no text, of which axe is not sure; all other contrasts it must have been able to work out.
        const unsure = incomplete.filter(({ nodes }) =>
          nodes.some(({ html }) => !html.includes('header-arrow')),
        );
        const said = [...violations, ...unsure].map(({ id, nodes }) => [
          id,
          nodes.map((node) => [node.html, node.failureSummary]),
        ]);
        assert.deepEqual(said, []);
      });
    }
  }

  for (const [width, height] of [
    [1320, 820],
    [800, 900],
    [660, 410],
    [480, 860],
    [320, 640],
  ] as const) {
    it(`is not wider than its panel at ${width} × ${height}, with names of 60 characters`, async () => {
      await open('sample=long&log=none', { width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(wide, 0);
      const cut = await page
        .locator('.header button, .phase')
        .evaluateAll((elements) =>
          elements
            .filter((element) => element.getBoundingClientRect().right > innerWidth)
            .map((element) => element.textContent),
        );
      assert.deepEqual(cut, []);
    });
  }

  it('says that it is ready, then gives credit for 5,000 lines, then for those it has drawn', async () => {
    await open('');
    await page.waitForFunction(() => preview.posted.filter(({ type }) => type === 'logs.credit').length > 1);
    assert.deepEqual((await posted()).slice(0, 3), [
      { type: 'ready' },
      { type: 'logs.credit', lines: 5000 },
      { type: 'logs.credit', lines: 15 },
    ]);
  });

  it('asks for the primary action by its button and, once per press, by its key', async () => {
    await open('');
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(await acts(), ['verify', 'verify']);
  });

  it('places a mark in time order', async () => {
    await open('');
    const texts = await page.locator('.log-row').allTextContents();
    assert.ok(texts[2]?.includes('exiting with 1'));
    assert.ok(texts[3]?.includes('rolled back to revision 7'));
  });

  it('puts a late line in its place', async () => {
    await open('');
    await page.evaluate(() =>
      preview.send(preview.linesMessage([[0, '2026-05-09T03:00:24.2Z', null, 'late']])),
    );
    await page.locator('.log-row >> text=late').waitFor();
    const texts = await page.locator('.log-row').allTextContents();
    assert.ok(texts[1]?.endsWith('late'));
  });

  it('filters by text, keeps the filter over a reload, and clears it with Escape', async () => {
    await open('');
    await page.keyboard.press('/');
    await page.keyboard.type('LISTENING');
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 2);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 2);
    await page.keyboard.press('Control+f');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 15);
  });

  it('shows errors alone when asked', async () => {
    await open('');
    await page.getByRole('button', { name: 'Errors 2' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 2);
  });

  it('keeps what a person has folded over new models and a reload', async () => {
    await open('');
    const current = page.getByRole('button', { name: 'Roll back to revision 7' });
    await current.click();
    await page.evaluate(() => preview.show('forty'));
    assert.equal(await current.getAttribute('aria-expanded'), 'false');
    await page.reload();
    await current.waitFor();
    assert.equal(await current.getAttribute('aria-expanded'), 'false');
  });

  it('moves among the steps with the arrow keys and unfolds with Right', async () => {
    await open('');
    await page.getByRole('button', { name: 'Cluster and permissions' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const focused = page.locator(':focus');
    assert.match((await focused.textContent()) ?? '', /Evidence captured/);
    assert.equal(await focused.getAttribute('aria-expanded'), 'true');
  });

  it('stops following when one scrolls up, counts what comes, and returns with End', async () => {
    await open('log=none');
    await page.evaluate(() => {
      preview.prepare(1000);
      return preview.flood();
    });
    await page.locator('.log-scroll').hover();
    await page.mouse.wheel(0, -2000);
    await page.locator('.log-return').waitFor();
    const top = await page.locator('.log-scroll').evaluate((scroll) => scroll.scrollTop);
    await page.evaluate(() => preview.send(preview.linesMessage(preview.manyLines(1000, 3))));
    await page.getByRole('button', { name: '3 new lines' }).waitFor();
    assert.equal(await page.locator('.log-scroll').evaluate((scroll) => scroll.scrollTop), top);
    await page.keyboard.press('End');
    await page.locator('.log-return').waitFor({ state: 'detached' });
    await page.locator('.log-row', { hasText: 'tracks/1002' }).waitFor();
  });

  it('does nothing while it is hidden, and catches up when shown', async () => {
    await open('log=none&sample=rollback');
    const setHidden = (hidden: boolean): Promise<void> =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await setHidden(true);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          addEventListener('message', () => resolve(), { once: true });
          preview.show('done');
        }),
    );
    assert.equal(await page.locator('.header-verb').textContent(), 'Rolling back');
    await setHidden(false);
    await page.getByText('Rolled back', { exact: true }).waitFor();
  });

  it('takes 120,000 lines, keeps 100,000, and filters them without a long frame', async () => {
    await open('log=none');
    await page.evaluate(() => preview.prepare(120_000));
    let tookMs = 0;
    const lines = await taskTime(browser, page, async () => {
      tookMs = await page.evaluate(() => preview.flood());
    });
    await page.getByText('120,000 lines, the last 100,000 kept').waitFor();
    const filter = await taskTime(browser, page, async () => {
      await page.getByLabel('Filter log lines').pressSequentially('request 99');
      // Every line holds `request`, so that only the whole text leaves fewer than all of them.
      await page.waitForFunction(() => {
        const shown = / (\d[\d,]*) shown/.exec(document.querySelector('.log-held')?.textContent ?? '')?.[1];
        return shown !== undefined && shown !== '0' && shown !== '100,000';
      });
    });
    console.log(
      `      lines: ${tookMs.toFixed()} ms, ${JSON.stringify(lines)}; filter: ${JSON.stringify(filter)}`,
    );
    assert.ok(lines.longestCpuMs < 50, `taking lines, a task took ${lines.longestCpuMs} ms`);
    assert.ok(filter.longestCpuMs < 50, `filtering, a task took ${filter.longestCpuMs} ms`);
  });
});
