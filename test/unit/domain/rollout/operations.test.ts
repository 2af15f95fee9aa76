import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { DeploymentJson } from '../../../../src/domain/rollout/json.ts';
import {
  isOperated,
  type OperationRequest,
  planOperation,
} from '../../../../src/domain/rollout/operations.ts';
import { applyPatch } from './apply-patch.ts';
import { deploymentJson, template } from './objects.ts';

const now = '2026-01-01T03:00:00Z';
const live = deploymentJson(template('api:v1'));
const paused: DeploymentJson = { ...live, spec: { ...spec(live), paused: true } };

function spec({ spec: found }: DeploymentJson): NonNullable<DeploymentJson['spec']> {
  assert.ok(found);
  return found;
}

function plan(deployment: DeploymentJson, request: OperationRequest) {
  return planOperation(deployment, request, now);
}

function after(deployment: DeploymentJson, request: OperationRequest): DeploymentJson {
  const made = plan(deployment, request);
  assert.ok(made.kind === 'patch');
  const patched = applyPatch(deployment, made.patch);
  assert.ok(isOperated(patched, made.operation));
  assert.ok(!isOperated(deployment, made.operation));
  return patched;
}

function message(deployment: DeploymentJson, request: OperationRequest): string {
  const made = plan(deployment, request);
  assert.ok(made.kind !== 'patch');
  return made.message;
}

describe('an operation', () => {
  it('pauses, and resumes to what was before', () => {
    assert.deepEqual(after(live, { kind: 'pause' }), paused);
    assert.deepEqual(after(paused, { kind: 'resume' }), live);
  });

  it('is refused in kubectl’s words where it is so already, or cannot be', () => {
    assert.equal(message(paused, { kind: 'pause' }), 'deployments.apps "api" is already paused');
    assert.equal(message(live, { kind: 'resume' }), 'deployments.apps "api" is not paused');
    assert.equal(
      message(paused, { kind: 'restart' }),
      'deployments.apps "api" can\'t restart paused deployment (run rollout resume first)',
    );
  });

  it('restarts by an annotation of the pods, whatever annotations there are', () => {
    for (const annotations of [
      undefined,
      {},
      { 'a/b~c': 'd' },
      { 'kubectl.kubernetes.io/restartedAt': 'before' },
    ]) {
      const pod = template('api:v1');
      const made = after(
        deploymentJson({ ...pod, metadata: { ...pod.metadata, ...(annotations && { annotations }) } }),
        { kind: 'restart' },
      );
      assert.deepEqual(spec(made).template.metadata?.annotations, {
        ...annotations,
        'kubectl.kubernetes.io/restartedAt': now,
      });
    }
    assert.ok(
      after(deploymentJson({ spec: template('api:v1').spec ?? { containers: [] } }), { kind: 'restart' }),
    );
  });

  it('does not restart twice within a second', () => {
    assert.match(message(after(live, { kind: 'restart' }), { kind: 'restart' }), /within the past second/);
  });

  it('scales to any whole number, and to no other', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (from, to) => {
        const before = { ...live, spec: { ...spec(live), replicas: from } };
        if (from === to)
          assert.equal(message(before, { kind: 'scale', replicas: to }), `it is scaled to ${to} already`);
        else assert.equal(spec(after(before, { kind: 'scale', replicas: to })).replicas, to);
      }),
    );
    for (const replicas of [-1, 1.5, Number.NaN, Infinity])
      assert.equal(plan(live, { kind: 'scale', replicas }).kind, 'refused');
  });

  it('tests that the deployment is the one that was shown', () => {
    for (const request of [{ kind: 'pause' }, { kind: 'restart' }, { kind: 'scale', replicas: 9 }] as const) {
      const made = plan(live, request);
      assert.ok(made.kind === 'patch');
      assert.deepEqual(made.patch.slice(0, 2), [
        { op: 'test', path: '/metadata/uid', value: 'deployment-uid' },
        { op: 'test', path: '/metadata/generation', value: 5 },
      ]);
    }
  });
});
