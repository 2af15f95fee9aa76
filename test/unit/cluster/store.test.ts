import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/api-error.ts';
import { ClusterStore, type StoreChange } from '../../../src/cluster/store.ts';
import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { argoRolloutJson, statefulSetJson } from '../domain/rollout/workload-objects.ts';
import { VirtualClock } from '../virtual-clock.ts';
import type { ScriptedBody } from './logs/scripted-api.ts';
import { added, events, listEnd, named, WatchScript } from './watch-script.ts';

const kinds = { deployments: '/apis/apps/v1', replicasets: '/apis/apps/v1', pods: '/api/v1' };
const forbidden = new ApiError('forbidden', 'cannot list at the cluster scope', { status: 403 });
const web = deploymentJson(template('api:v1'));
const set = replicaSetJson('a', template('api:v1'), revision(1));

const owner = (uid: string) => ({ apiVersion: 'apps/v1', kind: 'x', name: 'x', uid, controller: true });

describe('the store of a cluster', () => {
  let clock: VirtualClock;
  let api: WatchScript;
  let store: ClusterStore;
  let changes: StoreChange['deployments'][];

  beforeEach(() => {
    clock = new VirtualClock();
    api = new WatchScript();
    changes = [];
  });

  afterEach(async () => {
    store.dispose();
    await clock.settle();
    assert.equal(clock.waiting, 0, 'no timer is left behind');
  });

  /** Scripts the three watches, in one namespace or in all. */
  function watches(
    place: string,
    bodies: Partial<Record<keyof typeof kinds, ScriptedBody | ApiError>> = {},
  ): void {
    for (const kind of ['deployments', 'replicasets', 'pods'] as const)
      api.on(`${kinds[kind]}${place}/${kind}`, bodies[kind] ?? events(listEnd('1')));
  }

  async function open(): Promise<void> {
    store = new ClusterStore(api, clock, 'shop');
    store.onDidChange(({ deployments }) => changes.push(deployments));
    await clock.settle();
  }

  it('is live once all three lists are whole', async () => {
    watches('', { pods: events() });
    await open();
    assert.equal(store.state.kind, 'connecting');
    store.dispose();
    watches('');
    await open();
    assert.equal(store.state.kind, 'live');
  });

  it('tells changes together, by the deployment that they concern', async () => {
    const deployments = events(added(web), listEnd('1'));
    const replicasets = events(added(set), listEnd('1'));
    watches('', { deployments, replicasets });
    await open();
    await clock.advance(50);
    assert.deepEqual(changes, ['all']);
    for (let time = 0; time < 5; time++) replicasets.write(`${JSON.stringify(added(set))}\n`);
    await clock.advance(1_000);
    assert.deepEqual(changes, ['all', new Set(['deployment-uid'])]);
  });

  it('looks at its one namespace where the whole cluster may not be listed', async () => {
    watches('', { replicasets: forbidden, deployments: events(added(web), listEnd('1')) });
    watches('/namespaces/shop', { deployments: events(added(web), listEnd('1')) });
    await open();
    await clock.advance(100);
    assert.equal(store.onlyNamespace, 'shop');
    assert.equal(store.state.kind, 'live');
    assert.ok(store.find('shop', 'api'));
  });

  it('says that it is refused where that may not be listed either, until it is asked again', async () => {
    watches('', { pods: forbidden });
    watches('/namespaces/shop', { pods: forbidden });
    await open();
    await clock.advance(100);
    assert.equal(store.state.kind, 'refused');
    watches('');
    store.refresh();
    await clock.advance(100);
    assert.equal(store.state.kind, 'live');
    assert.equal(store.onlyNamespace, undefined);
  });

  it('is stale since it last heard of what it cannot see, and keeps what it saw', async () => {
    const pods = events(listEnd('1'));
    watches('', { pods, deployments: events(added(web), listEnd('1')) });
    await open();
    await clock.advance(10_000);
    pods.write(`${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '2' } } })}\n`);
    await clock.advance(2_000);
    pods.cut();
    await clock.advance(5_000);
    const { state } = store;
    assert.ok(state.kind === 'stale');
    assert.equal(new Date(state.since ?? 0).toISOString(), '2026-01-01T00:00:10.000Z');
    assert.ok(store.find('shop', 'api'));
    api.on('/api/v1/pods', events());
    await clock.advance(10_000);
    assert.equal(store.state.kind, 'live');
  });

  it('was never true where it could not connect', async () => {
    await open();
    const { state } = store;
    assert.ok(state.kind === 'stale');
    assert.equal(state.since, undefined);
  });

  it('keeps StatefulSets, DaemonSets and Argo Rollouts where it may and where the cluster has them', async () => {
    const pod = {
      metadata: { ...named('pod-0').metadata, namespace: 'shop', ownerReferences: [owner('db-uid')] },
    };
    const canary = { ...set, metadata: { ...set.metadata, ownerReferences: [owner('canary-uid')] } };
    watches('', { pods: events(added(pod), listEnd('1')), replicasets: events(added(canary), listEnd('1')) });
    const statefulSets = events(added(statefulSetJson()), listEnd('1'));
    api.on('/apis/apps/v1/statefulsets', statefulSets);
    api.on('/apis/apps/v1/daemonsets', forbidden);
    api.on('/apis/argoproj.io/v1alpha1/rollouts', events(added(argoRolloutJson()), listEnd('1')));
    await open();
    await clock.advance(100);
    assert.equal(store.state.kind, 'live');
    assert.deepEqual(
      [...store.workloads()].map(({ kind, name }) => `${kind} ${name}`),
      ['StatefulSet db', 'Rollout canary'],
    );
    assert.deepEqual(
      store.workload('db-uid')?.pods.map(({ uid }) => uid),
      ['pod-0'],
    );
    changes = [];
    statefulSets.write(`${JSON.stringify({ type: 'DELETED', object: statefulSetJson() })}\n`);
    await clock.advance(100);
    assert.deepEqual(changes, [new Set()]);
    assert.equal(store.workload('db-uid'), undefined);
  });

  it('says no more after its end', async () => {
    watches('', { deployments: events(added(web), listEnd('1')) });
    await open();
    store.dispose();
    await clock.advance(1_000);
    assert.deepEqual(changes, []);
  });
});
