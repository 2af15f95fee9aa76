import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { Bed } from '../testbed/vscode/bed.ts';
import { axeViolations, webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { keepCapturedLine } from './captured-log.ts';
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
    await logs.getByRole('button', { name: 'Two revisions side by side' }).click();
    const after = logs.getByRole('region', { name: /^Current: Revision 4/ });
    await logs.getByRole('region', { name: /^Revision \d/ }).waitFor();
    await after.locator('.log-row', { hasText: 'exiting with 1' }).first().waitFor();
    await window.workbench.reload();
    logs = await webviewFrame(window.page, 'kr-logs-editor');
    await logs
      .getByRole('region', { name: /^Current: Revision 4/ })
      .locator('.log-row', { hasText: 'exiting with 1' })
      .first()
      .waitFor();
    assert.deepEqual(
      (await axeViolations(logs)).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
    );
    await keepPicture(window.page, 'logs-split');
  });

  it('shows what was captured of pods that are gone, marked, with what was cut', async () => {
    const runs = join(
      bed.server.folder,
      'data/User/globalStorage/kubernetes-rollback.kubernetes-rollback/runs',
    );
    const journals = (await readdir(runs)).filter((each) => /veza-backend-api-\w+\.jsonl$/.test(each));
    const folder = join(runs, journals.sort().at(-1)?.replace('.jsonl', '') ?? '');
    const first = await revisionOne();
    const pod = { name: `${first.name}-gone0`, revision: 1, replicaSetUid: first.uid };
    await keepCapturedLine(folder, pod, 'FATAL no route to the database');
    const before = logs.getByRole('region', { name: /^Revision \d/ });
    await before.getByRole('button', { name: /^Revision/ }).click();
    await window.workbench.quickInput.choose('Revision 1');
    const area = logs.getByRole('region', { name: 'Revision 1' });
    await area.locator('.log-row', { hasText: 'no route to the database' }).waitFor();
    await area
      .locator('.log-row', { hasText: '7 older lines (1 KiB) were captured and cut again' })
      .waitFor();
    await area.locator('.log-captured[title*="captured before its pod went"]').first().waitFor();
    await area.locator('.log-held', { hasText: /1 captured at [\d:]+, 7 older cut/ }).waitFor();
    await area
      .locator('.log-mark', { hasText: '1 line of 1 container log captured, 7 older ones cut' })
      .waitFor();
    await keepPicture(window.page, 'logs-captured');
  });

  it('opens at the time of an event, from the line with the cursor', async () => {
    await window.workbench.runCommand('Rollback: Show Events');
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.page.locator('.quick-input-widget input[placeholder="Of what?"]').waitFor();
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.page
      .locator('.view-line .detected-link', { hasText: /^\d\d:\d\d:\d\d$/ })
      .first()
      .waitFor();
    const event = window.page.locator('.view-line', { hasText: /BackOff/ }).last();
    await event.click();
    await keepPicture(window.page, 'events-links');
    await window.workbench.runCommand('Rollback: Open Logs at This Time');
    await window.page.locator('.tab.active', { hasText: /^Logs: Pod veza-backend-api-/ }).waitFor();
    logs = await webviewFrame(window.page, 'kr-logs-editor');
    await logs.locator('.log-row', { hasText: 'exiting with 1' }).first().waitFor();
  });

  it('opens at the time of an event, by its link', async () => {
    await window.page.locator('.tab', { hasText: 'veza-backend-api.events' }).click();
    const created = window.page.locator('.view-line', { hasText: /SuccessfulCreate/ }).last();
    await created.locator('.detected-link').click({ modifiers: ['Control'] });
    await window.page.locator('.tab.active', { hasText: /^Logs: Revision \d of veza-backend-api/ }).waitFor();
  });

  async function revisionOne(): Promise<{ readonly name: string; readonly uid: string }> {
    const columns =
      'custom-columns=N:.metadata.name,U:.metadata.uid,R:.metadata.annotations.deployment\\.kubernetes\\.io/revision';
    const listed = await bed.demo.cluster.kubectl([
      'get',
      'replicasets',
      '-n',
      'veza-production',
      '--no-headers',
      '-o',
      columns,
    ]);
    const found = /^(veza-backend-api-\S+)\s+(\S+)\s+1\s*$/m.exec(listed);
    assert.ok(found, listed);
    return { name: found[1] ?? '', uid: found[2] ?? '' };
  }
});
