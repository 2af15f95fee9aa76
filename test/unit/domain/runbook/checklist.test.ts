import assert from 'node:assert/strict';
import fc from 'fast-check';

import { canSignOff, checklist, type Present } from '../../../../src/domain/runbook/checklist.ts';
import { itemIds } from '../../../../src/domain/runbook/checklist-items.ts';
import { podsReadiness } from '../../../../src/domain/runbook/pods-ready.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import type { PodRecord } from '../../../../src/domain/rollout/records.ts';
import { crashingPod, deployment, pod, replicaSet } from '../rollout/objects.ts';
import {
  applied,
  complete,
  confirmed,
  ended,
  intended,
  rolloutEnded,
  runEvent,
  stepDone,
  target,
  to,
} from './run-events.ts';

const at = '2026-01-01T00:05:00Z';
const pods = ['a', 'b', 'c'].map((name) => pod(name, 'good-uid'));

function readiness(of: readonly PodRecord[], changes = {}) {
  return podsReadiness({ deployment: deployment(changes), replicaSets: [replicaSet('good')], pods: of });
}

function present(changes: Partial<Present> = {}): Present {
  return { at, pods: readiness(pods), previous: to, health: undefined, critical: undefined, ...changes };
}

function item(id: string, events: readonly RunEvent[], now = present()) {
  const found = checklist(runState(target, events), now).find((each) => each.id === id);
  assert.ok(found);
  return found;
}

describe('the readiness of pods', () => {
  it('asks for every wanted pod, and for none of another revision', () => {
    assert.equal(readiness(pods).ready, true);
    assert.equal(readiness(pods.slice(1)).ready, false);
    assert.equal(readiness([...pods, pod('old', 'bad-uid')]).ready, false);
    assert.equal(readiness([...pods, pod('going', 'bad-uid', { terminating: true })]).ready, true);
    assert.equal(readiness([...pods, pod('more', 'good-uid', { ready: false })]).ready, false);
  });

  it('leaves out pods that ended for good, which their ReplicaSet has replaced', () => {
    const evicted = pod('evicted', 'good-uid', {
      state: 'Evicted',
      finished: true,
      failing: true,
      ready: false,
    });
    const { ready, failing, details } = readiness([...pods, evicted]);
    assert.deepEqual({ ready, failing, lines: details.length }, { ready: true, failing: false, lines: 3 });
    const old = { ...evicted, ownerUid: 'bad-uid' };
    assert.equal(readiness([...pods, old]).ready, true);
  });

  it('waits until the controller has seen the newest spec', () => {
    assert.equal(readiness(pods, { generation: 6, observedGeneration: 5 }).ready, false);
  });

  it('is not there where the deployment is scaled to zero, or gone', () => {
    assert.deepEqual(
      [readiness([], { desired: 0 }).ready, readiness([], { desired: 0 }).summary],
      [false, 'scaled to zero'],
    );
    assert.equal(podsReadiness(undefined).ready, false);
  });

  it('is of the ReplicaSet asked for', () => {
    const records = { deployment: deployment(), replicaSets: [replicaSet('good')], pods };
    assert.equal(podsReadiness(records, 'bad-uid').ready, false);
    assert.equal(podsReadiness(records, 'good-uid').ready, true);
  });
});

