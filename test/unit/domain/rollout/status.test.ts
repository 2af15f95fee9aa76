import assert from 'node:assert/strict';
import type { DeploymentJson } from '../../../../src/domain/rollout/json.ts';
import { rolloutStatus } from '../../../../src/domain/rollout/status.ts';
import { deploymentJson, revision, template } from './objects.ts';

type Status = NonNullable<DeploymentJson['status']>;

function deployment(status: Status, annotations = revision(3)): DeploymentJson {
  return { ...deploymentJson(template('api:v3'), annotations), status: { observedGeneration: 5, ...status } };
}

const complete: Status = { replicas: 3, updatedReplicas: 3, availableReplicas: 3 };
const timedOut = (message: string): Status => ({
  ...complete,
  conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message }],
});

describe('kubectl rollout status', () => {
  const sentences: readonly (readonly [string, Status, string])[] = [
    [
      'the controller has not seen the spec',
      { observedGeneration: 4 },
      'Waiting for deployment spec update to be observed...',
    ],
    [
      'pods are still to be updated, even though old ones remain',
      { replicas: 4, updatedReplicas: 1, availableReplicas: 3 },
      'Waiting for deployment "api" rollout to finish: 1 out of 3 new replicas have been updated...',
    ],
    [
      'old pods remain, even though new ones are not available',
      { replicas: 5, updatedReplicas: 3, availableReplicas: 1 },
      'Waiting for deployment "api" rollout to finish: 2 old replicas are pending termination...',
    ],
    [
      'new pods are not available',
      { replicas: 3, updatedReplicas: 3, availableReplicas: 1 },
      'Waiting for deployment "api" rollout to finish: 1 of 3 updated replicas are available...',
    ],
  ];
  for (const [when, status, message] of sentences) {
    it(`waits while ${when}`, () =>
      assert.deepEqual(rolloutStatus(deployment(status)), { message, done: false }));
  }

  it('is done when all replicas are updated and available', () => {
    const message = 'deployment "api" successfully rolled out';
    assert.deepEqual(rolloutStatus(deployment(complete)), { message, done: true });
  });

  it('is done for a Deployment of no replicas', () => {
    const none = deployment({});
    const spec = { selector: {}, template: template('api:v3'), replicas: 0 };
    assert.equal(rolloutStatus({ ...none, spec }).done, true);
  });

  it('ends with an error when another revision runs than the wanted one, before all else', () => {
    const message = 'desired revision (2) is different from the running revision (3)';
    assert.deepEqual(rolloutStatus(deployment({ observedGeneration: 4 }), { revision: 2 }), {
      message,
      done: false,
      error: { reason: 'revisionDiffers', message },
    });
    assert.equal(rolloutStatus(deployment(complete), { revision: 3 }).done, true);
    assert.equal(rolloutStatus(deployment(complete), { revision: 0 }).done, true);
  });

  it('says that a revision cannot be read', () => {
    const message =
      'cannot get the revision of deployment "api": strconv.ParseInt: parsing "x": invalid syntax';
    const status = rolloutStatus(deployment(complete, revision('x')), { revision: 3 });
    assert.deepEqual(status.error, { reason: 'revisionUnreadable', message });
  });

  it('ends with an error when the progress deadline is exceeded, even though the counts are complete', () => {
    const message = 'deployment "api" exceeded its progress deadline';
    const status = rolloutStatus(deployment(timedOut('ReplicaSet "api-new" has timed out progressing.')));
    assert.deepEqual(status, { message, done: false, error: { reason: 'deadlineExceeded', message } });
  });

  it('does not look at the deadline before the controller has seen the spec', () => {
    const status = rolloutStatus(deployment({ ...timedOut('ReplicaSet "api-new"'), observedGeneration: 4 }));
    assert.equal(status.error, undefined);
  });

  it('ignores a deadline that names another ReplicaSet than the wanted one', () => {
    const wanted = { replicaSetName: 'api-new' };
    const other = deployment(timedOut('ReplicaSet "api-old" has timed out progressing.'));
    assert.equal(rolloutStatus(other, wanted).done, true);
    const own = deployment(timedOut('ReplicaSet "api-new" has timed out progressing.'));
    assert.equal(rolloutStatus(own, wanted).error?.reason, 'deadlineExceeded');
    const nameless = deployment(timedOut('Deployment "api" has timed out progressing.'));
    assert.equal(rolloutStatus(nameless, wanted).error?.reason, 'deadlineExceeded');
  });
});
