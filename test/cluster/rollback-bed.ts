import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Connection } from '../../src/cluster/connections.ts';
import { GuardedWriter } from '../../src/cluster/writes/guarded-writer.ts';
import { loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import type { Preparation, RollbackPreview } from '../../src/runs/prepare-rollback.ts';
import { JournalFile } from '../../src/runs/journal-file.ts';
import { Run } from '../../src/runs/run.ts';
import { Runbook } from '../../src/runs/runbook.ts';
import type { RunbookSettings } from '../../src/runs/runbook-settings.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { deploymentOf, type DeploymentOptions } from './testbed/workloads.ts';
import { identity } from '../unit/runs/run-identity.ts';
import { plainSettings } from '../unit/runs/plain-settings.ts';
import { namedOnly } from '../unit/cluster/named-only.ts';

/** A connection of the extension's own kind, and a folder for journals; `close` ends both. */
export interface RollbackBed {
  readonly connection: Connection;
  readonly folder: string;
  /** The settings that guard writes, to be changed by the test. */
  readonly guards: { readOnly: boolean };
  runbook(name: string, settings?: Partial<RunbookSettings>): Promise<Runbook>;
  /** The run of that runbook again, after a reload of the window. */
  reopened(runbook: Runbook): Promise<Runbook>;
  close(): Promise<void>;
}

/** What the tests of a suite work with. */
export interface Place {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly bed: RollbackBed;
}

/** Gives a suite, before its tests, a namespace of its own on the shared cluster and a bed there. */
export function inFreshNamespace(prefix: string, take: (place: Place) => void): void {
  let bed: RollbackBed | undefined;
  before(async () => {
    const cluster = await sharedCluster();
    const namespace = await freshNamespace(cluster, prefix);
    bed = await rollbackBed(cluster, namespace);
    take({ cluster, namespace, bed });
  });
  after(() => bed?.close());
}

/** Connects as the user of `kubeconfigText`, the cluster's administrator by default. */
export async function rollbackBed(
  cluster: Cluster,
  namespace: string,
  kubeconfigText?: string,
): Promise<RollbackBed> {
  const folder = await mkdtemp(join(tmpdir(), 'rollback-'));
  const file = join(folder, 'kubeconfig');
  if (kubeconfigText !== undefined) await writeFile(file, kubeconfigText);
  const kubeconfig = await loadKubeconfig([kubeconfigText === undefined ? cluster.kubeconfig : file]);
  const [context] = kubeconfig.contexts;
  if (context === undefined) throw new Error('the kubeconfig has no context');
  const transport = new Transport(cluster.server, () => kubeconfig.credentials(context.name));
  const guards = { readOnly: false };
  // One window writes a journal: each runbook has one of its own.
  const journals = new WeakMap<Runbook, string>();
  let runs = 0;
  const writer = new GuardedWriter(transport, () => guards.readOnly);
  const store = new ClusterStore(transport, realClock, namedOnly(namespace));
  const connection = { context, api: transport, writer, store };
  const open = async (name: string, journal: string, settings: Partial<RunbookSettings>) => {
    const target = { context: context.name, namespace, name };
    const run = await Run.open(target, identity, new JournalFile(join(folder, journal)), realClock);
    const endpoints = () => ({ health: undefined, critical: [] });
    const runbook = new Runbook(
      run,
      connection,
      {
        endpoints,
        readyWithinMs: () => 30_000,
        verdict: () => ({ kind: 'unknown' as const, ranAt: 0 }),
        kubeconfig: () => undefined,
        isReadOnly: () => guards.readOnly,
        isProtected: () => false,
        attachments: join(folder, `${journal}-attachments`),
        figures: () => undefined,
        smokeTest: () => undefined,
        smokeTests: plainSettings.smokeTests,
        hasDashboard: () => false,
        watchMs: plainSettings.watchMs,
        ...settings,
      },
      'jane',
      realClock,
    );
    journals.set(runbook, journal);
    return runbook;
  };
  return {
    connection,
    guards,
    folder,
    runbook: (name, settings = {}) => open(name, `${name}-${runs++}.jsonl`, settings),
    reopened: (runbook) => open(runbook.run.state.target.name, journals.get(runbook) ?? '', {}),
    async close() {
      store.dispose();
      transport.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

/** Rolls a deployment out from image to image, each of them one revision, without waiting for the last to be complete. */
export async function releases(
  cluster: Cluster,
  namespace: string,
  name: string,
  images: readonly string[],
  options: DeploymentOptions & { readonly spec?: object } = {},
): Promise<void> {
  const { spec, ...rest } = options;
  for (const [index, image] of images.entries()) {
    const made: Record<string, unknown> = { ...deploymentOf(namespace, name, image, rest) };
    const own = made['spec'];
    await cluster.apply([{ ...made, spec: { ...(typeof own === 'object' ? own : {}), ...spec } }]);
    await eventually(`revision ${index + 1} of ${name}`, async () => {
      const status =
        '{.status.observedGeneration}/{.metadata.generation}/{.metadata.annotations.deployment\\.kubernetes\\.io/revision}';
      const [seen, generation, revision] = (await get(cluster, namespace, name, status)).split('/');
      return seen === generation && revision === String(index + 1);
    });
  }
}

/** A field of a deployment, by kubectl's JSONPath. */
export function get(cluster: Cluster, namespace: string, name: string, path: string): Promise<string> {
  return cluster.kubectl(['get', 'deployment', name, '-n', namespace, '-o', `jsonpath=${path}`]);
}

/** The preview of a preparation that must be ready. */
export function ready(preparation: Preparation): RollbackPreview {
  if (preparation.kind !== 'ready') throw new Error(preparation.message);
  return preparation.preview;
}
