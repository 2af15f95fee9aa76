import type { Page } from 'playwright-core';
import { comes, eventually } from '../../eventually.ts';
import { Dialog } from './dialog.ts';
import { Editor } from './editor.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quick-input.ts';
import { Tree } from './tree.ts';

/** One window of VS Code: where every test starts. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly notifications: Notifications;
  readonly editor: Editor;

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.notifications = new Notifications(page);
    this.editor = new Editor(page);
  }

  /** Waits until the window can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
  }

  /** Runs a command by the name it has in the palette, such as `Rollback: Tail Logs`, with the keyboard alone. */
  async runCommand(title: string): Promise<void> {
    await this.#openPalette();
    await this.quickInput.choose(title, `>${title}`, () => this.#openPalette());
    await this.quickInput.left('Type the name of a command to run.');
  }

  /** Titles that the palette offers for what is typed. */
  async commands(typed: string): Promise<readonly string[]> {
    await this.#openPalette();
    await this.quickInput.type(`>${typed}`);
    const rows = await this.quickInput.rows();
    await this.quickInput.dismiss();
    return rows.map(({ label }) => label);
  }

  /** A key that is pressed while the focus moves into a webview is lost: it is pressed again until the palette is there. */
  async #openPalette(): Promise<void> {
    await eventually(
      'the palette',
      async () => {
        await this.page.keyboard.press('F1');
        return comes(this.quickInput.opened(2000));
      },
      { limit: 30_000 },
    );
  }

  /** Shows the Rollback container in the side bar. */
  async openRollback(): Promise<void> {
    await this.openContainer('Rollback');
  }

  /** Shows a container of views in the side bar, by its title. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    // A second click on what is shown already would hide it.
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  /** Texts of the status bar's items whose accessible name contains the words. */
  async statusBar(words: string): Promise<readonly string[]> {
    return this.page
      .locator('.statusbar-item')
      .filter({ hasText: words })
      .allInnerTexts()
      .then((texts) => texts.map((text) => text.trim()));
  }

  /** Waits until VS Code draws with a theme: `vs`, `vs-dark`, `hc-black` or `hc-light`. */
  async themed(kind: 'vs' | 'vs-dark' | 'hc-black' | 'hc-light'): Promise<void> {
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Reloads the window, which starts a new extension host. VS Code's own reload waits until the editors are stored. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }
}
