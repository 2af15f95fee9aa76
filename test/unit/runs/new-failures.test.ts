import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { StoreChange, StoreState } from '../../../src/cluster/store/store.ts';
import type { DeploymentRecords } from '../../../src/domain/rollout/records.ts';
import { NewFailures } from '../../../src/runs/new-failures.ts';
import { crashingPod, deployment, pod, replicaSet } from '../domain/rollout/objects.ts';
import { VirtualClock } from '../virtual-clock.ts';

const current = replicaSet('current');

function records(uid: string, isFailing: boolean): DeploymentRecords {
  const make = isFailing ? crashingPod : pod;
  const pods = ['1', '2', '3'].map((name) => make(name, current.uid));
  return { deployment: deployment({ uid, name: uid }), replicaSets: [current], pods };
}

class Deployments {
  state: StoreState = { kind: 'connecting' };
  readonly held = new Map<string, DeploymentRecords>();
  #listener: (change: Pick<StoreChange, 'deployments' | 'state'>) => void = () => undefined;

  *deployments() {
    for (const { deployment: each } of this.held.values()) yield each;
  }

  records(uid: string) {
    return this.held.get(uid);
  }

  onDidChange(listener: (change: Pick<StoreChange, 'deployments' | 'state'>) => void) {
    this.#listener = listener;
    return { dispose: () => (this.#listener = () => undefined) };
  }

  become(uid: string, isFailing: boolean): void {
    this.held.set(uid, records(uid, isFailing));
    this.#listener({ deployments: new Set([uid]), state: false });
  }

  connection(state: StoreState): void {
    this.state = state;
    this.#listener({ deployments: new Set(), state: true });
  }
}

describe('deployments that begin to fail', () => {
  let clock: VirtualClock;
  let store: Deployments;
  let failures: NewFailures;
  let told: string[];

  beforeEach(() => {
    clock = new VirtualClock();
    store = new Deployments();
    told = [];
    failures = new NewFailures(store, clock, (news) =>
      told.push(news.map(({ deployment: { name } }) => name).join('+')),
    );
    store.become('old', true);
    store.become('api', false);
    store.become('web', false);
    store.connection({ kind: 'live' });
  });

  afterEach(() => {
    failures.dispose();
    assert.equal(clock.waiting, 0, 'no timer is left behind');
  });

  it('are told of once it has lasted ten seconds, once; those that failed before are no news', async () => {
    store.become('api', true);
    await clock.advance(9_999);
    assert.deepEqual(told, []);
    await clock.advance(1);
    store.become('api', true);
    store.become('old', true);
    await clock.advance(60_000);
    assert.deepEqual(told, ['api']);
  });

  it('are not where they have recovered before', async () => {
    store.become('api', true);
    await clock.advance(5_000);
    store.become('api', false);
    await clock.advance(60_000);
    assert.deepEqual(told, []);
  });

  it('are told of again after they had recovered, also those that failed from the beginning', async () => {
    for (const name of ['api', 'old']) {
      store.become(name, true);
      await clock.advance(10_000);
      store.become(name, false);
      store.become(name, true);
      await clock.advance(10_000);
    }
    assert.deepEqual(told, ['api', 'api', 'old']);
  });

  it('are told of together where they begin together', async () => {
    store.become('api', true);
    store.become('web', true);
    await clock.advance(10_000);
    assert.deepEqual(told, ['api+web']);
  });

  it('are told of when the cluster is seen again, not while it cannot be', async () => {
    store.become('api', true);
    await clock.advance(1_000);
    store.connection({ kind: 'stale', since: 0, error: new ApiError('unreachable', 'cut') });
    await clock.advance(60_000);
    assert.deepEqual(told, []);
    store.connection({ kind: 'live' });
    await clock.advance(0);
    assert.deepEqual(told, ['api']);
  });
});
