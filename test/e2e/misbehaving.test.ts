import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../scripts/bundle/bundle-extension.ts';
import { eventually } from '../testbed/eventually.ts';
import { webPage } from '../testbed/misbehaving/faults.ts';
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

  it('no kubeconfig, and one without contexts: where it is looked for, and what to do', async () => {
    await welcome(/There is no kubeconfig on this machine.*~\/\.kube\/config.*Choose a Kubeconfig File/s);
    await keepPicture(opened().page, 'no-kubeconfig');
    await writeKubeconfig('{"apiVersion": "v1", "kind": "Config"}');
    await welcome(/names no context.*Choose Another Kubeconfig File.*Look Again/s);
    await keepPicture(opened().page, 'empty-kubeconfig');
  });

  it('a broken kubeconfig: what is wrong with which file, and what to do', async () => {
    const { notifications } = opened().workbench;
    await writeKubeconfig('contexts: [ {');
    await notifications.find(/^The kubeconfig .*\/config/);
    await welcome(/kubeconfig cannot be read/);
    await keepPicture(opened().page, 'bad-kubeconfig');
  });

  it('a page in place of the API server: the words in the tree, which becomes right by itself', async () => {
    const mend = shop.fault({}, webPage(200, 'Sign in to Guest Wi-Fi'));
    await writeKubeconfig(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'prod', cluster: { server: shop.url } }],
        users: [{ name: 'jane', user: {} }],
        contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'jane' } }],
        'current-context': 'prod',
      }),
    );
    const tree = opened().workbench.tree('Deployments');
    const words =
      'The cluster answers with a web page instead of Kubernetes objects, as login pages and proxies do: “Sign in to Guest Wi-Fi”.';
    const warning = await eventually(
      'the warning',
      async () => (await tree.rows()).find(({ label }) => label === words),
      { limit: 30_000 },
    );
    assert.match(warning.description, /^Log in to the network or VPN; else check the server address/);
    await keepPicture(opened().page, 'bad-page');
    mend();
    await tree.row('api');
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
