import axe, { type Result } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * The frame with the extension's own document of the webview whose document's body matches `selector`, once it is
 * there. VS Code puts it two frames deep: an outer frame of a different origin, and `#active-frame` in that.
 */
export async function webviewFrame(page: Page, selector = 'body'): Promise<Frame> {
  const outer = page.locator('iframe.webview.ready');
  await outer.first().waitFor({ state: 'attached' });
  for (;;) {
    for (const handle of await outer.elementHandles()) {
      const frame = await handle.contentFrame();
      const inner = await frame?.waitForSelector('#active-frame', { state: 'attached' });
      const found = await inner?.contentFrame();
      if (found && (await found.waitForSelector(selector, { state: 'attached' }))) return found;
    }
  }
}

/** Waits until an opened webview has taken the focus: a list that is opened before that is closed by it. */
export async function webviewFocused(page: Page): Promise<void> {
  await page.locator('iframe.webview.ready:focus').waitFor();
}

/** What axe-core objects to in a frame's document, shadow roots included. */
export async function axeViolations(frame: Frame): Promise<readonly Result[]> {
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations;
}
