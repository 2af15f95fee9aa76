import { comes, eventually } from '../../eventually.ts';
import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.ts';

/** A row of a tree view as it is on screen. */
export interface TreeRow {
  /** 1 for the roots. */
  readonly level: number;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly name: string;
  /** Undefined for a row without children. */
  readonly expanded: boolean | undefined;
  /** The codicon's name, such as `error`; empty for none. */
  readonly icon: string;
  /** The icon's colour as the browser computes it: `rgb(…)`. */
  readonly iconColour: string;
}

/** One tree view in the side bar, steered by the keyboard. */
export class Tree {
  readonly #page: Page;
  readonly #view: Locator;

  /** `view` is the view's title as package.json has it. */
  constructor(page: Page, view: string) {
    this.#page = page;
    this.#view = page.locator('.pane', {
      has: page.locator(`.pane-header[aria-label^=${JSON.stringify(view)}]`),
    });
  }

  /** The rows on screen, from the top. */
  async rows(): Promise<readonly TreeRow[]> {
    return this.#rows().evaluateAll((rows) =>
      rows
        .map((row) => {
          const icon = row.querySelector('.custom-view-tree-node-item-icon');
          const codicon = [...(icon?.classList ?? [])].find((name) => /^codicon-(?!modifier)/.test(name));
          const expanded = row.getAttribute('aria-expanded');
          return {
            top: row.getBoundingClientRect().top,
            level: Number(row.getAttribute('aria-level')),
            label: row.querySelector('.label-name')?.textContent ?? '',
            description: row.querySelector('.label-description')?.textContent ?? '',
            name: row.getAttribute('aria-label') ?? '',
            expanded: expanded === null ? undefined : expanded === 'true',
            icon: codicon?.replace('codicon-', '') ?? '',
            iconColour: icon === null ? '' : getComputedStyle(icon).color,
          };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ top: _top, ...row }) => row),
    );
  }

  /** The row with this label, once there is one that also satisfies `when`. */
  async row(label: string, when: (row: TreeRow) => boolean = () => true): Promise<TreeRow> {
    await this.locator(label).first().waitFor();
    let seen: TreeRow | undefined;
    return eventually(
      () => `the row ${label} to be as wanted; it is ${JSON.stringify(seen)}`,
      async () => {
        seen = (await this.rows()).find((row) => row.label === label);
        return seen !== undefined && when(seen) ? seen : undefined;
      },
      { limit: 30_000 },
    );
  }

  /** The element of the row with this label, for what only a mouse does. */
  locator(label: string): Locator {
    return this.#rows().filter({
      has: this.#page.locator('.label-name', { hasText: exactly(label) }),
    });
  }

  /** Moves the keyboard's focus to the row with this label. Rejects when the arrow keys do not lead there. */
  async focus(label: string): Promise<void> {
    await this.locator(label).first().waitFor();
    await this.#view.locator('.monaco-list').first().focus();
    await this.#page.keyboard.press('Home');
    const wanted = this.locator(label).and(this.#page.locator('.focused'));
    for (let steps = 0; steps < 200; steps += 1) {
      if ((await wanted.count()) > 0) return;
      // A first key that was lost left the focus below the row.
      await this.#page.keyboard.press(steps % 50 === 49 ? 'Home' : 'ArrowDown');
    }
    throw new Error(`The arrow keys do not lead to the row ${label}.`);
  }

  /** Opens the row with this label by the keyboard, and waits until its children are shown. */
  async expand(label: string): Promise<void> {
    await this.#fold(label, 'ArrowRight', 'true');
  }

  /** Folds the row with this label by the keyboard. */
  async collapse(label: string): Promise<void> {
    await this.#fold(label, 'ArrowLeft', 'false');
  }

  /**
   * Rests the mouse on the row with this label until its tooltip shows `text`. A row that is drawn anew under
   * the mouse has none until the mouse has moved.
   */
  async hover(label: string, text: RegExp): Promise<void> {
    const tooltip = this.#page.locator('.workbench-hover', { hasText: text });
    await eventually(
      `the tooltip ${text} of the row ${label}`,
      async () => {
        await this.unhover();
        await this.locator(label).first().hover();
        return comes(tooltip.waitFor({ timeout: 5000 }));
      },
      { limit: 60_000 },
    );
  }

  /** Moves the mouse away from the view, and waits until no tooltip is shown. */
  async unhover(): Promise<void> {
    await this.#page.mouse.move(800, 500);
    await this.#page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  }

  /** A key that comes while the row is being drawn anew is lost: it is pressed again. */
  async #fold(label: string, key: string, expanded: 'true' | 'false'): Promise<void> {
    const row = this.locator(label).first();
    const folded = row.and(this.#page.locator(`[aria-expanded=${expanded}]`));
    await eventually(
      `the row ${label} with aria-expanded ${expanded}`,
      async () => {
        await this.focus(label);
        if ((await row.getAttribute('aria-expanded')) !== expanded) await this.#page.keyboard.press(key);
        return comes(folded.waitFor({ timeout: 5000 }));
      },
      { limit: 30_000 },
    );
  }

  #rows(): Locator {
    return this.#view.locator('.monaco-list-row[role=treeitem]');
  }
}
