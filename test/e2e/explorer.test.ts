import assert from 'node:assert/strict';
import { comes, eventually } from '../testbed/eventually.ts';
import type { Tree } from '../testbed/vscode/pages/tree.ts';
import type { Workbench } from '../testbed/vscode/pages/workbench.ts';
import { type ExplorerBed, explorerBed } from './explorer-bed.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';
import { themes } from './vscode-themes.ts';

/** The tree in the side bar with several contexts, each test where the one before has ended. */
describe('the explorer', function () {
  this.timeout(90_000);
  let bed: ExplorerBed;
  let workbench: Workbench;
  let tree: Tree;

  const labels = async () => (await tree.rows()).map(({ label }) => label);
  const status = (words: RegExp) =>
    eventually(`the status bar to say ${words}`, async () =>
      (await workbench.statusBar('')).find((text) => words.test(text)),
    );
  const message = () => bed.window.page.locator('.pane .message');

  before(async () => {
    const { demo } = await sharedBed();
    await demo.cluster.kubectl(['create', 'namespace', 'data']);
    await demo.cluster.apply([statefulSet]);
    bed = await explorerBed();
    ({ workbench } = bed.window);
    tree = workbench.tree('Deployments');
    await workbench.openRollback();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bed.window.keepEvidence();
  });

  after(async () => {
    await bed?.close();
    const { demo } = await sharedBed();
    await demo.cluster.kubectl(['delete', 'namespace', 'data', '--wait=false']);
  });

  it('says which context is current, what fails and what runs, and connects to no other context', async () => {
    await tree.row('demo', ({ description }) => description === 'current context');
    await tree.row('veza-production', ({ description }) => description === '1 failing');
    await tree.row('veza-frontend', ({ description }) => description.startsWith('3/3 · rev 2 · v5'));
    for (const name of ['guest', 'flaky', 'nowhere'])
      assert.equal((await tree.row(name)).expanded, false, name);
    await status(/demo \/ all namespaces.*1$/s);
  });

  it('lists other kinds under their kind, which cannot be rolled back yet', async () => {
    await tree.expand('StatefulSets');
    await tree.row(
      'postgres',
      ({ icon, description }) => icon === 'pass-filled' && description === '2/2 · v16.2',
    );
  });

  it('is filtered while one types, keeps the filter over a reload, and says what it hides', async () => {
    // A key that comes while the row is being drawn anew is lost.
    await eventually('the filter', async () => {
      await tree.focus('demo');
      await bed.window.page.keyboard.press('Control+f');
      return comes(workbench.quickInput.opened(2000));
    });
    await workbench.quickInput.type('chat');
    await tree.locator('veza-frontend').waitFor({ state: 'detached' });
    await message().filter({ hasText: 'Filter “chat”: 3 of 4 hidden' }).waitFor();
    await tree.row('veza-chat-server');
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
    await workbench.reload();
    await tree.row('veza-chat-server');
    await message().filter({ hasText: 'Filter “chat”: 3 of 4 hidden' }).waitFor();
    await tree.locator('veza-frontend').waitFor({ state: 'detached' });
  });

  it('says so where the filter hides everything, with the way out', async () => {
    await workbench.runCommand('Rollback: Filter Deployments…');
    await workbench.quickInput.type('nothing is called that');
    await tree.row('The filter hides all 4 deployments.');
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
    await keepPicture(bed.window.page, 'explorer-filtered');
    await choose('Clear Filter');
    await tree.row('veza-frontend');
    await message().filter({ hasText: 'Filter' }).waitFor({ state: 'hidden' });
  });

  it('shows the namespaces that are chosen, and offers all where nothing is in them', async () => {
    await workbench.runCommand('Rollback: Choose Namespaces…');
    await workbench.quickInput.check('kube-public');
    const { page } = bed.window;
    await page.locator('.welcome-view-content', { hasText: 'no deployments in the namespaces' }).waitFor();
    await status(/demo \/ kube-public/);
    await keepPicture(page, 'welcome-nothing');
    await page.getByRole('button', { name: 'Show All Namespaces' }).click();
    await tree.row('veza-frontend');
  });

  it('names the permission that is missing, with the line to show it', async () => {
    await tree.expand('guest');
    await eventually('the row that says so', async () =>
      (await labels()).find((label) => /^Not permitted: (list|watch) deployments\.apps$/.test(label)),
    );
    await tree.row('Choose Namespaces…');
    await choose('Copy kubectl auth can-i Command');
    await status(
      /^Copied: kubectl auth can-i (list|watch) deployments\.apps .*--context guest --kubeconfig \S+$/,
    );
    await keepPicture(bed.window.page, 'explorer-forbidden');
    await tree.collapse('guest');
  });

  it('finds the namespaces that a user may see, shows what may be seen there, and names the rest', async () => {
    const { cluster } = (await sharedBed()).demo;
    const namespace = 'veza-production';
    const rule = ['--verb=get,list,watch', '--resource=deployments.apps,replicasets.apps'];
    await cluster.kubectl(['create', 'role', 'part', ...rule, '-n', namespace]);
    await cluster.kubectl(['create', 'rolebinding', 'part', '--role=part', '--user=guest', '-n', namespace]);
    await cluster.kubectl(['create', 'clusterrole', 'names', '--verb=list', '--resource=namespaces']);
    await cluster.kubectl(['create', 'clusterrolebinding', 'names', '--clusterrole=names', '--user=guest']);
    await tree.collapse('demo');
    await workbench.runCommand('Rollback: Refresh');
    await tree.expand('guest');
    await tree.row(`Pods cannot be seen: watch pods is forbidden in namespace ${namespace}`);
    await tree.row('veza-frontend', ({ description }) => description.startsWith('3/3 · rev 2 · v5'));
    await tree.expand('veza-frontend');
    await tree.row('Pods', ({ description }) => description === 'cannot be seen');
    await tree.row('Revisions', ({ description }) => description === '2');
    await keepPicture(bed.window.page, 'explorer-part');
    await cluster.kubectl(['delete', 'clusterrole,clusterrolebinding', 'names']);
    await cluster.kubectl(['delete', 'role,rolebinding', 'part', '-n', namespace]);
    await tree.collapse('guest');
    await tree.expand('demo');
  });

  it('says that a cluster cannot be reached, and what helps', async () => {
    await tree.expand('nowhere');
    await tree.row('Try Again');
    await tree.row('Choose Another Kubeconfig File…');
    await eventually('what is wrong', async () =>
      (await tree.rows()).some(({ icon, label }) => icon === 'warning' && label.includes('refuses')),
    );
    await tree.collapse('nowhere');
  });

  it('starts from the context that is chosen, and says so in the tree and in the status bar', async () => {
    await workbench.runCommand('Rollback: Switch Context…');
    await workbench.quickInput.choose('flaky');
    await tree.row(
      'flaky',
      ({ description, expanded }) => description === 'chosen here' && expanded === true,
    );
    await tree.row('demo', ({ description }) => description === "kubectl's current context");
    await status(/flaky \/ all namespaces/);
    await workbench.runCommand('Rollback: Switch Context…');
    await workbench.quickInput.choose('Choose Namespaces…');
    await bed.window.page.locator('.quick-input-title', { hasText: 'Choose Namespaces: flaky' }).waitFor();
    await workbench.quickInput.dismiss();
    await workbench.runCommand('Rollback: Copy Name');
    await workbench.quickInput.choose('veza-frontend');
    await status(/^Copied: veza-frontend$/);
    await tree.collapse('demo');
  });

  for (const [kind, theme] of Object.entries(themes))
    it(`can be looked at in ${theme}`, async () => {
      await bed.window.setSettings({ 'workbench.colorTheme': theme });
      await workbench.themed(kind as keyof typeof themes);
      await tree.expand('veza-backend-api');
      await tree.row('4 · v2.4.0-crash');
      await keepPicture(bed.window.page, `explorer-${kind}`);
      const { page } = bed.window;
      await tree.hover('veza-backend-api', /Degraded: \d pods?/);
      await keepPicture(page, `hover-${kind}`);
      await tree.unhover();
      await workbench.runCommand('Rollback: Roll Back to Revision…');
      await workbench.quickInput.choose('veza-backend-api');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: '3 · v2.3.1' }).waitFor();
      await keepPicture(page, `picker-${kind}`);
      await workbench.quickInput.choose('3 · v2.3.1');
      await workbench.dialog.read();
      await keepPicture(page, `preview-${kind}`);
      await workbench.dialog.dismiss();
    });

  it('says of every row that it is stale when the cluster goes out of sight', async () => {
    await bed.cutOff();
    const row = await tree.row('veza-backend-api', ({ description }) =>
      /^stale since \d\d:\d\d/.test(description),
    );
    assert.equal(row.icon, 'debug-disconnect');
    assert.match(row.description, /^stale since \d\d:\d\d · was crash loop · /);
    await tree.row('flaky', ({ description }) => description.startsWith('stale since'));
    await status(/stale since/);
    await keepPicture(bed.window.page, 'explorer-stale');
  });

  /** Chooses a row as a person does who has led the focus there. */
  async function choose(label: string): Promise<void> {
    await tree.focus(label);
    await bed.window.page.keyboard.press('Enter');
  }
});

const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { namespace: 'data', name: 'postgres' },
  spec: {
    replicas: 2,
    serviceName: 'postgres',
    selector: { matchLabels: { app: 'postgres' } },
    template: {
      metadata: { labels: { app: 'postgres' } },
      spec: { containers: [{ name: 'postgres', image: 'ghcr.io/veza/postgres:v16.2' }] },
    },
  },
};
