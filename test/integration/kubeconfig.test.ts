import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { eventually } from '../testbed/eventually.ts';
import { anyContext, demoNamespace, rowAt, rowsBelow, rowsOf, setKubeconfig, settings } from './extension.ts';
import { fileOf, kubeconfigFile, removeKubeconfigFiles } from './kubeconfig-file.ts';

describe('the kubeconfig', () => {
  const good = settings().get<string>('kubeconfig');
  afterEach(() => setKubeconfig(good));
  after(removeKubeconfigFiles);

  const failing: Readonly<Record<string, () => Promise<string>>> = {
    'is not there': async () => '/nowhere/at/all/config',
    'names no context': () => fileOf('apiVersion: v1\nkind: Config\ncontexts: []\n'),
    'is empty': () => fileOf(''),
  };
  for (const [what, path] of Object.entries(failing))
    it(`that ${what} leaves the view to its welcome, and the rows come back when the setting is mended`, async () => {
      await setKubeconfig(await path());
      await eventually('no rows', async () => (await rowsBelow()).length === 0, { limit: 10_000 });
      await setKubeconfig(good);
      await rowAt(anyContext, demoNamespace);
    });

  const broken: Readonly<Record<string, () => Promise<string>>> = {
    'is not YAML': () => fileOf('contexts: [ {'),
    'is YAML of something else': () => fileOf('- 1\n- 2\n'),
    'is a folder': async () => tmpdir(),
  };
  for (const [what, path] of Object.entries(broken))
    it(`that ${what} leaves rows with what helps, and the others come back when the setting is mended`, async () => {
      await setKubeconfig(await path());
      const labels = async () => (await rowsBelow()).map(({ label }) => label).join(', ');
      const wanted = 'Choose Another Kubeconfig File…, Look Again';
      await eventually('what helps', async () => (await labels()) === wanted, { limit: 10_000 });
      await setKubeconfig(good);
      await rowAt(anyContext, demoNamespace);
    });

  it('that leads to a server which does not answer is told in a row with what to do next', async () => {
    await setKubeconfig(await kubeconfigFile('https://127.0.0.1:1'));
    const notice = await eventually(
      'a row that says so',
      async () => {
        return (await rowsOf('elsewhere')).find(({ item }) => isWarning(item));
      },
      { limit: 10_000 },
    );
    await eventually('the welcome in place of rows', async () => (await rowsBelow()).length === 0);
    assert.equal(notice.label, 'The cluster refuses the connection: nothing listens there (ECONNREFUSED).');
    assert.equal(
      notice.item.description,
      'Check that the cluster runs, and the address and port of the server in the kubeconfig.',
    );
  });

  it('may not be set by the workspace, nor may the addresses that are asked, nor what guards writes', async () => {
    for (const name of ['kubeconfig', 'endpoints', 'readOnly', 'readOnlyContexts', 'protectedContexts'])
      await assert.rejects(
        async () => settings().update(name, undefined, vscode.ConfigurationTarget.Workspace),
        name,
      );
  });

  it('stays what it is when a workspace brings a setting of its own', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const before = await vscode.workspace.fs.readFile(file);
    const text = JSON.stringify({ 'kubernetesRollback.kubeconfig': '/theirs', 'editor.tabSize': 7 });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const tabSize = () => vscode.workspace.getConfiguration('editor').get('tabSize');
    try {
      await eventually('the workspace’s settings to be read', async () => tabSize() === 7, { limit: 10_000 });
      assert.equal(settings().get('kubeconfig'), good);
    } finally {
      await vscode.workspace.fs.writeFile(file, before);
    }
  });
});

function isWarning({ iconPath }: vscode.TreeItem): boolean {
  return iconPath instanceof vscode.ThemeIcon && iconPath.id === 'warning';
}
