import type { Locator, Page } from 'playwright-core';

/** VS Code's own modal dialog, as `showWarningMessage(…, { modal: true })` opens it. */
export class Dialog {
  readonly box: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.box = page.locator('.monaco-dialog-box');
  }

  /** What it says, once it is open. */
  async read(): Promise<{
    readonly message: string;
    readonly detail: string;
    readonly buttons: readonly string[];
  }> {
    await this.box.waitFor();
    const detail = this.box.locator('.dialog-message-detail');
    return {
      message: (await this.box.locator('.dialog-message-text').innerText()).trim(),
      detail: (await detail.count()) === 0 ? '' : (await detail.innerText()).trim(),
      buttons: (await this.box.getByRole('button').allInnerTexts())
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    };
  }

  /** Moves to the button with Tab and presses it with Enter. Rejects when it cannot be reached so. */
  async press(button: string): Promise<void> {
    const wanted = this.box.getByRole('button', { name: button, exact: true });
    await wanted.waitFor();
    // This dialog: the next one may be there at once.
    const pressed = await this.box.elementHandle();
    // A webview that gets its focus back late would take the keys.
    if (!(await this.box.evaluate((box) => box.contains(document.activeElement))))
      await this.box.getByRole('button').first().focus();
    for (let tries = 0; tries < 10; tries += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        await this.#page.keyboard.press('Enter');
        await pressed?.waitForElementState('hidden');
        return;
      }
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`The button ${button} cannot be reached with Tab.`);
  }

  async dismiss(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }
}
