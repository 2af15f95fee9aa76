import assert from 'node:assert/strict';

import { ApiError } from '../../src/cluster/errors/api-error.ts';
import type { ApiServer } from '../../src/cluster/api-server.ts';
import { followEvents } from '../../src/cluster/reads/events.ts';
import { seeContainer } from '../../src/cluster/logs/pod-state.ts';
import { readPodMetrics } from '../../src/cluster/reads/metrics.ts';
import { readObject } from '../../src/cluster/reads/objects.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import type { ObjectKind } from '../../src/domain/rollout/object-reference.ts';
import { stepsOf } from '../../src/domain/runbook/steps.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { errorLinesSince } from '../../src/runs/error-lines.ts';
import { eventually } from '../testbed/eventually.ts';
import { namedOnly } from '../unit/cluster/named-only.ts';
import type { RollbackBed } from './rollback-bed.ts';

const begun = new Date().toISOString();

/** The same API server, as one is that has no streamed lists (1.33 by default). */
function withoutStreamedLists(api: ApiServer): ApiServer {
  return {
    server: api.server,
    get: (...asking) => api.get(...asking),
    stream: async (path, query = {}, options = {}) => {
      if ('sendInitialEvents' in query) throw new ApiError('badRequest', 'sendInitialEvents is forbidden');
      return api.stream(path, query, options);
    },
    dispose: () => undefined,
  };
}

/** Waits until the store shows the cluster. */
export async function live(store: ClusterStore): Promise<void> {
  await eventually('a live store', async () => store.state.kind === 'live');
}

/** Uses everything of the extension that looks, in one namespace. */
export async function look({ connection, runbook }: RollbackBed, namespace: string): Promise<void> {
  const { api, store } = connection;
  await live(store);
  const lists = new ClusterStore(withoutStreamedLists(api), realClock, namedOnly(namespace));
  const seen = (each: ClusterStore) => [...each.workloads()].map(({ kind }) => kind).toSorted();
  for (const each of [store, lists])
    await eventually('all kinds', async () => seen(each).join() === 'DaemonSet,Rollout,StatefulSet');
  lists.dispose();
  const found = store.find(namespace, 'web');
  assert.ok(found);
  assert.ok(found.replicaSets.length === 2 && found.pods.length > 0);
  const { signal } = new AbortController();
  assert.deepEqual((await errorLinesSince(api, found.pods, begun, { signal })).unread, []);
  const pod = found.pods.find(({ ready, terminating }) => ready && !terminating);
  const source = {
    namespace,
    pod: pod?.name ?? '',
    podUid: pod?.uid ?? '',
    container: 'app',
    previous: false,
  };
  assert.equal((await seeContainer(api, { ...source, revision: 2 }, signal)).run.kind, 'running');
  const named = {
    Namespace: namespace,
    Deployment: 'web',
    StatefulSet: 'db',
    DaemonSet: 'agent',
    Rollout: 'canary',
  };
  const owned = { Pod: source.pod, ReplicaSet: found.replicaSets[0]?.name ?? '' };
  for (const [kind, name] of Object.entries({ ...named, ...owned }))
    await readObject(api, { kind: kind as ObjectKind, namespace, name }, signal);
  // Allowed, and then not there: the shared cluster runs no metrics-server.
  await assert.rejects(readPodMetrics(api, { namespace }, signal), { reason: 'notFound' });
  const stop = new AbortController();
  for (const line of [api, withoutStreamedLists(api)])
    await new Promise<void>((resolve, reject) => {
      const tell: Parameters<typeof followEvents>[3] = (_, state) => {
        if (state.kind === 'live') resolve();
        else if (state.kind === 'refused') reject(state.error);
      };
      void followEvents(line, realClock, { namespace }, tell, stop.signal);
    });
  stop.abort();
  const run = await runbook('web');
  for (const step of stepsOf('prerequisites', 'issue')) await run.retry(step);
  await run.verify();
}
