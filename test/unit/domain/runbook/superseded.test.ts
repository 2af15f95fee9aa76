import assert from 'node:assert/strict';

import type { DeploymentRecords } from '../../../../src/domain/rollout/records.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import { isSuperseded } from '../../../../src/domain/runbook/superseded.ts';
import { deployment, replicaSet } from '../rollout/objects.ts';

const at = '2026-01-01T03:00:00Z';
const target = { context: 'demo', namespace: 'shop', name: 'api' };
const ref = (revision: number, uid: string) => ({
  revision,
  replicaSetUid: uid,
  replicaSetName: uid,
  version: 'v1',
});
const rolledBack = runState(target, [
  { at, kind: 'opened', target, id: 'run-1', by: 'ada' },
  { at, kind: 'rollbackConfirmed', from: ref(2, 'bad'), to: ref(1, 'good'), by: 'ada', command: '' },
  { at, kind: 'writeEnded', outcome: { kind: 'applied', generation: 5 } },
  { at, kind: 'rolloutEnded', end: { kind: 'complete', message: '', nowRevision: 3 } },
]);

function running(uid: string, generation: number, observedGeneration = generation): DeploymentRecords {
  const replicaSets = ['good', 'bad', 'newer'].map((one) =>
    replicaSet(one, { uid: one, revision: one === uid ? 7 : 1 }),
  );
  return { deployment: deployment({ generation, observedGeneration, revision: 7 }), replicaSets, pods: [] };
}

describe('a run after its rollback', () => {
  it('is superseded once another revision was deployed', () => {
    assert.equal(isSuperseded(rolledBack, running('newer', 6)), true);
  });

  it('is not by its own revision, nor by the bad one put back', () => {
    assert.equal(isSuperseded(rolledBack, running('good', 6)), false);
    assert.equal(isSuperseded(rolledBack, running('bad', 6)), false);
  });

  it('is not by what was seen before the rollback, or not yet by the controller', () => {
    assert.equal(isSuperseded(rolledBack, running('newer', 5)), false);
    assert.equal(isSuperseded(rolledBack, running('newer', 6, 5)), false);
  });
});
