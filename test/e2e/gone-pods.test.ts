import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { Bed } from '../testbed/vscode/bed.ts';
import { deploymentOf } from '../cluster/testbed/workloads.ts';
import { comes, eventually } from '../testbed/eventually.ts';
import { webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';

const namespace = 'leaving';
const name = 'billing';

/** Log areas that are open while a rollback takes the failing revision's pods away; nobody chooses logs again. */
describe('the logs of pods that go while they are looked at', function () {
  this.timeout(120_000);
  let bed: Bed;
  let window: VsCodeWindow;
  let panel: Frame;
  let logs: Frame;

  const kubectl = (...args: readonly string[]) => bed.demo.cluster.kubectl([...args, '-n', namespace]);
  const captured = /[1-9][\d,]* captured at [\d:]+/;
  const lastWords = 'migration check failed, exiting with 1';

  before(async () => {
    bed = await sharedBed();
    await bed.demo.cluster.kubectl(['create', 'namespace', namespace]);
    await bed.demo.cluster.apply([deploymentOf(namespace, name, 'registry.shop/billing:1.0')]);
    await kubectl('rollout', 'status', `deployment/${name}`, '--timeout=60s');
    await bed.demo.cluster.apply([deploymentOf(namespace, name, 'registry.shop/billing:1.1-crash')]);
    const backOff = ['get', 'events', '--field-selector', 'reason=BackOff', '-o', 'name'];
    await eventually('its back-off', async () => (await kubectl(...backOff)) !== '');
    window = await bed.openWindow({ name: 'gone pods', size: { width: 1400, height: 860 } });
    await window.workbench.openRollback();
  });

  after(() => window.close());

  it('are opened at the time of evidence that was seen at a pod, from the panel, by keyboard', async () => {
    await window.workbench.runCommand('Rollback: Open Runbook');
    await window.workbench.quickInput.choose(name);
    panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('.log-row', { hasText: lastWords }).first().waitFor();
    await (await evidenceOf('billing-')).press('Enter');
    await window.page.locator('.tab.active', { hasText: /^Logs: (Pod|Revision)/ }).waitFor();
    await (await frameWith('kr-logs-editor .log-scroll:focus')).locator('.log-row').first().waitFor();
    await window.page.locator('.tab.active').click({ button: 'middle' });
    await window.page.locator('.tab', { hasText: /^Logs: / }).waitFor({ state: 'detached' });
  });

  it('stay where they are, with what was captured, each line once: of all pods and of two revisions', async () => {
    await window.workbench.runCommand('Rollback: Open Logs');
    await window.workbench.quickInput.choose(name);
    await window.workbench.quickInput.choose('All pods');
    logs = await frameWith('kr-logs-editor .log-scroll:focus');
    await logs.getByRole('button', { name: 'Two revisions side by side' }).click();
    const failing = logs.getByRole('region', { name: 'Current: Revision 2' });
    await failing.locator('.log-row', { hasText: lastWords }).first().waitFor();
    const seen = await linesIn(failing);
    await window.workbench.runCommand('Rollback: Roll Back to Previous Revision');
    await window.workbench.quickInput.choose(name);
    await window.workbench.dialog.press('Roll Back to Revision 1');
    await window.workbench.notifications.find(/billing is rolled back to revision 1/);
    await window.page.locator('.tab', { hasText: /^Logs: / }).click();
    const left = logs.getByRole('region', { name: 'Before: Revision 2' });
    await left.locator('.log-held', { hasText: captured }).waitFor();
    await left.locator('.log-alive', { hasText: 'What was captured is shown.' }).waitFor();
    await logs.getByRole('region', { name: 'After: Revision 3 (was 1)' }).waitFor();
    const shown = await linesIn(left);
    assert.deepEqual(
      [...seen].filter((line) => !shown.has(line)),
      [],
      'none lost',
    );
    await keepPicture(window.page, 'logs-pods-gone');
    await window.page.locator('.tab', { hasText: name }).first().click();
    await panel.locator('.log-held', { hasText: captured }).waitFor();
    const merged = await linesIn(panel.locator('kr-log'));
    assert.ok([...merged].some((line) => line.includes(lastWords)));
  });

  it('are opened at the time of evidence from a pod whose ReplicaSet is gone too, among those of all', async () => {
    const idle = 'jsonpath={.items[?(@.spec.replicas==0)].metadata.name}';
    const left = await kubectl('get', 'replicasets', '-o', idle);
    await kubectl('delete', 'replicaset', left, '--wait');
    await (await evidenceOf(`${left}-`)).press('Enter');
    const opened = await frameWith('kr-logs-editor kr-log:only-of-type .log-scroll:focus');
    await opened.locator('.log-held', { hasText: captured }).waitFor();
    await opened.locator('.log-row').first().waitFor();
  });

  /** The button of evidence that was seen at a pod whose name begins so, among the events; a step folds by itself when it ends. */
  function evidenceOf(pod: string): Promise<Locator> {
    const row = panel.getByRole('button', { name: 'Recent events' });
    const button = panel.getByRole('button', { name: `Open logs at this time: ${pod}` }).first();
    return eventually(`evidence of ${pod}`, async () => {
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.press('Enter');
      return (await comes(button.waitFor({ timeout: 2000 }))) && button;
    });
  }

  /** The document of the webview that has this element: there are several. */
  function frameWith(selector: string): Promise<Frame> {
    return eventually(`a webview with ${selector}`, async () => {
      for (const frame of window.page.frames()) if ((await frame.locator(selector).count()) > 0) return frame;
      return undefined;
    });
  }

  /** All lines that the area holds, with time and container; none may stand in it twice, where both would be side by side. */
  async function linesIn(area: Locator): Promise<ReadonlySet<string>> {
    const scroll = area.locator('.log-scroll');
    const lines = new Set<string>();
    // A log that follows goes back to its end where it is drawn before it hears of the scrolling.
    await eventually('the beginning of the log', () =>
      scroll.evaluate(async (element) => {
        element.scrollTop = 0;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return element.scrollTop === 0;
      }),
    );
    for (let bottom = false; !bottom;) {
      const rows = await scroll.locator('.log-row:not(.log-gap, .log-mark)').evaluateAll((drawn) =>
        drawn.map((row) => {
          const at = row.querySelector('.log-time')?.getAttribute('title') ?? '';
          const pod = row.querySelector('.log-pod')?.textContent.replace(' captured', '') ?? '';
          return `${at} ${pod} ${row.querySelector('.log-text')?.textContent ?? ''}`;
        }),
      );
      assert.deepEqual(rows, [...new Set(rows)], 'no line twice');
      for (const row of rows) lines.add(row);
      bottom = await scroll.evaluate(async (element) => {
        const before = element.scrollTop;
        element.scrollTop += element.clientHeight / 2;
        await new Promise((done) => requestAnimationFrame(done));
        return element.scrollTop === before;
      });
    }
    return lines;
  }
});
