import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../scripts/bundle/bundle-extension.ts';
import { status, webPage } from '../testbed/misbehaving/faults.ts';
import type { MisbehavingServer } from '../testbed/misbehaving/server.ts';
import { startVsCode, type VsCodeServer } from '../testbed/vscode/server.ts';
import { openWindow, type VsCodeWindow } from '../testbed/vscode/window.ts';
import { apiDeployment, putDeployment, startShop } from '../unit/bad-input/shop.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';

/** What is on screen when things go wrong, each test where the one before has ended. */
describe('bad input on screen', function () {
  this.timeout(60_000);
  let folder: string;
  let shop: MisbehavingServer;
  let server: VsCodeServer | undefined;
  let window: VsCodeWindow | undefined;
  const opened = (): VsCodeWindow => {
    assert.ok(window);
    return window;
  };
  const writeKubeconfig = (text: string) => writeFile(join(folder, 'config'), text);

  before(async () => {
    const { browser } = await sharedBed();
    folder = await mkdtemp(join(tmpdir(), 'misbehaving-'));
    shop = await startShop();
    server = await startVsCode({
      extensions: [repository],
      userSettings: { 'kubernetesRollback.kubeconfig': join(folder, 'config') },
    });
    window = await openWindow(server, browser, {
      name: 'misbehaving',
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
      size: { width: 1400, height: 760 },
    });
    await window.workbench.openRollback();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.keepEvidence();
  });
  after(async () => {
    await window?.close();
    await server?.stop();
    await shop.close();
    await rm(folder, { recursive: true });
  });

  /** The words and the buttons in place of the tree. */
  const welcome = (words: string | RegExp) =>
    opened().page.locator('.welcome-view-content').filter({ hasText: words }).waitFor();

  const statusBar = (words: RegExp) =>
    opened().page.locator('.statusbar-item').filter({ hasText: words }).first().waitFor();

  it('no kubeconfig, and one without contexts: where it is looked for, and what to do', async () => {
    await welcome(/There is no kubeconfig on this machine.*~\/\.kube\/config.*Choose a Kubeconfig File/s);
    await keepPicture(opened().page, 'no-kubeconfig');
    await writeKubeconfig('{"apiVersion": "v1", "kind": "Config"}');
    await welcome(/names no context.*Choose Another Kubeconfig File.*Look Again/s);
    await keepPicture(opened().page, 'empty-kubeconfig');
  });

  it('a broken kubeconfig: what is wrong with which file, and what to do', async () => {
    const { page, workbench } = opened();
    await writeKubeconfig('contexts: [ {');
    // The view Runs has a place for one as well.
    const message = page
      .locator('.tree-explorer-viewlet-tree-view .message')
      .filter({ hasText: 'kubeconfig' });
    await message.filter({ hasText: /^The kubeconfig .*\/config/ }).waitFor();
    const tree = workbench.tree('Deployments');
    await tree.row('Choose Another Kubeconfig File…');
    await tree.row('Look Again');
    await keepPicture(page, 'bad-kubeconfig');
    // What was said goes when it is mended: no notification stays behind.
    await writeKubeconfig('{"apiVersion": "v1", "kind": "Config"}');
    await welcome(/names no context/);
    await message.waitFor({ state: 'hidden' });
    assert.equal(await page.locator('.notifications-toasts .notification-toast').count(), 0);
  });

  const prod = (server: string) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'prod', cluster: { server } }],
      users: [{ name: 'jane', user: {} }],
      contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'jane' } }],
      'current-context': 'prod',
    });

  it('a cluster that cannot be reached: a welcome with what helps, and what happened in full on demand', async () => {
    const { page, workbench } = opened();
    await writeKubeconfig(prod('https://127.0.0.1:1'));
    await welcome(
      /cannot be reached.*Try Again.*Show What Is Wrong.*switch to another context.*another kubeconfig/s,
    );
    await statusBar(/prod \/ all namespaces +cannot be reached/);
    await keepPicture(page, 'welcome-unreachable');
    await page.getByRole('button', { name: 'Show What Is Wrong' }).click();
    const { message, detail } = await workbench.dialog.read();
    assert.equal(message, 'The cluster cannot be seen.');
    assert.match(
      detail,
      /^prod \(https:\/\/127\.0\.0\.1:1\)\n.* refuses the connection: .*\nCheck that the cluster runs/,
    );
    await workbench.dialog.dismiss();
  });

  it('a cluster where nothing may be listed: a welcome that leads to namespaces and permissions', async () => {
    const refusal =
      'deployments.apps is forbidden: User "jane" cannot list resource "deployments" in API group "apps"';
    const mends = [
      shop.fault({ path: /^\/apis\/apps\/v1\/deployments/ }, status(403, `${refusal} at the cluster scope`)),
      shop.fault({ path: /\/namespaces\/default\// }, status(403, `${refusal} in the namespace "default"`)),
    ];
    await writeKubeconfig(prod(shop.url));
    await welcome(/may not list deployments here.*Choose Namespaces….*permissions are needed.*can-i/s);
    await keepPicture(opened().page, 'welcome-forbidden');
    for (const mend of mends) mend();
  });

  it('a page in place of the API server: a welcome that says so, and the tree becomes right by itself', async () => {
    const mend = shop.fault({}, webPage(200, 'Sign in to Guest Wi-Fi'));
    const { page, workbench } = opened();
    await writeKubeconfig(prod(shop.url));
    await workbench.runCommand('Rollback: Refresh');
    await welcome(/answers, but not with what was asked for/);
    await statusBar(/cannot be read/);
    await keepPicture(page, 'bad-page');
    mend();
    await workbench.tree('Deployments').row('api');
  });

  it('an edit by somebody else between preview and confirmation: refused with words, nothing is written', async () => {
    const { workbench } = opened();
    await workbench.runCommand('Rollback: Roll Back to Previous Revision');
    await workbench.quickInput.choose('api');
    const { message } = await workbench.dialog.read();
    assert.equal(message, 'Roll back api from revision 3 to 2?');
    const deployment = apiDeployment();
    putDeployment(shop, { ...deployment, metadata: { ...deployment.metadata, generation: 6 } });
    await workbench.dialog.press('Roll Back to Revision 2');
    await workbench.notifications.find(
      /api was not rolled back: The deployment was changed by somebody else after the preview, so nothing was written\./,
    );
    assert.equal(shop.written.length, 0);
    await keepPicture(opened().page, 'bad-edit-in-between');
  });
});
