import assert from 'node:assert/strict';

import type { RevisionVerdict } from '../../../../src/domain/rollout/known-good.ts';
import type { PanelInput } from '../../../../src/views/panel/facts.ts';
import { degraded, panel, step } from './panel-input.ts';

const labels = (actions: readonly { readonly label: string }[]) => actions.map(({ label }) => label);

function verdicts(of: Readonly<Record<string, RevisionVerdict>>): Partial<PanelInput> {
  return { verdict: ({ uid }) => of[uid] ?? { kind: 'unknown' } };
}

describe('the choice of a revision', () => {
  it('recommends the last known good one, says why and when, and leads to it', () => {
    const good: RevisionVerdict = { kind: 'good', lastSeen: Date.parse('2026-01-01T00:01:00Z') };
    const model = panel([], verdicts({ 'good-uid': good }));
    const { detail, evidence, table, actions } = step(model, 'revision');
    assert.match(detail ?? '', /^Revision 7 is the last known good: it was seen complete/);
    assert.equal(evidence[0]?.at, '2026-01-01T00:01:00.000Z');
    assert.deepEqual(
      table?.rows.map(({ cells, tone }) => `${cells.join(' | ')} ${tone}`),
      ['8 | v3 | current, failing failed', '7 | v2 | last known good ok'],
    );
    assert.deepEqual(labels(actions), ['Show diff to 7', 'Choose another…']);
    assert.equal(model.header.to?.tone, 'good');
  });

  it('says that nothing is known where nothing is, and recommends the newest', () => {
    const { detail } = step(panel([]), 'revision');
    assert.match(detail ?? '', /^Revision 7 is the newest .* Whether it was good is unknown/);
  });

  it('leads past a previous revision that was seen failing', () => {
    const failed: RevisionVerdict = {
      kind: 'failed',
      lastSeen: 0,
      cause: 'crash loop',
      goodBefore: undefined,
    };
    const [one] = degraded.replicaSets;
    assert.ok(one);
    const older = { ...one, uid: 'old-uid', name: 'api-old', revision: 6 };
    const records = { ...degraded, replicaSets: [...degraded.replicaSets, older] };
    const model = panel([], { records, ...verdicts({ 'good-uid': failed }) });
    assert.deepEqual(
      [model.header.primary?.action, model.header.primary?.target],
      ['rollBackToRevision', '6'],
    );
    assert.match(step(model, 'revision').detail ?? '', /^Revision 6 is the newest that was not seen failing/);
    assert.deepEqual(step(model, 'rollback').commands, [
      'kubectl rollout undo deployment/api --to-revision=6 -n shop --context demo',
    ]);
  });
});
