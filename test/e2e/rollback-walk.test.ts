import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { Bed } from '../testbed/vscode/bed.ts';
import { eventually } from '../testbed/eventually.ts';
import { axeViolations, webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';
import { themes } from './vscode-themes.ts';

/** One incident from the first look to the last tick, each test where the one before has ended. */
describe('an incident in veza-backend-api', function () {
  this.timeout(90_000);
  let bed: Bed;
  /** Requests that were made before this walk. */
  let requestsBefore: number;
  let window: VsCodeWindow;
  let panel: Frame;

  const health = async (): Promise<number> => (await fetch(`${bed.demo.health.url}/health`)).status;
  const item = (title: string, state: 'ticked' | 'failed') =>
    panel.locator(`li.item-${state}`, { hasText: title }).waitFor();
  const pictures = (name: string): Promise<void> => keepPicture(window.page, name);

  before(async () => {
    bed = await sharedBed();
    requestsBefore = (await bed.demo.cluster.audit()).length;
    window = await bed.openWindow({
      name: 'rollback walk',
      settings: { 'workbench.colorTheme': themes['vs-dark'] },
      size: { width: 1400, height: 860 },
    });
    await window.workbench.openRollback();
  });

  after(() => window.close());

  it('is found by its red icon, and the health endpoint answers 503', async () => {
    const row = await window.workbench
      .tree('Deployments')
      .row('veza-backend-api', ({ icon, name }) => icon === 'error' && /Degraded: 3 pods/.test(name));
    assert.match(row.description, /^crash loop · 0\/3 · rev 4 · v2\.4\.0-crash/);
    const [red = 0, green = 0, blue = 0] = (row.iconColour.match(/\d+/g) ?? []).map(Number);
    assert.ok(red > green + 50 && red > blue + 50, `the icon is ${row.iconColour}`);
    assert.equal(await health(), 503);
  });

  it('shows its history one key away: revisions with their images and causes, pods with their states', async () => {
    const tree = window.workbench.tree('Deployments');
    await tree.expand('veza-backend-api');
    assert.match(
      (await tree.row('4 · v2.4.0-crash')).description,
      /^failing · current · .+“Release v2\.4\.0: tracks in a new table”/,
    );
    assert.match((await tree.row('3 · v2.3.1')).description, /“Release v2\.3\.1: fewer queries per search”/);
    // A crash-looping container also runs for a moment, again and again.
    await eventually('three pods of revision 4, one of them seen crashed', async () => {
      const pods = (await tree.rows()).filter(({ label }) => label.startsWith('4·'));
      const crashed = pods.some(({ description }) => /CrashLoopBackOff|Error/.test(description));
      return pods.length === 3 && crashed ? pods : undefined;
    });
    await pictures('tree');
  });

  it('opens its runbook: what is wrong, nine checklist items, and the crashing pods’ logs', async () => {
    await window.workbench.runCommand('Rollback: Open Runbook');
    await window.workbench.quickInput.choose('veza-backend-api');
    panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: 'Degraded: 3 pods' }).waitFor();
    await panel.locator('kr-steps', { hasText: '21 of 21 permissions' }).waitFor();
    await panel.locator('kr-checklist', { hasText: /1 of 9/i }).waitFor();
    await item('Previous version identified', 'ticked');
    await item('Health checks passing', 'failed');
    await panel.locator('kr-log', { hasText: 'migration check failed, exiting with 1' }).waitFor();
    await panel.locator('kr-steps:focus-within').waitFor();
    await pictures('panel-failing');
  });

  it('shows its log filtered while one types, and the run before the crash, all by keyboard', async () => {
    const lines = panel.locator('.log-row');
    await window.page.keyboard.press('/');
    await window.page.keyboard.type('migration');
    // Marks stay, and what tells of runs whose logs nobody could read: a crash loop may be quicker than its reader.
    const others = panel.locator('.log-row:not(.log-gap, .log-mark)').filter({ hasNotText: 'migration' });
    await others.first().waitFor({ state: 'detached' });
    await lines.filter({ hasText: 'migration check failed' }).first().waitFor();
    await window.page.keyboard.press('Escape');
    await lines.filter({ hasText: 'connected to postgres' }).first().waitFor();
    const previous = panel.getByRole('button', { name: 'Previous', exact: true });
    await previous.press('Enter');
    await panel.locator('kr-log-foot', { hasText: 'The previous run is over' }).waitFor();
    await lines.filter({ hasText: 'migration check failed' }).first().waitFor();
    await previous.press('Enter');
    await panel.locator('kr-log-toolbar [aria-pressed=false]', { hasText: 'Previous' }).waitFor();
  });

  it('is rolled back from the palette with the keyboard alone, after a preview and one confirmation', async () => {
    const { quickInput, dialog } = window.workbench;
    await window.workbench.runCommand('Rollback: Roll Back to Previous Revision');
    const first = await eventually('the list', async () => (await quickInput.rows())[0]);
    assert.match(first.label, /veza-backend-api/, 'failing deployments come first');
    await quickInput.accept();
    const preview = await dialog.read();
    assert.equal(preview.message, 'Roll back veza-backend-api from revision 4 to 3?');
    assert.match(preview.detail, /image of api: v2\.4\.0-crash → v2\.3\.1/);
    assert.match(preview.detail, /env TRACKS_TABLE of api removed/);
    assert.match(
      preview.detail,
      /kubectl rollout undo deployment\/veza-backend-api --to-revision=3 -n veza-production --context demo/,
    );
    await pictures('confirm');
    await dialog.press('Roll Back to Revision 3');
  });

  it('shows the progress in kubectl’s words with old and new pods by revision, to the truthful end', async () => {
    await panel.locator('kr-steps', { hasText: /Waiting for deployment|Waiting for rollout/ }).waitFor();
    await panel.locator('ul.pods', { hasText: /rev 5/ }).waitFor();
    await pictures('panel-rolling-back');
    const said = await window.workbench.notifications.messages();
    assert.deepEqual(
      said.filter((words) => words.startsWith('Rolling back')),
      [],
      'what the panel shows does not lie over its log once more',
    );
    await window.workbench.notifications.find(
      'veza-backend-api is rolled back to revision 3 (now 5): deployment "veza-backend-api" successfully rolled out',
    );
    await panel.locator('kr-header', { hasText: '3 (now 5)' }).waitFor();
    await item('Rollback executed', 'ticked');
    await window.workbench
      .tree('Deployments')
      .row(
        'veza-backend-api',
        ({ icon, description }) => icon === 'pass-filled' && description === '3/3 · rev 5 · v2.3.1',
      );
  });

  it('has its logs tailed: the new pods after the line that marks the rollback', async () => {
    await window.workbench.runCommand('Rollback: Tail Logs');
    await window.workbench.quickInput.choose('veza-backend-api');
    await panel
      .locator('kr-log', { hasText: /rolled back to revision 3 by/ })
      .first()
      .waitFor();
    await panel
      .locator('kr-log', { hasText: /GET \/api\/v1\// })
      .first()
      .waitFor();
    await panel.locator('kr-log', { hasText: /live/ }).waitFor();
    await panel.locator('kr-log:focus-within').waitFor();
  });

  it('is verified by evidence: the checklist’s items are ticked, and the health endpoint is green', async () => {
    await window.workbench.runCommand('Rollback: Verify Deployment');
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.workbench.notifications.find('veza-backend-api: 5 of 5 checks hold');
    await panel.locator('kr-steps:focus-within').waitFor();
    for (const title of [
      'Pods are running and ready',
      'Health checks passing',
      'Application logs show no errors',
      'Critical endpoints responding',
    ])
      await item(title, 'ticked');
    await panel.locator('kr-checklist', { hasText: /6 of 9/i }).waitFor();
    assert.equal(await health(), 200);
    await pictures('panel-verified');
  });

  it('keeps a person’s word for what nothing else can tell', async () => {
    await window.workbench.runCommand('Rollback: Sign Checklist Item…');
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.workbench.quickInput.choose('Users can access the platform');
    // The list gives way to the input box only a moment later.
    await window.page.locator('.quick-input-widget input[placeholder^="e.g. logged in"]').waitFor();
    await window.workbench.quickInput.type('played three tracks from a phone');
    await window.workbench.quickInput.accept();
    await item('Users can access the platform', 'ticked');
  });

  it('is all there again after a reload of the window', async () => {
    await window.workbench.reload();
    panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: '3 (now 5)' }).waitFor();
    await panel.locator('kr-checklist', { hasText: /7 of 9/i }).waitFor();
    await panel
      .locator('kr-log', { hasText: /GET \/api\/v1\// })
      .first()
      .waitFor();
  });

  for (const [kind, theme] of Object.entries(themes))
    it(`has a panel in which axe finds no violation in ${theme}`, async () => {
      await window.setSettings({ 'workbench.colorTheme': theme });
      await window.workbench.themed(kind as keyof typeof themes);
      await panel
        .locator(
          `body.vscode-${kind === 'vs' ? 'light' : kind === 'vs-dark' ? 'dark' : kind === 'hc-black' ? 'high-contrast' : 'high-contrast-light'}`,
        )
        .waitFor();
      assert.deepEqual(
        (await axeViolations(panel)).map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
        [],
      );
      await pictures(`panel-${kind}`);
    });

  it('has made exactly one Deployment PATCH that was not a dry run, and no other write but access reviews and its lease', async () => {
    const ours = await eventually('our requests in the audit log', async () => {
      const entries = (await bed.demo.cluster.audit())
        .slice(requestsBefore)
        .filter(({ userAgent }) => userAgent === 'kubernetes-rollback');
      return entries.length > 0 ? entries : undefined;
    });
    const writes = ours.filter(({ verb, dryRun }) => !['get', 'list', 'watch'].includes(verb) && !dryRun);
    const patches = writes.filter(({ verb, resource }) => verb === 'patch' && resource === 'deployments');
    assert.deepEqual(
      patches.map(({ name, namespace, code }) => ({ name, namespace, code })),
      [{ name: 'veza-backend-api', namespace: 'veza-production', code: 200 }],
    );
    const others = writes
      .filter((entry) => !patches.includes(entry))
      .map(({ verb, resource }) => `${verb} ${resource}`);
    // The lease tells other machines of it; it is made once, then renewed.
    assert.deepEqual([...new Set(others)].toSorted(), [
      'create leases',
      'create selfsubjectaccessreviews',
      'patch leases',
    ]);
  });

  it('is signed off once every item holds or somebody answers for it, and not before', async () => {
    await window.workbench.runCommand('Rollback: Sign Off Run…');
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.workbench.notifications.find(
      'The run of veza-backend-api cannot be signed off yet. Still missing:',
    );
    const missing = panel.locator('li.item:not(.item-ticked, .item-overridden)');
    while ((await missing.count()) > 0) {
      const id = await answerFor(missing.first().locator('.row'));
      await panel.locator(`li.item-overridden:has([aria-controls=${id}])`).waitFor();
    }
    await panel.getByRole('button', { name: 'Sign off…' }).click();
    await answer('e.g. watched for', 'the board is green');
    await panel.locator('kr-header', { hasText: /Signed off by \S+ at \d\d:\d\d/ }).waitFor();
    await panel.getByRole('button', { name: 'Export report' }).first().waitFor();
    await window.setSettings({ 'workbench.colorTheme': themes['vs-dark'] });
    await window.workbench.themed('vs-dark');
    await window.workbench.runCommand('Notifications: Clear All Notifications');
    await pictures('panel-signed-off');
  });

  it('goes on with its clean-up after the sign-off, and keeps it over a reload', async () => {
    await panel.getByRole('button', { name: 'They are held' }).click();
    await panel.locator('.reminder').waitFor({ state: 'detached' });
    await window.workbench.reload();
    panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: 'Signed off by' }).waitFor();
    await panel
      .locator('li.task-done', { hasText: 'Hold automatic deployments of the bad version' })
      .waitFor();
    await window.workbench.runCommand('Rollback: Update Clean-up Task…');
    await window.workbench.quickInput.choose('veza-backend-api');
    await window.workbench.quickInput.choose('Schedule a post-mortem');
    await window.workbench.quickInput.choose('not needed');
    await answer('e.g. jane', 'jane');
    await answer('e.g. Thursday', 'nobody outside noticed');
    await panel.locator('li.task-notNeeded', { hasText: 'Schedule a post-mortem' }).waitFor();
  });

  /** Opens an item of the checklist and answers for it; gives the id of its row's body. */
  async function answerFor(row: Locator): Promise<string> {
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    const id = (await row.getAttribute('aria-controls')) ?? '';
    await panel.locator(`#${id}`).getByRole('button', { name: 'Override…' }).click();
    await answer('e.g. the alert is of another', 'seen by hand');
    return id;
  }

  /** Types into the input box whose empty words begin so. */
  async function answer(placeholder: string, text: string): Promise<void> {
    await window.page.locator(`.quick-input-widget input[placeholder^="${placeholder}"]`).waitFor();
    await window.workbench.quickInput.type(text);
    await window.workbench.quickInput.accept();
  }
});
