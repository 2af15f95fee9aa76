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

  /** Types until the focused row carries exactly this label, then presses Enter. */
  async choose(label: string, typed = label): Promise<void> {
    const input = this.widget.locator('input').first();
    const wanted = this.widget.locator('.monaco-list-row.focused .label-name', { hasText: exactly(label) });
    // What is typed into a list that is just being left for the next one is lost: it is typed again.
    await eventually(
      `${label} to be chosen`,
      async () => {
        await this.opened();
        if ((await input.inputValue()) !== typed) await input.fill(typed);
        return (await wanted.count()) > 0;
      },
      { limit: 30_000 },
    );
    await this.accept();
  }

  /**
   * Names a file in VS Code's own file dialog of this title. What is typed before the dialog shows its folder is overwritten,
   * so its path is waited for; and what is accepted while it still reads is lost, so that is done until it closes.
   */
  async chooseFile(title: string, path: string): Promise<void> {
    const input = this.widget.locator('input').first();
    const dialog = this.widget.locator('.quick-input-title', { hasText: exactly(title) });
    await dialog.waitFor();
    await eventually('the folder of the dialog', async () => (await input.inputValue()).startsWith('/'));
    await eventually(`${path} to be chosen`, async () => {
      if (!(await dialog.isVisible())) return true;
      if ((await input.inputValue()) !== path) await input.fill(path);
      await this.accept();
      return !(await dialog.isVisible());
    });
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
    await this.#page.keyboard.press('Enter');
  }

  async dismiss(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.closed();
  }
}
