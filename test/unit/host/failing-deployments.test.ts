import assert from 'node:assert/strict';
import type { DeploymentRecords } from '../../../src/domain/rollout/records.ts';
import { FailingDeployments, type Watched } from '../../../src/host/tree/failing-deployments.ts';
import { crashingPod, deployment, pod, replicaSet } from '../domain/rollout/objects.ts';

const sets = [replicaSet('new')];

function records(uid: string, failing: boolean): DeploymentRecords {
  const pods = [failing ? crashingPod('a', 'new-uid') : pod('a', 'new-uid')];
  return { deployment: deployment({ uid, available: failing ? 0 : 3 }), replicaSets: sets, pods };
}

/** A store that counts how often a deployment is looked at. */
function storeOf(...all: readonly DeploymentRecords[]): Watched & { looks: number } {
  return {
    looks: 0,
    deployments: () => all.map((one) => one.deployment),
    records(uid) {
      this.looks += 1;
      return all.find((one) => one.deployment.uid === uid);
    },
  };
}

describe('the number of failing deployments on the badge', () => {
  it('is the sum over all open contexts', () => {
    const failing = new FailingDeployments();
    failing.see('prod', storeOf(records('1', true), records('2', false)), { deployments: 'all' });
    failing.see('staging', storeOf(records('3', true)), { deployments: 'all' });
    assert.equal(failing.count, 2);
  });

  it('goes down when one is well again, and when one is gone', () => {
    const failing = new FailingDeployments();
    failing.see('prod', storeOf(records('1', true), records('2', true)), { deployments: 'all' });
    failing.see('prod', storeOf(records('1', false), records('2', true)), { deployments: new Set(['1']) });
    assert.equal(failing.count, 1);
    failing.see('prod', storeOf(records('1', false)), { deployments: new Set(['2']) });
    assert.equal(failing.count, 0);
  });

  it('looks only at what changed', () => {
    const failing = new FailingDeployments();
    const store = storeOf(records('1', true), records('2', false), records('3', false));
    failing.see('prod', store, { deployments: 'all' });
    store.looks = 0;
    failing.see('prod', store, { deployments: new Set(['2']) });
    assert.equal(store.looks, 1);
  });

  it('is nothing after the kubeconfig changed', () => {
    const failing = new FailingDeployments();
    failing.see('prod', storeOf(records('1', true)), { deployments: 'all' });
    failing.clear();
    assert.equal(failing.count, 0);
  });
});
