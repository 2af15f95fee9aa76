import assert from 'node:assert/strict';
import fc from 'fast-check';

import { checkIds } from '../../../../src/domain/runbook/checks.ts';
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
  target,
} from './run-events.ts';

const at = '2026-01-01T00:00:00Z';
const started: RunEvent = { at, kind: 'verificationStarted', checks: checkIds };
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
    const state = stateOf(confirmed, intended, applied, complete, started, signed, confirmed);
    assert.equal(state.verification, undefined);
    assert.deepEqual(state.signatures, {});
    assert.equal(state.rollback?.end, undefined);
    assert.equal(state.rollback?.outcome, undefined);
  });

  it('keeps what a stopped verification has found, and nothing of what it was looking at', () => {
    const found: RunEvent = {
      at,
      kind: 'checkSeen',
      check: 'podsReady',
      result: { state: 'ok', summary: '3 of 3', evidence: [] },
    };
    const running = stateOf(started, found);
    assert.equal(running.verification?.checks.logs?.state, 'running');
    const { verification } = next(running, { at, kind: 'verificationEnded', stopped: true });
    assert.deepEqual(Object.keys(verification?.checks ?? {}), ['podsReady']);
    assert.equal(verification?.endedAt, at);
  });

  it('says last what is known of permissions', () => {
    const unknown: RunEvent = { at, kind: 'permissionsUnknown', message: 'no answer' };
    const seen: RunEvent = { at, kind: 'permissionsSeen', answers: [] };
    assert.equal(stateOf(unknown, seen).permissionsUnknown, undefined);
    assert.equal(stateOf(seen, unknown).permissions, undefined);
  });
});
