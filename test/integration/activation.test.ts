import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { commands } from '../../src/host/commands/table.ts';
import { eventually } from '../testbed/eventually.ts';
import { extension, rowAt, rowsBelow, setKubeconfig, settings } from './extension.ts';
import { kubeconfigFile, removeKubeconfigFiles } from './kubeconfig-file.ts';

/** The part of package.json that is looked at. */
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
  };
}

/** Words that only the library itself has, not the code that calls it. */
const libraries = {
  undici: /maxOrigins/,
  'the kubeconfig’s reader': /insecure-skip-tls-verify/,
  yaml: /YAMLParseError/,
};

describe('activation', () => {
  const manifest: Manifest = extension().packageJSON;
  const kubeconfig = settings().get<string>('kubeconfig');
  const loaded: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const hooks = registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:') && url.includes('/dist/')) loaded.push(fileURLToPath(url));
      return next(url, context);
    },
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    hooks.deregister();
    server.close();
    await setKubeconfig(kubeconfig);
    await removeKubeconfigFiles();
  });

  it('comes after VS Code has started, for runs that may be in progress, and for panels to restore', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onStartupFinished',
      'onWebviewPanel:kubernetesRollback.runbook',
      'onWebviewPanel:kubernetesRollback.logs',
    ]);
  });

  it('loads no library and connects to nothing until a row is asked for', async () => {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    await extension().activate();
    await turn();
    assert.deepEqual(await librariesIn(loaded), []);
    await setKubeconfig(await kubeconfigFile(`https://127.0.0.1:${address.port}`));
    assert.equal(connections, 0);
    // It may have been activated before anybody could look. The same look finds what is loaded now, so it was not before.
    await rowsBelow((await rowAt('elsewhere')).node);
    await eventually('a connection', async () => connections > 0, { limit: 10_000 });
    assert.deepEqual(await librariesIn(loaded), Object.keys(libraries));
  });

  it('registers the commands of its table, which are those that package.json contributes', async () => {
    await extension().activate();
    const registered = (await vscode.commands.getCommands(true)).filter(isOurs).sort();
    const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(registered, contributed);
    assert.deepEqual(commands.map(({ id }) => `kubernetesRollback.${id}`).sort(), contributed);
  });

  it('puts every command under Rollback in the palette', () => {
    for (const { command, category } of manifest.contributes.commands)
      assert.equal(category, 'Rollback', command);
  });
});

async function librariesIn(files: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.entries(libraries)
    .filter(([, words]) => texts.some((text) => words.test(text)))
    .map(([name]) => name);
}

/** VS Code itself registers commands for each view, such as `kubernetesRollback.deployments.focus`. */
function isOurs(command: string): boolean {
  return command.startsWith('kubernetesRollback.') && command.split('.').length === 2;
}
