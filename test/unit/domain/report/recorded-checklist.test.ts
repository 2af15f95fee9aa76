import assert from 'node:assert/strict';

import { recordedChecklist } from '../../../../src/domain/report/recorded-checklist.ts';
import type { CheckResult } from '../../../../src/domain/runbook/checks.ts';
import type { ItemState } from '../../../../src/domain/runbook/checklist-items.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import { applied, complete, confirmed, stepDone, target } from '../runbook/run-events.ts';

const at = '2026-01-01T00:05:00.000Z';
const answers: CheckResult = {
  state: 'ok',
  summary: '200 · 3 ms',
  evidence: [{ text: 'GET → 200', tone: 'ok', at }],
};
const answered = [confirmed, applied, complete, ...stepDone('health', answers)];
const seen = (state: ItemState, summary: string): RunEvent => ({
  at,
  kind: 'itemSeen',
  item: 'health',
  state,
  summary,
});
const override: RunEvent = { at, kind: 'itemOverridden', item: 'health', by: 'jane', note: 'a known outage' };

describe('the checklist as a run has it written down', () => {
  function health(...events: readonly RunEvent[]) {
    const item = recordedChecklist(runState(target, [...answered, ...events]), at).find(
      ({ id }) => id === 'health',
    );
    return { state: item?.state, summary: item?.summary, says: item?.evidence.map(({ text }) => text) };
  }

  it('says of an item what was written down last, whatever its step had found before', () => {
    assert.deepEqual(health(), { state: 'ticked', summary: '200 · 3 ms', says: ['GET → 200'] });
    assert.deepEqual(health(seen('failed', '503 · 9 ms')), {
      state: 'failed',
      summary: '503 · 9 ms',
      says: ['GET → 200'],
    });
  });

  it('does not know of pods that nobody had seen', () => {
    const pods = (...events: readonly RunEvent[]) =>
      recordedChecklist(runState(target, events), at).find(({ id }) => id === 'pods');
    assert.deepEqual([pods()?.state, pods()?.summary], ['pending', 'not recorded']);
    assert.equal(pods(...stepDone('podsReady', answers))?.state, 'ticked');
  });

  it('says who answers for what did not hold any more, and why', () => {
    const lost = [seen('ticked', '200 · 3 ms'), seen('failed', '503 · 9 ms'), override];
    const expected = {
      state: 'overridden',
      summary: 'jane answers for it',
      says: ['Overridden by jane: a known outage. Seen: 503 · 9 ms.', 'GET → 200'],
    };
    assert.deepEqual(health(...lost), expected);
    // The change of the item is written down only where the cluster can be seen.
    const { says: _says, ...written } = health(...lost, seen('overridden', 'jane answers for it'));
    assert.deepEqual(written, { state: 'overridden', summary: 'jane answers for it' });
    assert.match(
      health(...lost, seen('overridden', 'jane answers for it')).says?.[0] ?? '',
      /^Overridden by jane: a known outage\.$/,
    );
  });

  it('says that it holds, where it held again after somebody had answered for it', () => {
    const { state } = health(seen('failed', '503'), override, seen('ticked', '200 · 4 ms'));
    assert.equal(state, 'ticked');
  });
});
