import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { isWritten, next, runState } from '../../../../src/domain/runbook/state.ts';
import {
  applied,
  complete,
  confirmed,
  ended,
  intended,
  progressed,
  rolloutEnded,
  runEvent,
  stepDone,
  target,
} from './run-events.ts';

const at = '2026-01-01T00:00:00Z';
const started: RunEvent = { at, kind: 'stepStarted', step: 'logs' };
const good = { state: 'ok', summary: 'good', evidence: [] } as const;
const stateOf = (...events: readonly RunEvent[]) => runState(target, events);

describe('the state of a run', () => {
  it('is the same folded at once or one by one, changes no earlier state, and takes any order of events', () => {
    fc.assert(
      fc.property(fc.array(runEvent), (events) => {
        let state = stateOf();
        for (const event of events) {
          const before = JSON.stringify(state);
          const after = next(state, event);
          assert.equal(JSON.stringify(state), before);
          state = after;
        }
        const { openedAt } = stateOf(...events);
        assert.deepEqual({ ...state, openedAt }, stateOf(...events));
      }),
    );
  });

  it('takes a rollback for written only where the cluster said so, or was seen to have it', () => {
    const unknown = ended({ kind: 'unknown', message: 'no answer' });
    const written = (...events: readonly RunEvent[]) =>
      isWritten(stateOf(confirmed, intended, ...events).rollback);
    assert.equal(isWritten(undefined), false);
    assert.equal(written(), false);
    assert.equal(written(applied), true);
    assert.equal(written(unknown), false);
    assert.equal(written(unknown, rolloutEnded('lost', 'deleted')), false);
    assert.equal(written(unknown, complete), true);
    assert.equal(written(ended({ kind: 'notApplied', message: 'refused' })), false);
  });

  it('opens the end again where the rollout is watched on', () => {
    const stopped = stateOf(confirmed, intended, applied, rolloutEnded('stopped', 'stopped'));
    assert.equal(stopped.rollback?.end?.kind, 'stopped');
    const { rollback } = next(stopped, progressed);
    assert.equal(rollback?.end, undefined);
    assert.equal(rollback?.endAt, undefined);
    assert.equal(rollback?.message, '1 of 3 updated');
  });

  it('forgets with a new rollback what was verified and signed of the template before', () => {
    const signed: RunEvent = { at, kind: 'signed', item: 'users', by: 'jane', note: '' };
    const overridden: RunEvent = { at, kind: 'itemOverridden', item: 'logs', by: 'jane', note: 'old' };
    const state = stateOf(
      ...stepDone('access', good),
      confirmed,
      intended,
      applied,
      complete,
      started,
      signed,
      overridden,
      confirmed,
    );
    assert.deepEqual([state.steps, state.overrides], [{ access: state.steps.access }, {}]);
    assert.deepEqual(state.signatures, {});
    assert.equal(state.rollback?.end, undefined);
    assert.equal(state.rollback?.outcome, undefined);
  });

  it('takes a step that was stopped as if it had not been asked, and keeps what others have found', () => {
    const state = stateOf(...stepDone('podsReady', good), started);
    assert.equal(state.steps.logs?.state, 'running');
    const { steps } = next(state, { at, kind: 'stepStopped', step: 'logs' });
    assert.deepEqual(Object.keys(steps), ['podsReady']);
    assert.deepEqual(next(state, { at, kind: 'stepStopped', step: 'podsReady' }), state);
  });

  it('has no running step once the run has ended: each is told as not finished, with what it had seen', () => {
    const seen: RunEvent = { at, kind: 'stepSeen', step: 'logs', result: { ...good, state: 'running' } };
    const later = '2026-01-01T00:09:00.000Z';
    for (const end of [
      { at: later, kind: 'signedOff', by: 'jane', note: '' },
      { at: later, kind: 'closed', by: 'jane', reason: 'no' },
    ] as const) {
      const ended = stateOf(...stepDone('podsReady', good), started, seen, end);
      const { podsReady, logs } = ended.steps;
      assert.deepEqual(
        [podsReady?.state, logs?.state, logs?.endedAt, logs?.result?.state],
        ['ended', 'unfinished', later, 'running'],
      );
      // As journals of earlier versions say after a reload.
      assert.deepEqual(next(ended, { at, kind: 'stepStopped', step: 'logs' }), ended);
      assert.deepEqual(next(ended, { at, kind: 'takenOver', by: 'joe', host: 'b' }).steps, ended.steps);
    }
  });

  it('goes on with what was not finished where it is taken over', () => {
    const given: RunEvent = { at, kind: 'handedOver', by: 'jane', to: 'joe', note: '' };
    const taken: RunEvent = { at, kind: 'takenOver', by: 'joe', host: 'b' };
    assert.equal(stateOf(started, given).steps.logs?.state, 'unfinished');
    assert.deepEqual(stateOf(started, given, taken).steps, stateOf(started).steps);
  });

  it('counts how often a step was tried, and keeps the last result alone', () => {
    const bad = { ...good, state: 'failed' } as const;
    const { logs } = stateOf(...stepDone('logs', bad), ...stepDone('logs', good)).steps;
    assert.deepEqual([logs?.attempts, logs?.result?.state], [2, 'ok']);
  });

  it('does not begin an ended step again by what it still had to say', () => {
    const state = stateOf(...stepDone('logs', good));
    assert.deepEqual(next(state, { at, kind: 'stepSeen', step: 'logs', result: good }), state);
  });

  it('tells who left a step out, and why', () => {
    const skipped: RunEvent = { at, kind: 'stepSkipped', step: 'smoke', by: 'jane', reason: 'no tests here' };
    const { smoke } = stateOf(skipped).steps;
    assert.deepEqual([smoke?.state, smoke?.skipped], ['skipped', { by: 'jane', reason: 'no tests here' }]);
  });

  it('belongs to nobody between handing over and taking over', () => {
    const given: RunEvent = { at, kind: 'handedOver', by: 'jane', to: 'joe', note: 'shift ends' };
    assert.equal(stateOf(given).handedOver?.to, 'joe');
    assert.equal(stateOf(given, { at, kind: 'takenOver', by: 'joe', host: 'b' }).handedOver, undefined);
  });
});
