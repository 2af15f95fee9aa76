import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ClusterStore } from '../../../src/cluster/store/store.ts';
import type { CheckId, CheckResult } from '../../../src/domain/runbook/checks.ts';
import { checkIds } from '../../../src/domain/runbook/checks.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import { forbidden } from '../cluster/store-bed.ts';
import { type Loopback, loopback } from '../cluster/loopback.ts';
import { added, events, listEnd, type WatchScript } from '../cluster/watch-script.ts';
import type { Endpoints } from '../../../src/runs/endpoints.ts';
import { replicaSetJson, revision } from '../domain/rollout/objects.ts';
import { target } from '../domain/runbook/run-events.ts';
import { identity } from './run-identity.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { good, rollout, rolloutScript } from './rollout-script.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { plainSettings } from './plain-settings.ts';

describe('a verification that is stopped', () => {
  let clock: VirtualClock;
  let store: ClusterStore;
  let server: Loopback;
  let said: string[];
  const stop = new AbortController();

  beforeEach(() => {
    clock = new VirtualClock();
    said = [];
  });

  afterEach(() => store.dispose());

  it('says no more: neither of pods that were waited for, nor of addresses that had no time to answer', async () => {
    const asked = Promise.withResolvers<void>();
    server = await loopback(() => asked.resolve());
    const replicaSet = replicaSetJson('good', good, revision(3));
    const api = rolloutScript(rollout(good, 3))
      .on('/apis/apps/v1/deployments', events(added(rollout(good, 3)), listEnd('1')))
      .on('/apis/apps/v1/replicasets', events(added(replicaSet), listEnd('1')))
      .on('/api/v1/pods', events(...['a', 'b', 'c'].map((name) => added(readyPod(name))), listEnd('1')));
    store = new ClusterStore(api, clock, namedOnly('shop'));
    await clock.advance(100);
    const verifying = verified(
      { api, store, clock, endpoints: { health: server.url, critical: [] }, readyWithinMs: 1000 },
      (check, { state }) => said.push(`${check} ${state}`),
      stop.signal,
    );
    await asked.promise;
    said.length = 0;
    stop.abort();
    await verifying;
    await server.close();
    assert.deepEqual(said, []);
  });

  it('says nothing at all where it was stopped before it began', async () => {
    store = new ClusterStore(rolloutScript(), clock, namedOnly('shop'));
    await verified(
      {
        api: rolloutScript(),
        store,
        clock,
        endpoints: { health: undefined, critical: [] },
        readyWithinMs: 1000,
      },
      (check, { state }) => said.push(`${check} ${state}`),
      AbortSignal.abort(),
    );
    assert.deepEqual(said, []);
  });
});

describe('a verification by a user who may not see pods', () => {
  it('neither waits for them nor takes the lack of their logs for a lack of errors', async () => {
    const clock = new VirtualClock();
    const api = rolloutScript(rollout(good, 3))
      .on('/apis/apps/v1/deployments', events(added(rollout(good, 3)), listEnd('1')))
      .on('/apis/apps/v1/replicasets', events(listEnd('1')))
      .on('/api/v1/pods', forbidden)
      .on('/api/v1/namespaces/shop/pods', forbidden);
    const store = new ClusterStore(api, clock, namedOnly('shop'));
    await clock.advance(100);
    const said: string[] = [];
    await verified(
      { api, store, clock, endpoints: { health: undefined, critical: [] }, readyWithinMs: 300_000 },
      (check, { state, evidence }) => {
        if (check === 'podsReady' || check === 'logs') said.push(`${check} ${state}: ${evidence[0]?.text}`);
      },
      new AbortController().signal,
    );
    store.dispose();
    const words = 'Pods cannot be seen: list pods is forbidden in namespace shop';
    assert.deepEqual(said, [`podsReady failed: ${words}`, `logs failed: ${words}`]);
  });
});

describe('a verification while the cluster cannot be seen', () => {
  it('takes neither pods that were ready for pods that are, nor unread logs for logs without errors', async () => {
    const clock = new VirtualClock();
    const api = rolloutScript(rollout(good, 3))
      .on('/apis/apps/v1/deployments', events(added(rollout(good, 3)), listEnd('1')).cut())
      .on('/apis/apps/v1/replicasets', events(added(replicaSetJson('good', good, revision(3))), listEnd('1')))
      .on('/api/v1/pods', events(...['a', 'b', 'c'].map((name) => added(readyPod(name))), listEnd('1')));
    const store = new ClusterStore(api, clock, namedOnly('shop'));
    await clock.advance(100);
    assert.equal(store.state.kind, 'stale');
    const said: string[] = [];
    const waiting = Promise.withResolvers<void>();
    const verifying = verified(
      { api, store, clock, endpoints: { health: undefined, critical: [] }, readyWithinMs: 1000 },
      (check, { state, summary }) => {
        said.push(`${check} ${state}: ${summary}`);
        waiting.resolve();
      },
      new AbortController().signal,
    );
    await waiting.promise;
    await clock.advance(1000);
    await verifying;
    store.dispose();
    assert.equal(said[0], 'podsReady running: waiting for the cluster');
    assert.ok(said.includes('podsReady failed: cannot be told'), said.join('\n'));
    assert.ok(said.includes('logs failed: cannot be told'), said.join('\n'));
  });
});

function readyPod(name: string): object {
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'api-good',
    uid: 'good-uid',
    controller: true,
  };
  return {
    metadata: { uid: `${name}-uid`, namespace: 'shop', name, ownerReferences: [owner] },
    spec: { containers: [{ name: 'api', image: 'api:v1' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'api', ready: true, restartCount: 0, state: { running: {} } }],
    },
  };
}

interface Bed {
  readonly api: WatchScript;
  readonly store: ClusterStore;
  readonly clock: VirtualClock;
  readonly endpoints: Endpoints;
  readonly readyWithinMs: number;
}

/** Verifies, and tells each result as it is known. */
async function verified(
  { api, store, clock, endpoints, readyWithinMs }: Bed,
  onCheck: (check: CheckId, result: CheckResult) => void,
  signal: AbortSignal,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'));
  try {
    const run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'jane', namespace: 'shop' };
    const writer = { send: () => Promise.reject(new Error('nothing may be written')) };
    const settings = {
      ...plainSettings,
      endpoints: () => endpoints,
      readyWithinMs: () => readyWithinMs,
    };
    const told = new Map<CheckId, CheckResult>();
    run.onDidChange(() => {
      for (const check of checkIds) {
        const result = run.state.steps[check]?.result;
        if (result === undefined || result === told.get(check)) continue;
        told.set(check, result);
        onCheck(check, result);
      }
    });
    const runbook = new Runbook(run, { context, api, writer, store }, settings, 'jane', clock);
    await runbook.verify(signal);
    runbook.dispose();
    // Records are stored in their order: after this one, all are.
    await run.record({ kind: 'closed', by: 'jane', reason: 'seen' });
  } finally {
    await rm(folder, { recursive: true });
  }
}
