import fc from 'fast-check';

import { itemIds, signableItems } from '../../../../src/domain/runbook/checklist-items.ts';
import type { RevisionRef, RunEvent, RunTarget } from '../../../../src/domain/runbook/events.ts';
import { type StepId, stepIds } from '../../../../src/domain/runbook/steps.ts';
import { taskIds } from '../../../../src/domain/runbook/tasks.ts';
import type { CheckResult } from '../../../../src/domain/runbook/checks.ts';
import type { RollbackIntent, WriteOutcome } from '../../../../src/domain/runbook/write.ts';

export const target: RunTarget = { context: 'demo', namespace: 'shop', name: 'api' };

const from: RevisionRef = {
  revision: 8,
  replicaSetUid: 'bad-uid',
  replicaSetName: 'api-bad',
  version: 'v2',
};
export const to: RevisionRef = {
  revision: 7,
  replicaSetUid: 'good-uid',
  replicaSetName: 'api-good',
  version: 'v1',
};

export const intent: RollbackIntent = {
  kind: 'rollBack',
  ...target,
  uid: 'deployment-uid',
  fromRevision: 8,
  toRevision: 7,
  toReplicaSet: 'good-uid',
};

const at = '2026-01-01T00:01:00.000Z';

/** Events of one rollback, in the order in which they happen. */
export const confirmed: RunEvent = {
  at,
  kind: 'rollbackConfirmed',
  from,
  to,
  by: 'jane',
  command: 'kubectl rollout undo',
};
export const intended: RunEvent = { at, kind: 'writeIntended', intent };
export const applied = ended({ kind: 'applied', generation: 9 });
export const progressed: RunEvent = { at, kind: 'rolloutProgressed', message: '1 of 3 updated' };
export const complete = rolloutEnded('complete', 'successfully rolled out', 9);

export function ended(outcome: WriteOutcome): RunEvent {
  return { at, kind: 'writeEnded', outcome };
}

export function rolloutEnded(
  kind: 'complete' | 'failed' | 'stopped' | 'lost',
  message: string,
  nowRevision?: number,
): RunEvent {
  return { at, kind: 'rolloutEnded', end: { kind, message, nowRevision } };
}

/** The step ends with this result, at any time. */
export function stepEnded(step: StepId, result: CheckResult): RunEvent {
  return { at, kind: 'stepEnded', step, result };
}

/** The step is carried out, with this result. */
export function stepDone(step: StepId, result: CheckResult): readonly RunEvent[] {
  return [{ at, kind: 'stepStarted', step }, stepEnded(step, result)];
}

const opened: RunEvent = { at, kind: 'opened', target, id: 'run-1', by: 'jane' };

const text = fc.string({ maxLength: 8 });
const result = fc.record({
  state: fc.constantFrom('running', 'ok', 'warning', 'failed', 'notConfigured'),
  summary: text,
  evidence: fc.constant([]),
});

/** Any event, in whatever order. */
export const runEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.constantFrom<RunEvent>(
    opened,
    confirmed,
    intended,
    applied,
    ended({ kind: 'notApplied', message: 'refused' }),
    ended({ kind: 'unknown', message: 'no answer' }),
    progressed,
    complete,
    rolloutEnded('failed', 'exceeded its progress deadline'),
    rolloutEnded('stopped', 'stopped'),
    rolloutEnded('lost', 'deleted'),
    { at, kind: 'handedOver', by: 'jane', to: 'joe', note: 'end of my shift' },
    { at, kind: 'takenOver', by: 'joe', host: 'laptop' },
    { at, kind: 'resumed', by: 'joe', host: 'laptop' },
    { at, kind: 'signedOff', by: 'joe', note: '' },
    { at, kind: 'closed', by: 'joe', reason: 'false alarm' },
    {
      at,
      kind: 'operationConfirmed',
      operation: { kind: 'pause' },
      by: 'jane',
      command: 'kubectl rollout pause',
    },
    { at, kind: 'operationIntended', intent: { kind: 'pause', ...target, uid: 'deployment-uid' } },
    { at, kind: 'operationEnded', outcome: { kind: 'applied', generation: 9 } },
    {
      at,
      kind: 'operationFollowed',
      end: { kind: 'complete', message: 'successfully rolled out', nowRevision: undefined },
    },
    { at, kind: 'issueSeen', words: 'Degraded: crash loop', since: undefined },
  ),
  fc.record({
    at: fc.constant(at),
    kind: fc.constantFrom('stepStarted', 'stepStopped'),
    step: fc.constantFrom(...stepIds),
  }),
  fc.record({
    at: fc.constant(at),
    kind: fc.constantFrom('stepSeen', 'stepEnded'),
    step: fc.constantFrom(...stepIds),
    result,
  }),
  fc.record({
    at: fc.constant(at),
    kind: fc.constant('stepSkipped'),
    step: fc.constantFrom(...stepIds),
    by: text,
    reason: text,
  }),
  fc.record({
    at: fc.constant(at),
    kind: fc.constant('signed'),
    item: fc.constantFrom(...signableItems),
    by: text,
    note: text,
  }),
  fc.record({
    at: fc.constant(at),
    kind: fc.constantFrom('itemOverridden', 'overrideWithdrawn'),
    item: fc.constantFrom(...itemIds),
    by: text,
    note: text,
  }),
  fc.record({
    at: fc.constant(at),
    kind: fc.constant('itemSeen'),
    item: fc.constantFrom(...itemIds),
    state: fc.constantFrom('ticked', 'failed', 'running', 'pending'),
    summary: text,
  }),
  fc.record({
    at: fc.constant(at),
    kind: fc.constant('taskChanged'),
    task: fc.constantFrom(...taskIds),
    state: fc.constantFrom('open', 'inProgress', 'done', 'notNeeded'),
    owner: text,
    note: text,
    by: text,
  }),
);
