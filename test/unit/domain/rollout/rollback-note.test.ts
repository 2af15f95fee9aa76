import assert from 'node:assert/strict';
import fc from 'fast-check';

import { causeWithNote, withChangeCause } from '../../../../src/domain/rollout/rollback-note.ts';
import { planUndo } from '../../../../src/domain/rollout/undo.ts';
import { applyPatch } from './apply-patch.ts';
import { deploymentJson, replicaSetJson, revision, template } from './objects.ts';

const key = 'kubernetes.io/change-cause';

describe('a note on a rollback', () => {
  it('names the revision that is put back and keeps the cause of its release', () => {
    assert.equal(
      causeWithNote(' checkout\n fails ', 7, 'release 2.3.1'),
      'checkout fails (rollback to 7: release 2.3.1)',
    );
    assert.equal(causeWithNote('checkout fails', 7, undefined), 'checkout fails (rollback to 7)');
  });

  it('gives way to the next note, however often a revision is put back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (notes) => {
        const last = notes.reduce((cause, note, at) => causeWithNote(note, at, cause), 'release 2.3.1');
        assert.ok(last.endsWith(` (rollback to ${notes.length - 1}: release 2.3.1)`), last);
      }),
    );
  });

  for (const [what, live, target] of [
    ['both have one', { [key]: 'bad' }, revision(1, 'good')],
    ['only the deployment has one', { [key]: 'bad' }, revision(1)],
    ['neither has one', {}, revision(1)],
    ['the deployment has no annotations', undefined, revision(1, 'good')],
    ['nothing has annotations', undefined, revision(1)],
  ] as const)
    it(`is written where ${what}, and changes nothing else of the undo`, () => {
      const made = deploymentJson(template('api:v2'));
      const { annotations: _none, ...metadata } = made.metadata ?? {};
      const deployment = { ...made, metadata: { ...metadata, ...(live && { annotations: live }) } };
      const plan = planUndo(deployment, [replicaSetJson('old', template('api:v1'), target)], 1);
      assert.ok(plan.kind === 'patch');
      const plain = applyPatch(deployment, plan.patch);
      const noted = applyPatch(deployment, withChangeCause(plan.patch, deployment, 'note'));
      const annotations = { ...plain.metadata?.annotations, [key]: 'note' };
      assert.deepEqual(noted, { ...plain, metadata: { ...plain.metadata, annotations } });
    });
});
