import assert from 'node:assert/strict';

import type { RunSummary } from '../../../../src/domain/runbook/summary.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import { recordedModel } from '../../../../src/views/runs/recorded-model.ts';
import { inOrder, runRow, runTooltip, type ShownRun } from '../../../../src/views/runs/run-row.ts';
import { applied, confirmed, intended, progressed, target } from '../../domain/runbook/run-events.ts';
import { panel } from '../panel/panel-input.ts';

const now = new Date(2026, 0, 3, 12, 0).getTime();
const local = (day: number, hour: number) => new Date(2026, 0, day, hour, 41).toISOString();

function shown(summary: Partial<RunSummary>, more: Partial<ShownRun> = {}): ShownRun {
  const whole: RunSummary = {
    id: '20260103T024100Z-api-0001',
    target,
    stage: 'opened',
    openedAt: local(3, 2),
    lastAt: local(3, 2),
    people: ['jane'],
    unanswered: false,
    ...summary,
  };
  return { summary: whole, damagedFrom: undefined, elsewhere: false, ...more };
}

const rolling = { stage: 'rollingBack', from: 8, to: 7 } as const;

describe('a row of the view Runs', () => {
  it('says which revisions, how far, and when', () => {
    const words = (summary: Partial<RunSummary>, more?: Partial<ShownRun>) =>
      runRow(shown(summary, more), now).description;
    assert.equal(words(rolling), '8 → 7 · roll back · 02:41');
    assert.equal(
      words({ stage: 'signedOff', from: 4, to: 5, lastAt: local(2, 23) }),
      '4 → 5 · signed off · yesterday',
    );
    assert.equal(words({ stage: 'closed', lastAt: local(1, 23) }), 'closed · 2026-01-01');
    assert.equal(
      words({ ...rolling, stage: 'handedOver', handedOverTo: 'bob' }),
      '8 → 7 · handed over to bob · 02:41',
    );
    assert.equal(words(rolling, { elsewhere: true }), '8 → 7 · roll back · in another window · 02:41');
    assert.equal(words(rolling, { damagedFrom: 41 }), '8 → 7 · damaged from record 41 on · 02:41');
    assert.equal(words({}), 'looked at · 02:41');
  });

  it('has an icon whose meaning is said in words too, and the commands of its kind', () => {
    const row = runRow(shown(rolling), now);
    assert.deepEqual(row.icon, { codicon: 'color-mode', tone: 'running' });
    assert.equal(row.spoken, 'Active run, api, 8 → 7, roll back, 02:41');
    assert.equal(row.kind, 'run.active');
    assert.equal(runRow(shown({ stage: 'signedOff' }), now).kind, 'run.past');
    assert.equal(runRow(shown(rolling, { elsewhere: true }), now).kind, 'run.elsewhere');
    assert.equal(runRow(shown(rolling, { damagedFrom: 2 }), now).kind, 'run.damaged');
  });

  it('stands among the others: active ones first, those only looked at last, each with the newest first', () => {
    const of = (id: string, stage: RunSummary['stage'], day: number, damagedFrom?: number) =>
      shown({ id, stage, openedAt: local(day, 1) }, { damagedFrom });
    const runs = [
      of('looked', 'opened', 3),
      of('closed', 'closed', 2),
      of('damaged', 'rollingBack', 3, 5),
      of('old', 'failed', 1),
      of('new', 'rollingBack', 2),
    ];
    assert.deepEqual(
      inOrder(runs).map(({ summary }) => summary.id),
      ['new', 'old', 'damaged', 'closed', 'looked'],
    );
  });

  it('tells in its hover what a person looks for', () => {
    const lines = JSON.stringify(
      runTooltip(shown({ ...rolling, unanswered: true }, { elsewhere: true }), now),
    );
    for (const words of ['shop', 'demo', 'jane', 'Another window', 'no outcome yet'])
      assert.ok(lines.includes(words), words);
  });
});

describe('a run that is only looked at', () => {
  it('shows what its journal has, with nothing that could be set going, and clocks that stand still once it is over', () => {
    const events = [confirmed, intended, applied, progressed];
    const run = runState(target, events);
    const model = panel(events, { records: undefined });
    const recorded = recordedModel(model, run, 'Recorded', local(3, 5));
    assert.equal(recorded.header.words, 'Recorded');
    assert.equal(recorded.header.primary, undefined);
    assert.equal(recorded.header.elapsed?.until, local(3, 5));
    assert.deepEqual(recorded.header.secondary, []);
    assert.ok(recorded.steps.every(({ actions }) => actions.length === 0));
    assert.ok(recorded.checklist.items.every(({ actions }) => actions.length === 0));
    const pods = recorded.checklist.items.find(({ id }) => id === 'pods');
    assert.deepEqual([pods?.state, pods?.summary], ['pending', 'not recorded']);
    assert.equal(recordedModel(model, run, '', undefined).header.elapsed?.until, undefined);
  });

  it('has the checklist as it was when it changed last', () => {
    const at = '2026-01-01T00:02:00.000Z';
    const events = [
      confirmed,
      { at, kind: 'itemSeen', item: 'pods', state: 'ticked', summary: '3 of 3' } as const,
    ];
    const run = runState(target, events);
    const model = panel(events, { records: undefined });
    const { checklist } = recordedModel(model, run, '', undefined);
    const pods = checklist.items.find(({ id }) => id === 'pods');
    assert.deepEqual([pods?.state, pods?.summary], ['ticked', '3 of 3']);
    assert.equal(checklist.ticked, checklist.items.filter(({ state }) => state === 'ticked').length);
  });
});
