import assert from 'node:assert/strict';

import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { argoRolloutJson, statefulSetJson } from '../domain/rollout/workload-objects.ts';
import { forbidden, owner, StoreBed } from './store-bed.ts';
import { added, events, listEnd, named } from './watch-script.ts';

const web = deploymentJson(template('api:v1'));
const set = replicaSetJson('a', template('api:v1'), revision(1));
const numbered = (index: number, image: string) => {
  const made = deploymentJson(template(image));
  return { ...made, metadata: { ...made.metadata, uid: `uid-${index}`, name: `api-${index}` } };
};

describe('the store of a cluster', () => {
  let bed: StoreBed;

  beforeEach(() => {
    bed = new StoreBed();
  });

  afterEach(() => bed.close());

  it('is live once all three lists are whole', async () => {
    bed.watches('', { pods: events() });
    await bed.open();
    assert.equal(bed.store.state.kind, 'connecting');
    bed.store.dispose();
    bed.watches('');
    await bed.open();
    assert.equal(bed.store.state.kind, 'live');
  });

  it('tells changes together, by the deployment that they concern', async () => {
    const deployments = events(added(web), listEnd('1'));
    const replicasets = events(added(set), listEnd('1'));
    bed.watches('', { deployments, replicasets });
    await bed.open();
    await bed.clock.advance(50);
    assert.deepEqual(bed.changes, [
      { deployments: new Set(['deployment-uid']), workloads: new Set(), state: true },
    ]);
    for (let time = 1; time <= 5; time++)
      replicasets.write(`${JSON.stringify(added({ ...set, spec: { ...set.spec, replicas: time } }))}\n`);
    await bed.clock.advance(1_000);
    assert.deepEqual(bed.changes.slice(1), [
      { deployments: new Set(['deployment-uid']), workloads: new Set(), state: false },
    ]);
  });

  it('tells of a new list only what is another than before', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => numbered(index, 'api:v1'));
    const deployments = events(...many.map(added), listEnd('1'));
    const statefulSets = events(added(statefulSetJson()), listEnd('1'));
    bed.watches('', { deployments });
    bed.api.on('/apis/apps/v1/statefulsets', statefulSets);
    await bed.open();
    await bed.clock.advance(1_000);
    assert.equal([...bed.store.deployments()].length, 5_000);
    bed.changes = [];
    many[17] = numbered(17, 'api:v2');
    const [first] = many.splice(0, 1);
    assert.ok(first);
    const again = events(...many.map(added), listEnd('9'));
    const gone = { type: 'ERROR', object: { code: 410, message: 'too old' } };
    bed.api.on('/apis/apps/v1/deployments', again);
    bed.api.on('/apis/apps/v1/statefulsets', events(added(statefulSetJson()), listEnd('9')));
    deployments.write(`${JSON.stringify(gone)}\n`);
    statefulSets.write(`${JSON.stringify(gone)}\n`);
    await bed.clock.advance(5_000);
    const told = bed.changes.flatMap((change) => [...change.deployments]);
    assert.deepEqual(told.toSorted(), ['uid-0', 'uid-17']);
    assert.deepEqual(
      bed.changes.flatMap((change) => [...change.workloads]),
      [],
    );
    assert.equal(bed.store.find('shop', 'api-17')?.deployment.images[0]?.image, 'api:v2');
    assert.equal(bed.store.find('shop', 'api-0'), undefined);
  });

  it('is stale since it last heard of what it cannot see, and keeps what it saw', async () => {
    const pods = events(listEnd('1'));
    bed.watches('', { pods, deployments: events(added(web), listEnd('1')) });
    await bed.open();
    await bed.clock.advance(10_000);
    pods.write(`${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '2' } } })}\n`);
    await bed.clock.advance(2_000);
    pods.cut();
    await bed.clock.advance(5_000);
    const { state } = bed.store;
    assert.ok(state.kind === 'stale');
    assert.equal(new Date(state.since ?? 0).toISOString(), '2026-01-01T00:00:10.000Z');
    assert.ok(bed.store.find('shop', 'api'));
    bed.api.on('/api/v1/pods', events());
    await bed.clock.advance(10_000);
    assert.equal(bed.store.state.kind, 'live');
  });

  it('was never true where it could not connect', async () => {
    await bed.open();
    const { state } = bed.store;
    assert.ok(state.kind === 'stale');
    assert.equal(state.since, undefined);
  });

  it('keeps StatefulSets, DaemonSets and Argo Rollouts where it may and where the cluster has them', async () => {
    const pod = {
      metadata: { ...named('pod-0').metadata, namespace: 'shop', ownerReferences: [owner('db-uid')] },
    };
    const canary = { ...set, metadata: { ...set.metadata, ownerReferences: [owner('canary-uid')] } };
    bed.watches('', {
      pods: events(added(pod), listEnd('1')),
      replicasets: events(added(canary), listEnd('1')),
    });
    const statefulSets = events(added(statefulSetJson()), listEnd('1'));
    bed.api.on('/apis/apps/v1/statefulsets', statefulSets);
    bed.api.on('/apis/apps/v1/daemonsets', forbidden);
    bed.api.on('/apis/argoproj.io/v1alpha1/rollouts', events(added(argoRolloutJson()), listEnd('1')));
    await bed.open();
    await bed.clock.advance(100);
    assert.equal(bed.store.state.kind, 'live');
    assert.deepEqual(
      [...bed.store.workloads()].map(({ kind, name }) => `${kind} ${name}`),
      ['StatefulSet db', 'Rollout canary'],
    );
    assert.deepEqual(
      bed.store.workload('db-uid')?.pods.map(({ uid }) => uid),
      ['pod-0'],
    );
    bed.changes = [];
    statefulSets.write(`${JSON.stringify({ type: 'DELETED', object: statefulSetJson() })}\n`);
    await bed.clock.advance(100);
    assert.deepEqual(bed.changes, [{ deployments: new Set(), workloads: new Set(['db-uid']), state: false }]);
    assert.equal(bed.store.workload('db-uid'), undefined);
  });

  it('says no more after its end', async () => {
    bed.watches('', { deployments: events(added(web), listEnd('1')) });
    await bed.open();
    bed.store.dispose();
    await bed.clock.advance(1_000);
    assert.deepEqual(bed.changes, []);
  });
});
