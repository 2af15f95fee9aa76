import assert from 'node:assert/strict';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { eventually } from '../testbed/eventually.ts';
import { rowAt, rowsBelow, setKubeconfig, settings } from './extension.ts';
import { fileOf, removeKubeconfigFiles } from './kubeconfig-file.ts';

const apiVersion = 'client.authentication.k8s.io/v1';

/** A kubeconfig of these contexts, the first the current one, at a port where nobody answers. */
function textOf(contexts: readonly string[], user: object = {}): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'jane', user }],
    contexts: contexts.map((name) => ({ name, context: { cluster: 'c', user: 'jane' } })),
    'current-context': contexts[0],
  });
}

describe('a kubeconfig that changes', () => {
  const good = settings().get<string>('kubeconfig');
  afterEach(() => setKubeconfig(good));
  after(removeKubeconfigFiles);

  async function contextsAre(...wanted: readonly string[]): Promise<void> {
    let seen: readonly string[] = [];
    await eventually(
      () => `the contexts ${wanted.join(', ')}; there are ${seen.join(', ')}`,
      async () => {
        seen = (await rowsBelow()).map(({ label }) => label);
        return seen.join() === wanted.join();
      },
      { limit: 20_000 },
    );
  }

  it('is followed by the tree: contexts that come and go, another current one, a file that is broken, gone and back', async () => {
    const file = await fileOf(textOf(['one']));
    await setKubeconfig(file);
    await contextsAre('one');
    await writeFile(file, textOf(['one', 'two', 'three']));
    await contextsAre('one', 'two', 'three');
    await writeFile(file, textOf(['two', 'one', 'three']));
    await contextsAre('two', 'one', 'three');
    await writeFile(file, textOf(['three']));
    await contextsAre('three');
    await writeFile(file, '{"contexts": [');
    await contextsAre('Choose Another Kubeconfig File…', 'Look Again');
    await writeFile(file, textOf(['four']));
    await contextsAre('four');
    await rm(file);
    await contextsAre();
    await writeFile(file, textOf(['five']));
    await contextsAre('five');
  });

  it('may be made after the setting names it, with its folder', async () => {
    const file = join(dirname(await fileOf('')), 'later', 'config');
    await setKubeconfig(file);
    await contextsAre();
    await mkdir(dirname(file));
    await writeFile(file, textOf(['late']));
    await contextsAre('late');
  });

  it('whose login waits for a person says so in the tree until the login ends', async () => {
    const file = await fileOf('');
    const folder = dirname(file);
    const command = join(folder, 'login');
    const credential = JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token: 't' } });
    await writeFile(
      command,
      `#!/bin/sh\necho run >> '${folder}/runs'\nwhile [ ! -e '${folder}/go' ]; do sleep 0.1; done\necho '${credential}'\n`,
    );
    await chmod(command, 0o755);
    await writeFile(file, textOf(['slow'], { exec: { apiVersion, command, interactiveMode: 'Never' } }));
    await setKubeconfig(file);
    await rowAt('slow', 'Waiting for the login of context slow…');
    await writeFile(join(folder, 'go'), '');
    const context = await rowAt('slow');
    await eventually('the end of the waiting', async () => {
      const labels = (await rowsBelow(context.node)).map(({ label }) => label);
      return labels.length > 0 && !labels.some((label) => label.startsWith('Waiting'));
    });
    assert.ok(context.item.contextValue?.startsWith('context'));
  });
});
