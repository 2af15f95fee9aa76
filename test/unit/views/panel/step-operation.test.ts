import assert from 'node:assert/strict';
import type { RolloutEnd, RunEvent } from '../../../../src/domain/runbook/events.ts';
import type { Operation } from '../../../../src/domain/runbook/write.ts';
import { applied, confirmed, intended } from '../../domain/runbook/run-events.ts';
import { panel, returned, step } from './panel-input.ts';

const at = '2026-01-01T00:05:00.000Z';
const written = [confirmed, intended, applied] as const;

describe('a pause, resume, restart or scaling in the panel', () => {
  it('is shown while it goes on, and how it ended, beside the steps of the runbook', () => {
    const operation = { kind: 'scale', fromReplicas: 3, toReplicas: 5 } as const;
    const begun: RunEvent = {
      at,
      kind: 'operationConfirmed',
      operation,
      by: 'jane',
      command: 'kubectl scale …',
    };
    const sent: RunEvent = { at, kind: 'operationEnded', outcome: { kind: 'applied', generation: 9 } };
    const moved: RunEvent = { at, kind: 'operationProgressed', message: 'Waiting: 4 of 5 available' };
    const writing = panel([begun], { records: returned });
    assert.equal(writing.header.doing, 'Scaling 3 → 5');
    assert.deepEqual(
      writing.header.secondary.map(({ action }) => action),
      ['stopWatching'],
    );
    assert.equal(step(writing, 'operation').detail, 'Writing to the cluster');
    const going = step(panel([begun, sent, moved], { records: returned }), 'operation');
    assert.deepEqual(
      [going.title, going.state, going.detail],
      ['Scale 3 → 5', 'running', 'Waiting: 4 of 5 available'],
    );
    const ended = (end: RolloutEnd) =>
      panel([begun, sent, moved, { at, kind: 'operationFollowed', end }], { records: returned });
    const done = ended({ kind: 'complete', message: 'rolled out', nowRevision: 9 });
    assert.equal(done.header.doing, 'Running');
    assert.deepEqual([step(done, 'operation').state, step(done, 'operation').detail], ['ok', 'rolled out']);
    const failed = ended({ kind: 'failed', message: 'past its deadline', nowRevision: 9 });
    assert.equal(step(failed, 'operation').state, 'failed');
    // The phases are those of the rollback.
    assert.deepEqual(failed.phases, panel([], { records: returned }).phases);
  });

  it('is not said to go on where it was refused, is not known, is a pause, or was overtaken by a rollback', () => {
    const begun = (operation: Operation): RunEvent => ({
      at: confirmed.at,
      kind: 'operationConfirmed',
      operation,
      by: 'jane',
      command: '',
    });
    const outcome = (kind: 'notApplied' | 'unknown'): RunEvent => ({
      at,
      kind: 'operationEnded',
      outcome: { kind, message: 'No.' },
    });
    const sent: RunEvent = { at, kind: 'operationEnded', outcome: { kind: 'applied', generation: 9 } };
    const resume = begun({ kind: 'resume' });
    const state = (...events: readonly RunEvent[]) =>
      step(panel(events, { records: returned }), 'operation').state;
    assert.equal(state(resume, outcome('notApplied')), 'failed');
    assert.equal(state(resume, outcome('unknown')), 'warning');
    assert.equal(state(begun({ kind: 'pause' }), sent), 'ok');
    assert.equal(state(resume, sent), 'running');
    assert.equal(state(resume, sent, ...written), 'ok');
    assert.ok(!panel([]).steps.some(({ id }) => id === 'operation'));
  });
});
