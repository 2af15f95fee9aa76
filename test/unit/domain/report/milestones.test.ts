import assert from 'node:assert/strict';
import { incidentOf } from '../../../../src/domain/report/incident.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { applied, complete, confirmed, ended, target } from '../runbook/run-events.ts';

/** RFC 3339, so many seconds after the run was opened. */
const at = (seconds: number) =>
  `2026-01-01T00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}.000Z`;
const opened: RunEvent = { at: at(0), kind: 'opened', target, id: 'run-1', by: 'jane' };
const issue = (seconds: number, since: string | undefined): RunEvent => ({
  at: at(seconds),
  kind: 'issueSeen',
  words: 'Degraded: crash loop',
  since,
});
const pods = (seconds: number, state: 'ticked' | 'failed'): RunEvent => ({
  at: at(seconds),
  kind: 'itemSeen',
  item: 'pods',
  state,
  summary: '',
});
/** Confirmed after 60 s, accepted after 61, complete after 90. */
const rolledBack: readonly RunEvent[] = [
  { ...confirmed, at: at(60) },
  { ...applied, at: at(61) },
  { ...complete, at: at(90) },
];

const milestonesOf = (...events: readonly RunEvent[]) => incidentOf(target, [opened, ...events]).milestones;

describe('the milestones of an incident', () => {
  it('are known from the journal: failure, detection, decision, rollback, recovery, sign-off', () => {
    const signedOff: RunEvent = { at: at(700), kind: 'signedOff', by: 'jane', note: '' };
    assert.deepEqual(milestonesOf(issue(59, '2025-12-31T23:50:00Z'), ...rolledBack, signedOff), {
      failedSince: '2025-12-31T23:50:00Z',
      detected: at(0),
      decided: at(60),
      rolledBack: at(61),
      recovered: at(90),
      signedOff: at(700),
    });
  });

  it('have the detection where the failure was first seen, in a runbook that was open before it', () => {
    assert.equal(milestonesOf(issue(59, '2026-01-01T00:00:30Z'), ...rolledBack).detected, at(59));
  });

  it('compare whole seconds with thousandths', () => {
    assert.equal(milestonesOf(issue(59, '2026-01-01T00:00:00Z')).detected, at(0));
  });

  it('do not guess since when it fails', () => {
    const { failedSince, detected } = milestonesOf(issue(59, undefined));
    assert.deepEqual([failedSince, detected], [undefined, at(0)]);
  });

  it('have no recovery while its pods fail again, and a later one once they hold again', () => {
    assert.equal(milestonesOf(...rolledBack, pods(91, 'ticked'), pods(120, 'failed')).recovered, undefined);
    assert.equal(
      milestonesOf(...rolledBack, pods(120, 'failed'), pods(150, 'ticked'), pods(151, 'ticked')).recovered,
      at(150),
    );
  });

  it('have neither rollback nor recovery where nothing was applied', () => {
    const refused = { ...ended({ kind: 'notApplied', message: 'refused' }), at: at(61) };
    const { decided, rolledBack: written, recovered } = milestonesOf({ ...confirmed, at: at(60) }, refused);
    assert.deepEqual([decided, written, recovered], [at(60), undefined, undefined]);
  });

  it('are those of the last rollback, where a first one did not help', () => {
    const again = [
      { ...confirmed, at: at(300) },
      { ...applied, at: at(301) },
      { ...complete, at: at(330) },
    ];
    const { decided, recovered } = milestonesOf(...rolledBack, ...again);
    assert.deepEqual([decided, recovered], [at(300), at(330)]);
  });
});

describe('the checklist of a recorded run', () => {
  it('has each item as it was written down last', () => {
    const { checklist } = incidentOf(target, [
      opened,
      ...rolledBack,
      pods(91, 'ticked'),
      pods(120, 'failed'),
    ]);
    assert.equal(checklist.find(({ id }) => id === 'pods')?.state, 'failed');
    assert.equal(checklist.find(({ id }) => id === 'executed')?.state, 'ticked');
  });

  it('says that a person answers for an item, whatever was seen of it', () => {
    const override: RunEvent = {
      at: at(130),
      kind: 'itemOverridden',
      item: 'pods',
      by: 'bob',
      note: 'one is enough',
    };
    const { checklist } = incidentOf(target, [opened, ...rolledBack, pods(120, 'failed'), override]);
    assert.equal(checklist.find(({ id }) => id === 'pods')?.state, 'overridden');
  });
});
