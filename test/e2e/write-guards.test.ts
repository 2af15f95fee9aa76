import assert from 'node:assert/strict';
import type { Bed } from '../testbed/vscode/bed.ts';
import { eventually } from '../testbed/eventually.ts';
import { webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { deploymentOf } from '../cluster/testbed/workloads.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';

const namespace = 'shop';
const name = 'checkout';

/** What guards a write, in a protected context, on a deployment of its own. */
describe('the guards of a write', function () {
  this.timeout(90_000);
  let bed: Bed;
  let window: VsCodeWindow;

  const kubectl = (...args: readonly string[]) => bed.demo.cluster.kubectl([...args, '-n', namespace]);
  const spec = (path: string) => kubectl('get', 'deployment', name, '-o', `jsonpath=${path}`);
  const pictures = (picture: string): Promise<void> => keepPicture(window.page, picture);

  async function release(version: string, podSpec: object): Promise<void> {
    const made = deploymentOf(namespace, name, `registry.shop/checkout:${version}`, { podSpec });
    await bed.demo.cluster.apply([made]);
    const cause = `kubernetes.io/change-cause=Release ${version}`;
    await kubectl('annotate', 'deployment', name, cause, '--overwrite');
    await kubectl('rollout', 'status', `deployment/${name}`, '--timeout=60s');
  }

  /** Waits for so many patches of this deployment that were no dry runs, by the extension: no fewer and no more. */
  async function writes(count: number): Promise<void> {
    await eventually(`${count} writes in the audit log`, async () => {
      const entries = await bed.demo.cluster.audit();
      const written = entries.filter(
        (entry) =>
          entry.userAgent === 'kubernetes-rollback' &&
          entry.verb === 'patch' &&
          // Its lease is renewed every 10 s.
          entry.resource === 'deployments' &&
          entry.namespace === namespace &&
          !entry.dryRun,
      );
      return written.length === count;
    });
  }

  async function command(title: string): Promise<void> {
    await window.workbench.runCommand(`Rollback: ${title}`);
    await window.workbench.quickInput.choose(name);
  }

  /** Types into the input box with this placeholder, once it has taken the place of what was there before. */
  async function answer(placeholder: string, text: string): Promise<void> {
    const box = window.page.locator(`.quick-input-widget input[placeholder=${JSON.stringify(placeholder)}]`);
    await box.waitFor();
    await box.fill(text);
  }

  before(async () => {
    bed = await sharedBed();
    await bed.demo.cluster.kubectl(['create', 'namespace', namespace]);
    await release('1.8.2', { volumes: [{ name: 'flags', configMap: { name: 'checkout-flags' } }] });
    await release('1.9.0', {});
    await kubectl('autoscale', `deployment/${name}`, '--min=2', '--max=7', '--cpu=80%');
    await bed.server.setUserSettings({
      ...bed.demo.settings,
      'kubernetesRollback.protectedContexts': ['dem*'],
    });
    window = await bed.openWindow({
      name: 'write guards',
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
      size: { width: 1400, height: 860 },
    });
    await window.workbench.openRollback();
    await window.workbench.tree('Deployments').row(namespace);
  });

  after(async () => {
    await window.close();
    await bed.server.setUserSettings(bed.demo.settings);
    await bed.demo.cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  });

  it('show what stands against a rollback, and take a note along', async () => {
    const { dialog, quickInput } = window.workbench;
    await command('Roll Back to Previous Revision');
    const { message, detail, buttons } = await dialog.read();
    assert.equal(message, 'Roll back checkout from revision 2 to 1?');
    assert.match(detail, /⚠ ConfigMap checkout-flags is gone, and revision 1 needs it/);
    assert.match(detail, /⚠ HorizontalPodAutoscaler checkout \(2 to 7\) sets its replicas/);
    assert.match(detail, /Not known whether revision 1 ever ran well/);
    assert.ok(buttons.includes('Roll Back to Revision 1…'), buttons.join());
    await pictures('preview-warnings');
    await dialog.press('Add Note…');
    await answer('e.g. checkout fails since 2.4.0', 'carts are lost');
    await quickInput.accept();
    await eventually('the preview with the note', async () =>
      (await dialog.read()).detail.includes('“carts are lost (rollback to 1: Release 1.8.2)”'),
    );
  });

  it('show the diff, and lead back to the preview whenever one has looked', async () => {
    const { dialog, quickInput } = window.workbench;
    const { page } = window;
    await dialog.press('Show Diff');
    await page.locator('.tab', { hasText: 'checkout: revision 2 (1.9.0) → 1 (1.8.2)' }).waitFor();
    const side = (which: 'original' | 'modified', words: string) =>
      page.locator(`.editor.${which} .view-lines`).filter({ hasText: words }).waitFor();
    await side('original', 'checkout:1.9.0');
    await side('modified', 'checkout:1.8.2');
    await page.locator('.editor.modified').click({ position: { x: 200, y: 300 } });
    await pictures('preview-diff');
    await quickInput.widget.locator('input').first().focus();
    await quickInput.choose('Continue…');
    assert.match((await dialog.read()).detail, /carts are lost/);
  });

  it('ask for the deployment’s name in a protected context, and take no other', async () => {
    const { dialog, quickInput, notifications } = window.workbench;
    await dialog.press('Roll Back to Revision 1…');
    await answer(name, 'check');
    await quickInput.accept();
    await window.page
      .locator('.quick-input-message', { hasText: 'demo is protected: type checkout to go on.' })
      .waitFor();
    await pictures('typed-name');
    await writes(0);
    await answer(name, name);
    await quickInput.accept();
    // No panel is open that would show it.
    await notifications.find(/Rolling back checkout to revision 1 \(Cancel only stops the watching\)/);
    await notifications.find('checkout is rolled back to revision 1 (now 3)');
    await writes(1);
    const cause = await spec('{.metadata.annotations.kubernetes\\.io/change-cause}');
    assert.equal(cause, 'carts are lost (rollback to 1: Release 1.8.2)');
  });

  it('lead through scaling in the same way, with the way back at the end', async () => {
    const { dialog, quickInput, notifications } = window.workbench;
    await command('Scale Deployment…');
    await answer('Number of replicas', '5');
    await quickInput.accept();
    const { message, detail } = await dialog.read();
    assert.equal(message, 'Scale checkout from 3 to 5 replicas?');
    assert.match(detail, /will change them again: change its limits instead/);
    assert.match(detail, /kubectl scale deployment\/checkout --current-replicas=3 --replicas=5 -n shop/);
    await pictures('confirm-scale');
    await dialog.press('Scale to 5…');
    await answer(name, name);
    await quickInput.accept();
    const done = /checkout is scaled 3 → 5: deployment "checkout" successfully rolled out/;
    await notifications.find(done);
    await pictures('scaled');
    await notifications.press(done, 'Scale Back to 3…');
    assert.equal((await dialog.read()).message, 'Scale checkout from 5 to 3 replicas?');
    await dialog.dismiss();
    assert.equal(await spec('{.spec.replicas}'), '5');
    await writes(2);
  });

  it('refuse to roll back a paused deployment, and offer to resume it first', async () => {
    const { dialog, quickInput, notifications } = window.workbench;
    await kubectl('rollout', 'pause', `deployment/${name}`);
    await command('Roll Back to Previous Revision');
    await notifications.press(/you cannot rollback a paused deployment/, 'Resume First…');
    assert.equal((await dialog.read()).message, 'Resume the rollout of checkout?');
    await dialog.press('Resume…');
    await answer(name, name);
    await quickInput.accept();
    await eventually('the preview of the rollback', async () =>
      (await dialog.read()).message.startsWith('Roll back checkout from revision 3'),
    );
    await dialog.dismiss();
    assert.equal(await spec('{.spec.paused}'), '');
    await writes(3);
  });

  it('stop where Argo CD would undo it, unless one insists', async () => {
    const { dialog } = window.workbench;
    await kubectl(
      'annotate',
      'deployment',
      name,
      'argocd.argoproj.io/tracking-id=shop:apps/Deployment:shop/checkout',
    );
    await command('Roll Back to Previous Revision');
    const { message, detail, buttons } = await dialog.read();
    assert.equal(message, 'checkout is managed by something that will undo this.');
    assert.match(
      detail,
      /Argo CD \(application shop\) manages it: its next sync puts the failing revision back/,
    );
    assert.ok(buttons.includes('Roll Back to Revision 2 Anyway…'), buttons.join());
    await pictures('blocked-by-owner');
    // Enter is the safe answer.
    await window.page.keyboard.press('Enter');
    await dialog.box.waitFor({ state: 'hidden' });
    await writes(3);
    await command('Roll Back to Previous Revision');
    await dialog.read();
    await dialog.press('Roll Back to Revision 2 Anyway…');
    await eventually('the preview', async () =>
      (await dialog.read()).message.startsWith('Roll back checkout'),
    );
    await dialog.dismiss();
    await writes(3);
  });

  it('let nothing at all be written in read-only mode, and say how to change that', async () => {
    await bed.server.setUserSettings({
      ...bed.demo.settings,
      'kubernetesRollback.readOnlyContexts': ['demo'],
    });
    await window.workbench.reload();
    const { notifications } = window.workbench;
    // The palette knows our commands once the extension has started.
    await window.workbench.tree('Deployments').row(namespace);
    const from = (await bed.demo.cluster.audit()).length;
    await command('Restart Deployment');
    await notifications.find(/This context is read-only: nothing can be written to it from here/);
    await command('Open Runbook');
    const panel = await webviewFrame(window.page, 'kr-header');
    await panel.locator('.header-badge', { hasText: 'read-only' }).waitFor();
    // What was done before the reload is told beside the runbook's steps.
    await panel.locator('kr-steps', { hasText: 'Resume the rollout' }).waitFor();
    await pictures('read-only');
    const asked = (await bed.demo.cluster.audit()).slice(from);
    const writes = asked.filter(
      ({ userAgent, verb, resource }) =>
        userAgent === 'kubernetes-rollback' &&
        !['get', 'list', 'watch'].includes(verb) &&
        resource !== 'selfsubjectaccessreviews',
    );
    assert.deepEqual(writes, [], 'not even a dry run');
  });
});
