import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Bed } from '../testbed/vscode/bed.ts';
import { axeViolations, webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';

/** A look at a deployment's logs over a whole editor, each test where the one before has ended. */
describe('the Logs editor', function () {
  this.timeout(90_000);
  let bed: Bed;
  let window: VsCodeWindow;
  let logs: Frame;

  before(async () => {
    bed = await sharedBed();
    window = await bed.openWindow({ name: 'logs', size: { width: 1400, height: 860 } });
    await window.workbench.openRollback();
  });

  after(() => window.close());

  const line = (text: string | RegExp) => logs.locator('.log-row', { hasText: text });

  it('opens from the palette: the merged logs of all pods, live', async () => {
    await window.workbench.runCommand('Rollback: Open Logs');
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.workbench.quickInput.choose('All pods');
    logs = await webviewFrame(window.page, 'kr-logs-editor');
    await line('migration check failed, exiting with 1').first().waitFor();
    await logs.locator('.log-scroll:focus').waitFor();
    await keepPicture(window.page, 'logs');
  });

  it('loads the engine for regular expressions when one is typed, under the page’s policy', async () => {
    await window.page.keyboard.press('/');
    await window.page.keyboard.type('/connected to \\w+ in|check fail/');
    await line(/starting/)
      .first()
      .waitFor({ state: 'detached' });
    await line('migration check failed').first().waitFor();
    await window.page.keyboard.press('Escape');
    await line(/starting/)
      .first()
      .waitFor();
  });

  it('searches with Ctrl+F and ends that with Escape', async () => {
    await logs.locator('.log-scroll').focus();
    await window.page.keyboard.press('Control+f');
    await logs.locator('kr-log-search input:focus').waitFor();
    await window.page.keyboard.type('migration');
    await window.page.keyboard.press('Enter');
    await logs.locator('.log-search-count', { hasText: /^\d+ of \d+/ }).waitFor();
    await window.page.keyboard.press('Escape');
    await logs.locator('.log-search').waitFor({ state: 'detached' });
  });

  it('is split into the revision before the current one and the current one, and restored so after a reload', async () => {
    await logs.getByRole('button', { name: 'Before and after the rollback' }).click();
    const after = logs.getByRole('region', { name: /^After: Revision 4/ });
    await logs.getByRole('region', { name: /^Before: Revision \d/ }).waitFor();
    await after.locator('.log-row', { hasText: 'exiting with 1' }).first().waitFor();
    // VS Code's own reload waits until the window's editors are stored; the browser's does not.
    const loaded = window.page.waitForEvent('load');
    await window.workbench.runCommand('Developer: Reload Window');
    await loaded;
    logs = await webviewFrame(window.page, 'kr-logs-editor');
    await logs
      .getByRole('region', { name: /^After: Revision 4/ })
      .locator('.log-row', { hasText: 'exiting with 1' })
      .first()
      .waitFor();
    assert.deepEqual(
      (await axeViolations(logs)).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
    );
    await keepPicture(window.page, 'logs-split');
  });
});
