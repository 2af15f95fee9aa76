import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { healthOf } from '../../../src/domain/rollout/health.ts';
import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { namedOnly } from './named-only.ts';
import { forbidden, owner, StoreBed } from './store-bed.ts';
import { added, events, listEnd } from './watch-script.ts';

const web = deploymentJson(template('api:v1'));
const set = replicaSetJson('a', template('api:v1'), revision(1));
const pod = {
  metadata: { uid: 'pod', namespace: 'shop', name: 'p', ownerReferences: [owner('a-uid')] },
};

describe('the store of a cluster that may be seen in part', () => {
  let bed: StoreBed;

  beforeEach(() => {
    bed = new StoreBed();
  });

  afterEach(() => bed.close());

  it('looks at each namespace that is named where the whole cluster may not be listed', async () => {
    bed.watches('', { deployments: forbidden, replicasets: forbidden, pods: forbidden });
    bed.watches('/namespaces/bank', { deployments: forbidden });
    bed.watches('/namespaces/shop', { deployments: events(added(web), listEnd('1')) });
    await bed.open(namedOnly('bank', 'shop'));
    await bed.clock.advance(100);
    assert.deepEqual(bed.namespaces(), [
      [
        'bank',
        'refused',
        [
          {
            resource: 'deployments.apps',
            namespace: 'bank',
            words: 'Deployments cannot be seen: list deployments.apps is forbidden in namespace bank',
          },
        ],
      ],
      ['shop', 'live', []],
    ]);
    assert.equal(bed.store.state.kind, 'live');
    assert.ok(bed.store.find('shop', 'api'));
  });

  it('shows a deployment whose pods may not be seen, and says so of the namespace', async () => {
    bed.watches('', { deployments: events(added(web), listEnd('1')), pods: forbidden });
    bed.watches('/namespaces/shop', { pods: forbidden });
    await bed.open();
    await bed.clock.advance(100);
    assert.equal(bed.store.state.kind, 'live');
    const words = 'Pods cannot be seen: list pods is forbidden in namespace shop';
    assert.deepEqual(bed.store.scope, {
      kind: 'cluster',
      unseen: [{ resource: 'pods', namespace: 'shop', words }],
    });
    const records = bed.store.find('shop', 'api');
    assert.equal(records?.podsUnseen, words);
    assert.equal(records?.revisionsUnseen, undefined);
    assert.ok(records && healthOf(records).words.includes(words), records && healthOf(records).words);
  });

  it('looks for pods where deployments come to be, where the cluster may not be listed', async () => {
    const deployments = events(listEnd('1'));
    bed.watches('', { deployments, pods: forbidden });
    await bed.open();
    await bed.clock.advance(100);
    const elsewhere = { ...web, metadata: { ...web.metadata, namespace: 'new' } };
    bed.api.on('/api/v1/namespaces/new/pods', forbidden);
    deployments.write(`${JSON.stringify(added(elsewhere))}\n`);
    await bed.clock.advance(100);
    assert.match(bed.store.find('new', 'api')?.podsUnseen ?? '', /in namespace new$/);
  });

  it('says that it is refused where no namespace may be listed, until it is asked again', async () => {
    bed.watches('', { deployments: forbidden });
    bed.watches('/namespaces/shop', { deployments: forbidden });
    await bed.open();
    await bed.clock.advance(100);
    const { state } = bed.store;
    assert.ok(state.kind === 'refused');
    assert.equal(
      state.error.message,
      'Deployments cannot be seen: list deployments.apps is forbidden in namespace shop, and in the whole cluster.',
    );
    bed.api.on('/apis/apps/v1/deployments', {});
    bed.watches('');
    bed.store.refresh();
    await bed.clock.advance(100);
    assert.equal(bed.store.state.kind, 'live');
    assert.equal(bed.store.scope.kind, 'cluster');
  });

  it('finds more namespaces in which deployments may be listed, and forgets those that are gone', async () => {
    bed.watches('', { deployments: forbidden, replicasets: forbidden, pods: forbidden });
    bed.watches('/namespaces/shop');
    bed.watches('/namespaces/bank', { deployments: events(added(web), listEnd('1')) });
    let there = ['bank'];
    await bed.open({ named: ['shop'], find: async (found) => there.forEach(found) });
    await bed.clock.advance(100);
    assert.deepEqual(bed.namespaces(), [
      ['bank', 'live', []],
      ['shop', 'live', []],
    ]);
    assert.equal([...bed.store.deployments()].length, 1);
    there = [];
    bed.watches('/namespaces/shop');
    bed.store.refresh();
    await bed.clock.advance(100);
    assert.deepEqual(bed.namespaces(), [['shop', 'live', []]]);
    assert.deepEqual([...bed.store.deployments()], []);
  });

  it('does not wait for ever for the search, and looks at no more namespaces than it can', async () => {
    bed.watches('', { deployments: forbidden });
    const many = Array.from({ length: 120 }, (_, index) => `n${index}`);
    await bed.open({
      named: ['shop'],
      find: (found, signal) => {
        many.forEach(found);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new ApiError('aborted', 'Stopped.')));
        });
      },
    });
    await bed.clock.advance(100);
    assert.ok(bed.store.scope.kind === 'namespaces' && bed.store.scope.finding);
    await bed.clock.advance(60_000);
    const { scope } = bed.store;
    assert.ok(scope.kind === 'namespaces' && !scope.finding);
    assert.equal(scope.namespaces.length, 50);
    assert.equal(scope.leftOut, 71);
    assert.ok(scope.namespaces.some(({ namespace }) => namespace === 'shop'));
  });

  it('notices permission that is taken away, and one that is given later', async () => {
    const pods = events(added(pod), listEnd('1'));
    const deployments = events(added(web), listEnd('1'));
    bed.watches('', { pods, deployments, replicasets: events(added(set), listEnd('1')) });
    await bed.open();
    await bed.clock.advance(100);
    assert.equal(bed.store.find('shop', 'api')?.pods.length, 1);
    bed.api.on('/api/v1/pods', forbidden);
    bed.api.on('/api/v1/namespaces/shop/pods', forbidden);
    pods.end();
    await bed.clock.advance(1_000);
    const revoked = bed.store.find('shop', 'api');
    assert.deepEqual(revoked?.pods, []);
    assert.match(revoked?.podsUnseen ?? '', /^Pods cannot be seen: /);
    bed.api.on('/api/v1/pods', {}, events(added(pod), listEnd('1')));
    await bed.clock.advance(5 * 60_000);
    assert.equal(bed.store.find('shop', 'api')?.pods.length, 1);
    assert.equal(bed.store.find('shop', 'api')?.podsUnseen, undefined);
  });

  describe('where Argo Rollouts may not be listed', () => {
    const group = '/apis/argoproj.io/v1alpha1';
    const notFound = new ApiError('notFound', 'the server could not find the requested resource');
    const serving = (...names: readonly string[]) => ({ resources: names.map((name) => ({ name })) });

    async function unseen(): Promise<readonly string[]> {
      bed.watches('');
      await bed.open();
      await bed.clock.advance(100);
      return bed.store.scope.kind === 'cluster' ? bed.store.scope.unseen.map(({ words }) => words) : [];
    }

    it('says nothing of them where the cluster does not have them', async () => {
      bed.api.on(`${group}/rollouts`, notFound);
      assert.deepEqual(await unseen(), []);
    });

    it('says nothing of them where it has the group at most, for other kinds', async () => {
      bed.api.on(`${group}/rollouts`, forbidden).on(group, serving('workflows'));
      assert.deepEqual(await unseen(), []);
      await bed.close();
      bed = new StoreBed();
      bed.api.on(`${group}/rollouts`, forbidden).on(group, notFound);
      assert.deepEqual(await unseen(), []);
    });

    it('looks at them by namespace where it has them', async () => {
      bed.api.on(`${group}/rollouts`, forbidden).on(group, serving('workflows', 'rollouts'));
      bed.api.on(`${group}/namespaces/shop/rollouts`, forbidden);
      assert.deepEqual(await unseen(), [
        'Argo Rollouts cannot be seen: list rollouts.argoproj.io is forbidden in namespace shop',
      ]);
      assert.equal(bed.store.state.kind, 'live');
    });
  });
});
