import assert from 'node:assert/strict';

import { checkIds, type CheckResult } from '../../../../src/domain/runbook/checks.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import type { PanelInput } from '../../../../src/views/panel/facts.ts';
import { applied, complete, confirmed, intended, stepDone } from '../../domain/runbook/run-events.ts';
import { crashing, panel, recordsOf, returned, step } from './panel-input.ts';

const at = '2026-01-01T00:05:00.000Z';
const good: CheckResult = { state: 'ok', summary: 'good', evidence: [] };
const verified = checkIds.flatMap((id) => stepDone(id, good));
const holding: readonly RunEvent[] = [confirmed, intended, applied, complete, ...verified];
const signedOff: RunEvent = { at, kind: 'signedOff', by: 'jane', note: '' };
const after: Partial<PanelInput> = { records: returned };

describe('a run that has ended', () => {
  it('shows nothing that goes on', () => {
    const watching: RunEvent = { at, kind: 'stepStarted', step: 'watch' };
    const signed = panel([...holding, watching, signedOff], after);
    const { state, summary, took } = step(signed, 'watch');
    assert.deepEqual([state, summary, took?.until], ['skipped', 'not finished', at]);
    const given: RunEvent = { at, kind: 'handedOver', by: 'jane', to: 'joe', note: '' };
    assert.equal(step(panel([...holding, watching, given], after), 'watch').summary, 'not finished');
    const closed: RunEvent = { at, kind: 'closed', by: 'jane', reason: 'an exercise' };
    const rollback = step(panel([confirmed, intended, applied, closed], after), 'rollback');
    assert.deepEqual(
      [rollback.state, rollback.summary, rollback.took?.until],
      ['warning', 'not watched to its end', at],
    );
  });

  it('says of its checklist what it said at its end, whatever is seen since', () => {
    const failing: Partial<PanelInput> = {
      records: recordsOf(9, { ready: 0, available: 0 }, crashing('good-uid')),
      health: { state: 'ok', summary: '200', evidence: [] },
    };
    const lost: readonly RunEvent[] = [
      { at, kind: 'itemSeen', item: 'health', state: 'failed', summary: '503' },
      { at, kind: 'itemOverridden', item: 'health', by: 'jane', note: 'known' },
    ];
    const states = (events: readonly RunEvent[]) => {
      const { items } = panel([...holding, ...lost, ...events], failing).checklist;
      return ['pods', 'health'].map((id) => items.find((item) => item.id === id)?.state);
    };
    assert.deepEqual(states([]), ['failed', 'ticked']);
    assert.deepEqual(states([signedOff]), ['ticked', 'overridden']);
  });
});
