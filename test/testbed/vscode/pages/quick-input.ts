import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../eventually.ts';
import { exactly } from './exactly.ts';

/** A row of VS Code's quick pick. */
export interface QuickInputRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** VS Code's quick pick or input box, steered by the keyboard alone. */
export class QuickInput {
  readonly widget: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget');
  }

  /** Waits until it is open; `timeout` in milliseconds. */
  async opened(timeout = 30_000): Promise<void> {
    await this.widget.locator('input').first().waitFor({ state: 'visible', timeout });
  }

  /** Waits until it is gone. */
  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Its title and the words in its empty box. */
  async prompt(): Promise<{ readonly title: string; readonly placeholder: string }> {
    await this.opened();
    const placeholder = await this.widget.locator('input[type=text]').first().getAttribute('placeholder');
    const title = await this.widget.locator('.quick-input-title').first().textContent();
    return { title: title ?? '', placeholder: placeholder ?? '' };
  }

  /** The rows on screen once there is one. */
  async rows(): Promise<readonly QuickInputRow[]> {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.evaluateAll((found) =>
      found.map((row) => {
        const text = (selector: string): string => row.querySelector(selector)?.textContent.trim() ?? '';
        return {
          label: text('.quick-input-list-row .label-name'),
          description: text('.quick-input-list-row .label-description'),
          detail: text('.quick-input-list-label-meta'),
        };
      }),
    );
  }

  /** Waits until the box with this placeholder is no longer shown, because another one or nothing is. */
  async left(placeholder: string): Promise<void> {
    await this.widget
      .locator(`input[placeholder=${JSON.stringify(placeholder)}]`)
      .waitFor({ state: 'hidden' });
  }

  /** Types into the box in place of what it holds. */
  async type(text: string): Promise<void> {
    await this.opened();
    await this.widget.locator('input').first().fill(text);
  }

  /** Names a file in VS Code's own file dialog, and accepts. */
  async chooseFile(path: string): Promise<void> {
    const input = this.widget.locator('input').first();
    await this.widget.locator('.quick-input-list .monaco-list-row').first().waitFor();
    // The dialog writes its folder into the box once it has read it, over what was typed before: then it is typed again.
    await eventually(`${path} to stay typed`, async () => {
      if ((await input.inputValue()) === path) return true;
      await input.fill(path);
      return undefined;
    });
    await this.accept();
  }

  /**
   * Types until the focused row carries exactly this label, then presses Enter. `open` opens the list where it is closed, which
   * it also is when something else has taken the focus; without it, it is waited for.
   */
  async choose(label: string, typed = label, open = () => this.opened()): Promise<void> {
    const input = this.widget.locator('input').first();
    const wanted = this.widget.locator('.monaco-list-row.focused .label-name', { hasText: exactly(label) });
    // What is typed into a list that is just being left for the next one is lost: it is typed again.
    await eventually(
      `${label} to be chosen`,
      async () => {
        if (!(await input.isVisible())) await open();
        if ((await input.inputValue()) === typed) return (await wanted.count()) > 0;
        return input.fill(typed, { timeout: 1000 }).then(undefined, () => false);
      },
      { limit: 30_000 },
    );
    await this.accept();
  }

  /** Ticks the one row that what is typed leaves, in a list in which several can be ticked, and accepts. */
  async check(label: string): Promise<void> {
    await this.type(label);
    const wanted = this.widget.locator('.monaco-list-row', {
      has: this.#page.locator('.label-name', { hasText: exactly(label) }),
    });
    await wanted.first().locator('.label-name').click();
    await this.accept();
  }

  async accept(): Promise<void> {
    await this.#press('Enter');
  }

  async dismiss(): Promise<void> {
    await this.#press('Escape');
    await this.closed();
  }

  /** A webview that gets its focus back late would take the key: the box is focused for it. */
  async #press(key: string): Promise<void> {
    await this.widget.locator('input').first().press(key);
  }
}
