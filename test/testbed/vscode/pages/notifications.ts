import type { Locator, Page } from 'playwright-core';

/** VS Code's notifications in the lower right corner. */
export class Notifications {
  readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
  }

  /** The notification whose message contains the words, once it is shown. */
  async find(words: string | RegExp): Promise<Locator> {
    const found = this.toasts.filter({
      has: this.toasts.page().locator('.notification-list-item-message', { hasText: words }),
    });
    await found.first().waitFor();
    return found.first();
  }

  /** When one whose message contains the words is shown first, ms since the epoch: the page's own time, since this process may come late. */
  async shownAt(words: string): Promise<number> {
    const seen = await this.toasts.page().waitForFunction((text) => {
      const messages = [...document.querySelectorAll('.notification-list-item-message')];
      return messages.some(({ textContent }) => textContent.includes(text)) && Date.now();
    }, words);
    return Number(await seen.jsonValue());
  }

  /** Messages of all that are on screen. */
  async messages(): Promise<readonly string[]> {
    return this.toasts.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Presses a button of the notification that contains the words. */
  async press(words: string | RegExp, button: string): Promise<void> {
    const notification = await this.find(words);
    await notification.getByRole('button', { name: button, exact: true }).click();
  }
}
