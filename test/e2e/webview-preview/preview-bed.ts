import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { WebviewMessage } from '../../../src/shared/messages.ts';
import { startBrowser } from './browser.ts';
import type { Preview } from './page.ts';
import type { PreviewServer } from './server.ts';
import { startPreview } from './server.ts';

declare const preview: Preview;
declare const axe: { run(): Promise<AxeResults> };

export const PREVIEW_THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;

/** A browser with a page of the preview, for the tests of one `describe`, which it hooks itself into. */
export class PreviewBed {
  #server: PreviewServer | undefined;
  #browser: Browser | undefined;
  #page: Page | undefined;
  readonly #faults: string[] = [];

  constructor() {
    before(async () => {
      this.#server = await startPreview();
      this.#browser = await startBrowser();
    });
    after(async () => {
      await this.#browser?.close();
      await this.#server?.stop();
    });
    beforeEach(() => (this.#faults.length = 0));
    afterEach(async () => {
      await this.#page?.close();
      assert.deepEqual(this.#faults, [], 'the page reports nothing: no error, no violated policy');
    });
  }

  get browser(): Browser {
    assert.ok(this.#browser);
    return this.#browser;
  }
  get page(): Page {
    assert.ok(this.#page);
    return this.#page;
  }

  /** Opens the page and waits until its log shows the sample's last line, or is there where another log is asked for. */
  async open(query: string, size = { width: 1320, height: 820 }): Promise<Page> {
    const page = await this.browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    this.#page = page;
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.#faults.push(error.message));
    page.on('console', (message) => this.#faults.push(message.text()));
    await page.goto(`${this.#server?.origin}/?${query}`);
    await page.locator('.log-foot').first().waitFor({ state: 'attached' });
    if (!query.includes('log=')) await page.locator('.log-row >> text=GET /health 200 2ms').first().waitFor();
    return page;
  }

  /** What the page has sent to the host. */
  posted(): Promise<WebviewMessage[]> {
    return this.page.evaluate(() => preview.posted);
  }

  /** What axe objects to, and what it could not tell. */
  async accessibilityFaults(): Promise<unknown[]> {
    const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await this.page.evaluate(await readFile(source, 'utf8'));
    const { violations, incomplete } = await this.page.evaluate(() => axe.run());
    // An arrow is no text, and what the search bar covers cannot be seen; of all else axe must be sure.
    const unsure = incomplete.filter(({ nodes }) =>
      nodes.some(
        ({ html, failureSummary }) =>
          !html.includes('header-arrow') && failureSummary?.includes('overlapped') !== true,
      ),
    );
    return [...violations, ...unsure].map(({ id, nodes }) => [
      id,
      nodes.map((node) => [node.html, node.failureSummary]),
    ]);
  }
}
