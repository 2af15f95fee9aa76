import type { Locator, Page } from 'playwright-core';

/** The editor area: its tabs and the text of the open editors. */
export class Editor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The tab with this title, once it is open. */
  async tab(title: string | RegExp): Promise<Locator> {
    const tab = this.#page.locator('.tabs-container .tab', {
      has: this.#page.locator('.label-name', { hasText: title }),
    });
    await tab.first().waitFor();
    return tab.first();
  }

  /** Titles of the open tabs, from the left. */
  async tabs(): Promise<readonly string[]> {
    return this.#page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }

  /** The lines on screen of the text editor in front (of both sides of a diff, the left side's first). */
  async text(): Promise<string> {
    const lines = this.#page.locator('.editor-instance .view-lines');
    await lines.first().waitFor();
    const sides = await lines.evaluateAll((editors) =>
      editors.map((editor) =>
        [...editor.querySelectorAll<HTMLElement>('.view-line')]
          .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
          // The editor shows spaces as no-break spaces.
          .map((line) => line.textContent.replaceAll('\u00a0', ' '))
          .join('\n'),
      ),
    );
    return sides.join('\n');
  }
}
