import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { repository } from '../../scripts/bundle/bundle-extension.ts';
import { cuttableProxy } from '../cluster/cuttable-proxy.ts';
import { startVsCode, type VsCodeServer } from '../testbed/vscode/server.ts';
import { openWindow, type VsCodeWindow } from '../testbed/vscode/window.ts';
import { sharedBed } from './shared-bed.ts';

/** A window on a kubeconfig with contexts of every fate, on the demo's cluster. */
export interface ExplorerBed {
  readonly window: VsCodeWindow;
  /** Takes the context `flaky` its network away, for good. */
  cutOff(): Promise<void>;
  close(): Promise<void>;
}

interface KubeconfigFile {
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: unknown[];
  contexts: { name: string; context: Record<string, unknown> }[];
}

/** Contexts: `demo` (all allowed), `guest` (nothing allowed), `nowhere` (nobody listens), `flaky` (can be cut off). */
export async function explorerBed(): Promise<ExplorerBed> {
  const { demo, browser } = await sharedBed();
  const { cluster } = demo;
  const folder = await mkdtemp(join(tmpdir(), 'explorer-'));
  const proxy = await cuttableProxy(cluster.server);
  const admin: KubeconfigFile = parse(cluster.kubeconfigFor('kubernetes-admin', 'system:masters'));
  const guest: KubeconfigFile = parse(cluster.kubeconfigFor('guest'));
  const [own] = admin.clusters;
  const [ownContext] = admin.contexts;
  const file = join(folder, 'config');
  const context = (name: string, of: Record<string, unknown> | undefined, cluster = name) => ({
    name,
    context: { ...of, cluster },
  });
  await writeFile(
    file,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'demo',
      clusters: [
        { name: 'demo', cluster: own?.cluster },
        { name: 'flaky', cluster: { ...own?.cluster, server: proxy.server } },
        { name: 'nowhere', cluster: { server: 'https://127.0.0.1:1' } },
      ],
      users: [...admin.users, ...guest.users],
      contexts: [
        context('demo', ownContext?.context),
        context('guest', guest.contexts[0]?.context, 'demo'),
        context('flaky', ownContext?.context),
        context('nowhere', guest.contexts[0]?.context),
      ],
    }),
  );
  let server: VsCodeServer | undefined;
  let cut: Promise<void> | undefined;
  const cutOff = () => (cut ??= proxy.close());
  const close = async () => {
    await server?.stop();
    await cutOff();
    await rm(folder, { recursive: true });
  };
  try {
    server = await startVsCode({
      extensions: [repository],
      userSettings: { 'kubernetesRollback.kubeconfig': file },
    });
    const window = await openWindow(server, browser, {
      name: 'explorer',
      size: { width: 1100, height: 760 },
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    });
    return {
      window,
      cutOff,
      async close() {
        await window.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
