import assert from 'node:assert/strict';
import { concernsDeployment } from '../../../../src/domain/events/deployment-events.ts';
import { eventRecord } from '../../../../src/domain/events/event-record.ts';
import { deployment, replicaSet } from '../rollout/objects.ts';
import { event } from './event-objects.ts';

const records = { deployment: deployment(), replicaSets: [replicaSet('6f7d9c4b5')], pods: [] };

function concerns(kind: string, name: string, uid: string): boolean {
  return concernsDeployment(eventRecord(event({ involvedObject: { kind, name, uid } })), records);
}

describe('the events of a deployment', () => {
  it('are those of the deployment, its ReplicaSets and their pods', () => {
    assert.ok(concerns('Deployment', 'api', 'deployment-uid'));
    assert.ok(concerns('ReplicaSet', 'api-6f7d9c4b5', '6f7d9c4b5-uid'));
    assert.ok(concerns('Pod', 'api-6f7d9c4b5-x2k9q', 'pod-1'));
  });

  it('are also those of pods that are gone', () => {
    assert.ok(concerns('Pod', 'api-6f7d9c4b5-zzzz9', 'pod-of-yesterday'));
  });

  it('are not those of another deployment whose name begins the same', () => {
    assert.ok(!concerns('Pod', 'api-6f7d9c4b5-admin-6f7d9c4b5-x2k9q', 'other'));
    assert.ok(!concerns('Pod', 'api-6f7d9c4b5-0', 'other'));
    assert.ok(!concerns('ReplicaSet', 'api-6f7d9c4b5', 'other'));
  });

  it('are not those of a deployment of the same name that was there before', () => {
    assert.ok(!concerns('Deployment', 'api', 'deployment-0'));
  });

  it('are not those of other kinds', () => {
    assert.ok(!concerns('Job', 'api-6f7d9c4b5-x2k9q', 'job-1'));
  });
});
