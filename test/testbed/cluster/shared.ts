import { randomBytes } from 'node:crypto';
import type { Cluster } from './cluster.ts';
import { startCluster } from './start.ts';

let shared: Promise<Cluster> | undefined;

/**
 * The cluster that all tests of this mocha process share, started when the first asks for it. Tests that take the
 * API server away start one of their own.
 */
export function sharedCluster(): Promise<Cluster> {
  shared ??= startCluster();
  return shared;
}

/** A namespace that nobody used before, such as `history-3f9a1c`. Pods can be made in it at once. */
export async function freshNamespace(cluster: Cluster, prefix: string): Promise<string> {
  const namespace = `${prefix}-${randomBytes(3).toString('hex')}`;
  await cluster.kubectl(['create', 'namespace', namespace]);
  const made = ['wait', '--for=create', 'serviceaccount/default', '-n', namespace, '--timeout=30s'];
  await cluster.kubectl(made);
  return namespace;
}

// A hook of mocha's root suite, since test files import this outside any `describe`: it runs once, after all of them.
after(async function () {
  this.timeout(30_000);
  const cluster = shared;
  shared = undefined;
  await (await cluster)?.stop();
});
