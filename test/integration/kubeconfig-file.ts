import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** Writes a text as a kubeconfig file of its own and gives its path. */
export async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  folders.push(folder);
  const file = join(folder, 'config');
  await writeFile(file, text);
  return file;
}

/** Writes a kubeconfig with one context `elsewhere` that leads to a server without a login; `cluster` is more of its entry. */
export function kubeconfigFile(server: string, cluster: object = {}): Promise<string> {
  return fileOf(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'elsewhere', cluster: { server, ...cluster } }],
      users: [{ name: 'nobody', user: {} }],
      contexts: [{ name: 'elsewhere', context: { cluster: 'elsewhere', user: 'nobody' } }],
      'current-context': 'elsewhere',
    }),
  );
}

/** Removes what was written. */
export async function removeKubeconfigFiles(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
}