describe('the checklist', () => {
  it('has nine items, whatever happened, and each says why it is not pending', () => {
    fc.assert(
      fc.property(fc.array(runEvent), (events) => {
        const items = checklist(runState(target, events), present());
        assert.equal(items.length, 9);
        assert.equal(new Set(items.map(({ id }) => id)).size, 9);
        for (const { id, state, summary } of items)
          if (state === 'ticked' && ['previous', 'executed', 'pods'].includes(id))
            assert.notEqual(summary, '');
      }),
    );
  });

  it('takes the tick from the pods when they crash again', () => {
    assert.equal(item('pods', []).state, 'ticked');
    const crashing = present({ pods: readiness([...pods.slice(1), crashingPod('d', 'good-uid')]) });
    const unticked = item('pods', [], crashing);
    assert.deepEqual([unticked.state, unticked.summary], ['failed', '2 of 3']);
    assert.match(unticked.evidence.map(({ text }) => text).join('\n'), /d: CrashLoopBackOff/);
  });

  it('ticks the rollback by what the cluster answered', () => {
    const state = (...events: readonly RunEvent[]) => {
      const { state: now, summary } = item('executed', events);
      return `${now} ${summary}`;
    };
    const unknown = ended({ kind: 'unknown', message: 'no answer' });
    assert.equal(state(), 'pending ');
    assert.equal(state(confirmed, intended), 'running being written');
    assert.equal(state(confirmed, intended, applied), 'ticked executed');
    assert.equal(
      state(confirmed, intended, ended({ kind: 'notApplied', message: 'no' })),
      'failed not applied',
    );
    assert.equal(state(confirmed, intended, unknown), 'failed unknown');
    assert.equal(state(confirmed, intended, unknown, rolloutEnded('lost', 'gone')), 'failed unknown');
    assert.equal(state(confirmed, intended, unknown, complete), 'ticked seen');
  });

  it('takes what the addresses answer now over what a verification heard', () => {
    const health = (state: 'ok' | 'failed', summary: string) => ({ state, summary, evidence: [] });
    const verified = stepDone('health', health('ok', '200 · 3 ms'));
    assert.equal(item('health', verified).state, 'ticked');
    assert.equal(
      item('health', verified, present({ health: health('failed', '503 · 9 ms') })).state,
      'failed',
    );
    const unset = { state: 'notConfigured', summary: 'not configured', evidence: [] } as const;
    const { state, configure } = item('health', [], present({ health: unset }));
    assert.deepEqual({ state, configure }, { state: 'pending', configure: true });
  });

  it('ticks what a person signs, with who and what they saw', () => {
    const signed: RunEvent = { at, kind: 'signed', item: 'alerts', by: 'jane', note: 'the board is green' };
    const { state, evidence } = item('alerts', [signed]);
    assert.equal(state, 'ticked');
    assert.deepEqual(evidence, [{ text: 'Signed by jane: the board is green', tone: 'ok', at }]);
    assert.deepEqual([item('alerts', []).signable, item('alerts', []).state], [true, 'pending']);
  });

  it('asks for answering endpoints and for a person’s word before users have access', () => {
    const signed: RunEvent = { at, kind: 'signed', item: 'users', by: 'jane', note: 'logged in myself' };
    const answers = (state: 'ok' | 'failed') =>
      present({ critical: { state, summary: '2 of 2 answer', evidence: [] } });
    const users = (events: readonly RunEvent[], now?: Present) => item('users', events, now).state;
    assert.equal(users([signed]), 'pending');
    assert.equal(users([], answers('ok')), 'pending');
    assert.equal(users([signed], answers('failed')), 'failed');
    assert.equal(users([signed], answers('ok')), 'ticked');
  });

  it('lets a person answer for what does not hold, and says so; what holds needs nobody', () => {
    const override: RunEvent = {
      at,
      kind: 'itemOverridden',
      item: 'pods',
      by: 'jane',
      note: 'one node less',
    };
    const crashing = present({ pods: readiness([...pods.slice(1), crashingPod('d', 'good-uid')]) });
    const { state, evidence } = item('pods', [override], crashing);
    assert.equal(state, 'overridden');
    assert.equal(evidence[0]?.text, 'Overridden by jane: one node less. Seen: 2 of 3.');
    assert.equal(item('pods', [override]).state, 'ticked');
    const withdrawn: RunEvent = { at, kind: 'overrideWithdrawn', item: 'pods', by: 'jane' };
    assert.equal(item('pods', [override, withdrawn], crashing).state, 'failed');
  });

  it('can be signed off when all nine hold or are answered for, and not before', () => {
    const overridden = itemIds.map((each): RunEvent => ({
      at,
      kind: 'itemOverridden',
      item: each,
      by: 'jane',
      note: 'seen',
    }));
    const items = (events: readonly RunEvent[]) => checklist(runState(target, events), present());
    assert.equal(canSignOff(items(overridden)), true);
    for (const [index, { state }] of items([]).entries())
      assert.equal(canSignOff(items(overridden.toSpliced(index, 1))), state === 'ticked');
  });

  it('takes the tick from clean logs when error lines come later, until they are read again', () => {
    const later = { state: 'failed', summary: 'errors since the check', evidence: [] } as const;
    const read = stepDone('logs', { state: 'ok', summary: 'no errors in 9 lines', evidence: [] });
    assert.equal(item('logs', read).state, 'ticked');
    assert.deepEqual([item('logs', read, present({ errors: later })).summary], ['errors since the check']);
    const seen: RunEvent = {
      at: '2026-01-01T00:04:00.000Z',
      kind: 'itemSeen',
      item: 'logs',
      state: 'failed',
      summary: 'errors',
    };
    assert.equal(item('logs', [...read, seen]).state, 'failed');
    const again = read.map((event): RunEvent => ({ ...event, at: '2026-01-01T00:05:00.000Z' }));
    assert.equal(item('logs', [...read, seen, ...again]).state, 'ticked');
  });

  it('takes what the figures say now over what the step has found, once it has', () => {
    const metrics = (state: 'ok' | 'failed') => ({ state, summary: state, evidence: [] });
    const now = (state: 'ok' | 'failed') => present({ metrics: metrics(state) });
    assert.equal(item('metrics', [], now('ok')).state, 'pending');
    const done = stepDone('metrics', metrics('ok'));
    assert.equal(item('metrics', done).state, 'ticked');
    assert.equal(item('metrics', done, now('failed')).state, 'failed');
    assert.equal(item('metrics', stepDone('metrics', metrics('failed')), now('ok')).state, 'ticked');
  });

  it('takes the tick from a rollback that somebody has changed back', () => {
    const events = [confirmed, intended, applied, complete];
    const { state, summary, evidence } = item(
      'executed',
      events,
      present({ changedBack: 'It was put back.' }),
    );
    assert.deepEqual([state, summary, evidence[0]?.text], ['failed', 'changed back', 'It was put back.']);
    assert.equal(item('executed', [], present({ changedBack: 'It was put back.' })).state, 'pending');
  });

  it('takes nobody’s answer for another cause, once the item has held', () => {
    const override: RunEvent = {
      at,
      kind: 'itemOverridden',
      item: 'pods',
      by: 'jane',
      note: 'a node is replaced',
    };
    const seen = (state: 'ticked' | 'failed'): RunEvent => ({
      at,
      kind: 'itemSeen',
      item: 'pods',
      state,
      summary: '',
    });
    const crashing = present({ pods: readiness([...pods.slice(1), crashingPod('d', 'good-uid')]) });
    assert.equal(item('pods', [override], crashing).state, 'overridden');
    assert.equal(item('pods', [override, seen('failed')], crashing).state, 'overridden');
    assert.equal(item('pods', [override, seen('ticked')], crashing).state, 'failed');
  });

  it('tells since when an item holds no more, until it holds again', () => {
    const seen = (state: 'ticked' | 'failed' | 'running', minute: number): RunEvent => ({
      at: `2026-01-01T00:0${minute}:00Z`,
      kind: 'itemSeen',
      item: 'pods',
      state,
      summary: '',
    });
    const crashing = present({ pods: readiness([...pods.slice(1), crashingPod('d', 'good-uid')]) });
    const lost = [seen('running', 2), seen('ticked', 3), seen('running', 4), seen('failed', 5)];
    assert.equal(item('pods', lost.slice(0, 1), crashing).lostAt, undefined);
    assert.equal(item('pods', lost, crashing).lostAt, '2026-01-01T00:04:00Z');
    assert.equal(item('pods', lost).lostAt, undefined);
    assert.equal(item('pods', [...lost, seen('ticked', 6)], crashing).lostAt, undefined);
  });

  it('does not call an item lost that changed before the rollback had come to its end', () => {
    const crashing = present({ pods: readiness([...pods.slice(1), crashingPod('d', 'good-uid')]) });
    const seen = (state: 'ticked' | 'failed', at: string): RunEvent => ({
      at,
      kind: 'itemSeen',
      item: 'pods',
      state,
      summary: '',
    });
    const before = [seen('ticked', '2025-12-31T00:00:00Z'), seen('failed', '2025-12-31T00:01:00Z')];
    assert.equal(item('pods', [...before, confirmed, applied], crashing).lostAt, undefined);
    assert.equal(item('pods', [...before, confirmed, applied, complete], crashing).lostAt, undefined);
    const after = [confirmed, applied, complete, seen('ticked', at), seen('failed', '2026-01-01T00:06:00Z')];
    assert.equal(item('pods', after, crashing).lostAt, '2026-01-01T00:06:00Z');
  });

  it('says where there is no revision to return to', () => {
    assert.equal(item('previous', [], present({ previous: undefined })).state, 'failed');
    assert.equal(item('previous', [confirmed], present({ previous: undefined })).state, 'ticked');
  });
});
