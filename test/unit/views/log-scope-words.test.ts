import assert from 'node:assert/strict';

import type { DeploymentRecords } from '../../../src/domain/rollout/records.ts';
import type { RollbackState } from '../../../src/domain/runbook/state.ts';
import { scopeWords, sideTitle } from '../../../src/views/log-scope-words.ts';
import { deployment, replicaSet } from '../domain/rollout/objects.ts';

const shown = (name: string, words: string) => ({
  scope: { kind: 'revision', replicaSetUid: `${name}-uid` } as const,
  words,
});
const records: DeploymentRecords = {
  deployment: deployment({ revision: 9 }),
  replicaSets: [
    replicaSet('bad', { revision: 8 }),
    replicaSet('good', { revision: 9, formerRevisions: [7] }),
  ],
  pods: [],
};
const side = (name: string, revision: number) => ({
  revision,
  replicaSetUid: `${name}-uid`,
  replicaSetName: `api-${name}`,
  version: 'v1',
});
const confirmed: RollbackState = {
  from: side('bad', 8),
  to: side('good', 7),
  by: 'jane',
  confirmedAt: '2026-01-01T00:00:00Z',
  command: 'kubectl rollout undo deployment/api',
};
const applied: RollbackState = { ...confirmed, outcome: { kind: 'applied', generation: 9 } };

describe('the words for what a log area shows', () => {
  it('have the number that the revision got by a rollback', () => {
    assert.equal(scopeWords(shown('good', 'Revision 7'), records), 'Revision 9 (was 7)');
    assert.equal(scopeWords(shown('bad', 'Revision 8'), records), 'Revision 8');
  });

  it('stay where the revision is gone, and where it is a pod', () => {
    assert.equal(scopeWords(shown('gone', 'Revision 1'), records), 'Revision 1');
    const pod = { scope: { kind: 'pod', podUid: 'p' }, words: 'Pod api-x' } as const;
    assert.equal(scopeWords(pod, records), 'Pod api-x');
    assert.equal(sideTitle(pod, applied, records), 'Pod api-x');
  });

  it('say what was before a rollback and after it, on whichever side it stands', () => {
    assert.equal(sideTitle(shown('bad', 'Revision 8'), applied, records), 'Before: Revision 8');
    assert.equal(
      sideTitle(shown('good', 'Revision 9 (was 7)'), applied, records),
      'After: Revision 9 (was 7)',
    );
    assert.equal(sideTitle(shown('older', 'Revision 6'), applied, undefined), 'Revision 6');
  });

  it('say which one is current as long as no rollback was written', () => {
    const before = { ...records, deployment: deployment({ revision: 8 }) };
    for (const rollback of [undefined, confirmed]) {
      assert.equal(sideTitle(shown('bad', 'Revision 8'), rollback, before), 'Current: Revision 8');
      assert.equal(sideTitle(shown('good', 'Revision 7'), rollback, before), 'Revision 7');
      assert.equal(sideTitle(shown('good', 'Revision 7'), rollback, undefined), 'Revision 7');
    }
  });
});
