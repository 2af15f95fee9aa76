import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bed } from '../testbed/vscode/bed.ts';
import { deploymentOf } from '../cluster/testbed/workloads.ts';
import { eventually } from '../testbed/eventually.ts';
import { activatedAt } from '../testbed/vscode/activation.ts';
import { extensionHosts } from '../testbed/vscode/extension-hosts.ts';
import { webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { keepCapturedLine } from './captured-log.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';

const namespace = 'durable';
const name = 'orders';

/** A rollback that never comes to its end by itself: the revision that is put back crashes. */
describe('a run that must not be lost', function () {
  this.timeout(120_000);
  let bed: Bed;
  let window: VsCodeWindow;
  let other: VsCodeWindow;
  let file: string;

  const kubectl = (...args: readonly string[]) => bed.demo.cluster.kubectl([...args, '-n', namespace]);
  const runsFolder = () =>
    join(
      bed.server.folder,
      'data',
      'User',
      'globalStorage',
      'kubernetes-rollback.kubernetes-rollback',
      'runs',
    );
  const row = (in_: VsCodeWindow, when: (description: string) => boolean) =>
    in_.workbench.tree('Runs').row(name, ({ description }) => when(description));

  /** The run's journals; what is kept beside them is in folders of the same name. */
  async function journals(): Promise<readonly string[]> {
    const names = await readdir(runsFolder());
    return names.filter((each) => each.includes(name) && each.endsWith('.jsonl')).sort();
  }

  /** The kinds of events in the run's journal. */
  async function journal(): Promise<readonly string[]> {
    const texts = await Promise.all(
      (await journals()).map((each) => readFile(join(runsFolder(), each), 'utf8')),
    );
    return texts
      .join('')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: { kind: string } }).event.kind);
  }

  async function patches(): Promise<number> {
    const entries = await bed.demo.cluster.audit();
    return entries.filter(
      (entry) =>
        entry.userAgent === 'kubernetes-rollback' &&
        entry.verb === 'patch' &&
        entry.resource === 'deployments' &&
        entry.namespace === namespace &&
        !entry.dryRun,
    ).length;
  }

  async function open(title: string): Promise<VsCodeWindow> {
    const opened = await bed.openWindow({
      name: title,
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
      size: { width: 1400, height: 860 },
    });
    await opened.workbench.openRollback();
    return opened;
  }

  before(async () => {
    bed = await sharedBed();
    await bed.demo.cluster.kubectl(['create', 'namespace', namespace]);
    for (const version of ['1.0-crash', '1.1']) {
      await bed.demo.cluster.apply([deploymentOf(namespace, name, `registry.shop/orders:${version}`)]);
      await eventually('the release', async () => {
        const revision = '{.metadata.annotations.deployment\\.kubernetes\\.io/revision}';
        const now = await kubectl('get', 'deployment', name, '-o', `jsonpath=${revision}`);
        return now === (version === '1.1' ? '2' : '1');
      });
    }
    await kubectl('rollout', 'status', `deployment/${name}`, '--timeout=60s');
    window = await open('durable');
  });

  after(async () => {
    await other?.close();
    await window.close();
  });

  it('is in the view Runs and in the status bar from the rollback on', async () => {
    await window.workbench.runCommand('Rollback: Roll Back to Previous Revision');
    await window.workbench.quickInput.choose(name);
    await window.workbench.dialog.press('Roll Back to Revision 1');
    await row(window, (description) => /^2 → 1 · roll back · \d\d:\d\d$/.test(description));
    await window.page.locator('.statusbar-item', { hasText: /orders 2 → 1 · roll back/ }).waitFor();
    await eventually('the rollout to be followed', async () =>
      (await journal()).includes('rolloutProgressed'),
    );
    assert.equal(await patches(), 1);
    await keepPicture(window.page, 'runs-dark');
  });

  it('is offered within 3 seconds after its extension host was killed in the middle of the rollback', async () => {
    const [host, ...more] = await extensionHosts();
    assert.ok(host !== undefined && more.length === 0, `one extension host: ${[host, ...more].join()}`);
    const before = await journal();
    process.kill(host, 'SIGKILL');
    await eventually('its end', async () => !(await extensionHosts()).includes(host));
    await window.page.reload();
    await window.workbench.ready();
    const words = 'Run of orders in progress: 2 → 1 · roll back';
    const shown = await window.workbench.notifications.shownAt(words);
    const offered = await window.workbench.notifications.find(words);
    const activated = await activatedAt(bed.server.folder);
    assert.ok(shown - activated < 3000, `offered ${shown - activated} ms after its activation`);
    console.log(`      offered ${shown - activated} ms after the extension's activation`);
    await offered.getByRole('button', { name: 'Open', exact: true }).click();
    const panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: /Rolling back/ }).waitFor();
    const after = await eventually('it to go on', async () => {
      const now = (await journal()).slice(before.length);
      return now.includes('resumed') && now.includes('rolloutProgressed') ? now : undefined;
    });
    assert.ok(!after.includes('rollbackConfirmed') && !after.includes('writeIntended'), after.join());
    assert.equal(await patches(), 1, 'nothing is written twice');
  });

  it('is only looked at in a second window, live, and that window writes nothing into it', async () => {
    other = await open('durable, second window');
    await row(other, (description) => /in another window/.test(description));
    await other.workbench.runCommand('Rollback: Open Run…');
    await other.workbench.quickInput.choose(name);
    const panel = await webviewFrame(other.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: 'Another window carries this run out' }).waitFor();
    await panel.locator('kr-steps', { hasText: /Waiting for/ }).waitFor();
    assert.equal(
      await panel
        .locator('kr-header, kr-checklist')
        .getByRole('button', { name: /Roll back|Verify|Sign|Stop/ })
        .count(),
      0,
    );
    const before = await journal();
    await other.workbench.runCommand('Rollback: Open Runbook');
    await other.workbench.quickInput.choose(name);
    await other.workbench.notifications.find(/Another window carries out the run of orders/);
    const since = (await journal()).slice(before.length);
    assert.deepEqual(
      since.filter((kind) => kind !== 'rolloutProgressed'),
      [],
    );
    await keepPicture(other.page, 'runs-second-window');
  });

  it('is taken over by the second window on request, and let go by the first', async () => {
    await other.workbench.runCommand('Rollback: Take Over Run…');
    await other.workbench.quickInput.choose('From Another Window');
    await other.workbench.quickInput.choose(name);
    await window.workbench.notifications.find(/Another window has taken the run of orders over/);
    await row(window, (description) => /in another window/.test(description));
    await row(other, (description) => /^2 → 1 · roll back · \d\d:\d\d$/.test(description));
    assert.deepEqual(
      (await journal()).filter((kind) => kind === 'takenOver'),
      ['takenOver'],
    );
    assert.equal(await patches(), 1);
  });

  it('is had by the first window again as soon as the second one is killed', async () => {
    const hosts = await extensionHosts();
    await other.close();
    await eventually(
      'the end of its extension host',
      async () => (await extensionHosts()).length < hosts.length,
      {
        limit: 60_000,
      },
    );
    await row(window, (description) => /^2 → 1 · roll back · \d\d:\d\d$/.test(description));
    await window.workbench.runCommand('Rollback: Open Run…');
    await window.workbench.quickInput.choose(name);
    const panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: /Rolling back/ }).waitFor();
  });

  it('is handed over in a file, only looked at from then on, and taken over from it', async () => {
    file = join(window.workspace, 'orders.rollbackrun');
    await window.workbench.runCommand('Rollback: Export Run…');
    await window.workbench.quickInput.choose(name);
    const { quickInput, notifications } = window.workbench;
    await answer('e.g. bob', 'ada');
    await answer('e.g. waiting for the cache to warm up', 'the old revision crashes; token=s3cr3t-77');
    await quickInput.chooseFile(file);
    await notifications.find(/The run of orders is handed over to ada/);
    await access(file);
    await row(window, (description) => /2 → 1 · handed over to ada/.test(description));
    const [stored = ''] = await journals();
    assert.doesNotMatch(await readFile(join(runsFolder(), stored), 'utf8'), /s3cr3t-77/);

    await window.workbench.runCommand('Rollback: Take Over Run…');
    await quickInput.chooseFile(file);
    const panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('kr-header', { hasText: /Rolling back/ }).waitFor();
    await row(window, (description) => /^2 → 1 · roll back · \d\d:\d\d$/.test(description));
    assert.deepEqual(
      (await journal()).filter((kind) => kind === 'handedOver' || kind === 'takenOver').slice(-2),
      ['handedOver', 'takenOver'],
    );
    assert.equal(await patches(), 1);
  });

  it('is written as an incident report from its journal, into an editor that is not saved by itself', async () => {
    const { quickInput, editor } = window.workbench;
    await window.workbench.runCommand('Rollback: Export Incident Report');
    await quickInput.choose(name);
    await quickInput.choose('Full Report');
    await editor.tab(/^# Incident report: orders/);
    const text = await eventually('the report', async () => {
      const shown = await editor.text();
      return shown.includes('# Incident report: orders') ? shown : undefined;
    });
    assert.match(text, /This run is not signed off/);
    assert.match(text, /rolled back from revision 2 \(1\.1\) to revision 1 \(1\.0-crash\)/);
    assert.match(text, /\| Sign-off \| not yet \|/);
    await window.page.locator('.statusbar-item', { hasText: /^Markdown$/ }).waitFor();
    // The palette puts this one first, whatever else begins as it does.
    await window.workbench.runCommand('Markdown: Open Locked Preview to the Side');
    const preview = await eventually('its preview', async () => {
      for (const frame of window.page.frames())
        if ((await frame.locator('.markdown-body h1').count()) > 0) return frame;
      return undefined;
    });
    assert.equal(await preview.locator('h1').innerText(), 'Incident report: orders');
    await preview.locator('h2', { hasText: /^Figures$/ }).scrollIntoViewIfNeeded();
    await preview.locator('svg[role=img] path').first().waitFor({ state: 'attached' });
    await keepPicture(window.page, 'report-dark');
    await (await editor.tab(/^\[?Preview/)).click({ button: 'middle' });
    await (await editor.tab(/^# Incident report/)).click();
    // It holds words, so that VS Code would ask whether to save it.
    await window.workbench.runCommand('View: Revert and Close Editor');
  });

  it('is closed with a reason and kept in the list', async () => {
    await window.workbench.runCommand('Rollback: Close Run…');
    await window.workbench.quickInput.choose(name);
    await answer('e.g. the alert was false', 'an exercise');
    await row(window, (description) => /2 → 1 · closed · \d\d:\d\d/.test(description));
  });

  it('shows the logs that were captured in it when it is opened later, only to be looked at', async () => {
    const [id = ''] = (await readdir(runsFolder())).filter((each) => /orders-\w+\.jsonl$/.test(each));
    const pod = { name: 'orders-1-gone0', revision: 2, replicaSetUid: 'gone' };
    await keepCapturedLine(
      join(runsFolder(), id.replace('.jsonl', '')),
      pod,
      'FATAL no route to the database',
    );
    await window.workbench.runCommand('Rollback: Open Run…');
    await window.workbench.quickInput.choose(name);
    await window.page.locator('.tab.active', { hasText: 'orders (recorded)' }).waitFor();
    const panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('.log-row', { hasText: 'no route to the database' }).waitFor();
    await panel.locator('.log-pod', { hasText: '2·gone0 captured' }).first().waitFor();
    await panel.locator('.log-held', { hasText: /1 captured at [\d:]+, 7 older cut/ }).waitFor();
    await panel.locator('.log-alive', { hasText: /^ended at .*What was captured in this run/ }).waitFor();
    assert.equal(await panel.getByRole('button', { name: 'Open the logs in an editor' }).count(), 0);
    await keepPicture(window.page, 'runs-recorded-logs');
  });

  it('is deleted after a confirmation, with the logs that were captured in it', async () => {
    await window.setSettings({ 'workbench.colorTheme': 'Default Light Modern' });
    await window.workbench.themed('vs');
    await keepPicture(window.page, 'runs-light');
    await window.workbench.runCommand('Rollback: Delete Run…');
    await window.workbench.quickInput.choose(name);
    await window.workbench.dialog.press('Move to Trash');
    await window.workbench.tree('Runs').locator(name).waitFor({ state: 'detached' });
    await eventually(
      'an empty folder',
      async () => !(await readdir(runsFolder())).some((each) => each.includes(name)),
    );
  });

  async function answer(placeholder: string, text: string): Promise<void> {
    const box = window.page.locator(`.quick-input-widget input[placeholder=${JSON.stringify(placeholder)}]`);
    await box.waitFor();
    await box.fill(text);
    await window.workbench.quickInput.accept();
    await box.waitFor({ state: 'hidden' });
  }
});
