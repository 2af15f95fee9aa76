import assert from 'node:assert/strict';
import fc from 'fast-check';

import { dueSteps } from '../../../../src/domain/runbook/due-steps.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import { checkSteps, stepsOf } from '../../../../src/domain/runbook/steps.ts';
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
} from './run-events.ts';

const due = (...events: readonly RunEvent[]) => dueSteps(runState(target, events));
const good = { state: 'ok', summary: '', evidence: [] } as const;
const before = stepsOf('prerequisites', 'issue');
const written = [confirmed, intended, applied, complete] as const;

describe('the steps that are due', () => {
  it('are those before the decision, until there is one', () => {
    assert.deepEqual(due(), before);
    assert.deepEqual(due(confirmed, intended, applied), []);
    assert.deepEqual(due(confirmed, ended({ kind: 'notApplied', message: 'refused' })), before);
  });

  it('are those after it once the rollback is complete: the pods, then what people use, then the rest', () => {
    assert.deepEqual(due(...written), ['podsReady']);
    const pods = [...written, ...stepDone('podsReady', good)];
    assert.deepEqual(due(...pods), ['complete', 'health', 'critical', 'logs']);
    const verified = stepsOf('verify').flatMap((step) => stepDone(step, good));
    assert.deepEqual(due(...written, ...verified), stepsOf('functionality', 'watch'));
  });

  it('wait for a person where the rollout failed or was not seen to its end', () => {
    assert.deepEqual(due(confirmed, intended, applied, rolloutEnded('failed', 'deadline')), []);
    assert.deepEqual(due(confirmed, intended, applied, rolloutEnded('stopped', 'stopped')), []);
  });

  it('begin by themselves once at most, never in a run that has ended or was given away', () => {
    fc.assert(
      fc.property(fc.array(runEvent, { maxLength: 40 }), (events) => {
        const run = runState(target, events);
        for (const step of dueSteps(run)) {
          assert.equal(run.steps[step], undefined);
          assert.equal(run.end ?? run.handedOver, undefined);
          const after = !['prerequisites', 'issue'].includes(checkSteps[step].phase);
          if (after) assert.equal(run.rollback?.end?.kind, 'complete');
        }
      }),
    );
  });
});
