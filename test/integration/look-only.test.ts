import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../testbed/eventually.ts';
import { anyContext, closeTabs, demoNamespace, rowAt, rowsAt, type Row, tabs } from './extension.ts';

const scheme = 'kubernetes-rollback';

describe('what only looks', () => {
  let frontend: Row;
  let older: Row;
  before(async () => {
    frontend = await rowAt(anyContext, demoNamespace, 'veza-frontend');
    const revisions = await rowsAt(2, anyContext, demoNamespace, 'veza-frontend', 'Revisions');
    const found = revisions.find(({ item }) => item.contextValue === 'revision.older');
    assert.ok(found);
    older = found;
  });
  afterEach(closeTabs);

  it('opens the runbook in an editor that is named after the deployment', async () => {
    await run('openRunbook', frontend.node);
    assert.deepEqual(await panels(1), ['veza-frontend']);
  });

  it('opens one runbook where it is asked for twice at once', async () => {
    await Promise.all([run('openRunbook', frontend.node), run('openRunbook', frontend.node)]);
    await run('tailLogs', frontend.node);
    assert.deepEqual(await panels(1), ['veza-frontend']);
  });

  it('shows the logs of a pod in the runbook of its deployment', async () => {
    const [pod] = await rowsAt(3, anyContext, demoNamespace, 'veza-frontend', 'Pods');
    await run('tailLogs', pod?.node);
    assert.deepEqual(await panels(1), ['veza-frontend']);
  });

  it('keeps an open runbook through a refresh, also through two at once', async () => {
    await run('openRunbook', frontend.node);
    await Promise.all([run('refresh'), run('refresh')]);
    await rowAt(anyContext, demoNamespace, 'veza-frontend');
    assert.deepEqual(await panels(1), ['veza-frontend']);
  });

  it('compares also just after a refresh, when nothing has arrived from the cluster yet', async () => {
    await run('refresh');
    const { label } = await comparison(older);
    assert.match(label, /^veza-frontend: 1 /);
  });

  it('compares an older revision with the current one in VS Code’s diff editor', async () => {
    const { label } = await comparison(older);
    assert.equal(label, 'veza-frontend: 1 (v5.10.2) ↔ 2 (v5.11.0, live)');
  });

  it('shows templates as read-only YAML without what servers add to both', async () => {
    const { input } = await comparison(older);
    assert.ok(input instanceof vscode.TabInputTextDiff);
    for (const [uri, image] of [
      [input.original, 'ghcr.io/veza/frontend:v5.10.2'],
      [input.modified, 'ghcr.io/veza/frontend:v5.11.0'],
    ] as const) {
      const document = await vscode.workspace.openTextDocument(uri);
      await shows(document, `image: ${image}`);
      assert.equal(document.languageId, 'yaml');
      assert.doesNotMatch(document.getText(), /pod-template-hash|creationTimestamp|terminationMessagePath/);
      assert.notEqual(vscode.workspace.fs.isWritableFileSystem(uri.scheme), true);
    }
  });

  it('keeps apart the templates of deployments of one name in different places', async () => {
    const { input } = await comparison(older);
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.scheme, scheme);
    assert.ok(input.original.path.includes(`/${demoNamespace}/veza-frontend.`));
  });

  it('says what is wrong where the context is gone, and breaks nothing', async () => {
    await run('openRunbook', { context: 'gone', namespace: demoNamespace, name: 'veza-frontend' });
    assert.deepEqual(await panels(0), []);
  });
});

async function run(id: string, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(`kubernetesRollback.${id}`, argument);
}

/** The titles of the open runbooks, once there are so many. */
async function panels(count: number): Promise<readonly string[]> {
  const open = () => tabs(vscode.TabInputWebview).filter(({ input }) => isRunbook(input));
  await eventually(`${count} runbooks`, async () => open().length === count, { limit: 10_000 });
  return open().map(({ label }) => label);
}

function isRunbook(input: unknown): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('kubernetesRollback.runbook');
}

/** Waits until a live document holds the words. */
async function shows(document: vscode.TextDocument, words: string): Promise<void> {
  await eventually(`${document.uri.path} to hold ${words}`, async () => document.getText().includes(words), {
    limit: 10_000,
  });
}

async function comparison(revision: Row): Promise<vscode.Tab> {
  await run('compareRevision', revision.node);
  return eventually('a comparison', async () => tabs(vscode.TabInputTextDiff)[0], { limit: 10_000 });
}
