import assert from 'node:assert/strict';

import { checkIds, type CheckResult } from '../../../../src/domain/runbook/checks.ts';
import { itemIds } from '../../../../src/domain/runbook/checklist-items.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import { taskIds } from '../../../../src/domain/runbook/tasks.ts';
import type { PanelModel } from '../../../../src/shared/panel-model.ts';
import type { PanelInput } from '../../../../src/views/panel/facts.ts';
import { recordedModel } from '../../../../src/views/runs/recorded-model.ts';
import {
  applied,
  complete,
  confirmed,
  intended,
  rolloutEnded,
  stepDone,
  target,
} from '../../domain/runbook/run-events.ts';
import { crashing, degraded, panel, recordsOf, returned, step } from './panel-input.ts';

const at = '2026-01-01T00:05:00.000Z';
const good: CheckResult = { state: 'ok', summary: 'good', evidence: [] };
const rolledBack: readonly RunEvent[] = [confirmed, intended, applied, complete];
const verified = [...checkIds, 'metrics' as const].flatMap((id) => stepDone(id, good));
const signed = (item: 'users' | 'alerts'): RunEvent => ({
  at,
  kind: 'signed',
  item,
  by: 'jane',
  note: 'seen',
});
const holding = [...rolledBack, ...verified, signed('users'), signed('alerts')];
const signedOff: RunEvent = { at, kind: 'signedOff', by: 'jane', note: '' };
const after: Partial<PanelInput> = { records: returned };
const labels = (actions: readonly { readonly label: string }[]) => actions.map(({ label }) => label);

function item({ checklist }: PanelModel, id: string) {
  const found = checklist.items.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

describe('what comes next in the panel', () => {
  const primary = (events: readonly RunEvent[], changes: Partial<PanelInput> = after) => {
    const { header } = panel(events, changes);
    return header.primary && `${header.primary.action} ${header.primary.target ?? ''}`.trim();
  };

  it('leads through the whole run by one button and one key', () => {
    assert.equal(primary([], { records: degraded }), 'rollBackToPrevious');
    assert.equal(primary([confirmed, intended, applied]), undefined);
    assert.equal(primary(rolledBack), 'verify');
    assert.equal(primary([...rolledBack, { at, kind: 'stepStarted', step: 'podsReady' }]), undefined);
    assert.equal(primary([...rolledBack, ...verified]), 'sign users');
    assert.equal(primary([...rolledBack, ...verified, signed('users')]), 'sign alerts');
    assert.equal(primary(holding), 'signOff');
    assert.equal(primary([...holding, signedOff]), 'exportReport');
    assert.equal(panel(holding, after).header.primary?.key, 'Ctrl+Enter');
  });

  it('waits for the watch before it leads to the sign-off, which stays possible', () => {
    const watching = panel([...holding, { at, kind: 'stepStarted', step: 'watch' }], after);
    assert.equal(watching.header.primary, undefined);
    assert.ok(labels(watching.header.secondary).includes('Sign off…'));
  });

  it('leads back where the deployment fails again, and to a new run where that one was signed off', () => {
    const records = recordsOf(9, { available: 0, ready: 0 }, crashing('good-uid'));
    assert.equal(primary(holding, { records }), 'rollBackToRevision');
    assert.equal(primary([...holding, signedOff], { records }), 'beginAnew');
  });

  it('says who signed off and when, and how long it took from the failure on', () => {
    const issue: RunEvent = { at, kind: 'issueSeen', words: 'Degraded', since: '2025-12-31T23:58:00.000Z' };
    const { header, steps } = panel([issue, ...holding, signedOff], after);
    assert.match(header.doing, /^Signed off by jane at \d\d:\d\d$/);
    assert.deepEqual(header.elapsed, {
      since: '2025-12-31T23:58:00.000Z',
      until: at,
      label: 'from the failure to the end',
    });
    assert.deepEqual(
      steps.flatMap(({ actions }) => actions),
      [],
    );
  });
});

describe('the phases of the panel', () => {
  const now = (events: readonly RunEvent[], changes: Partial<PanelInput> = after) =>
    panel(events, changes).phases.find(({ state }) => state === 'now')?.id;

  it('say where the run is, whatever was left open before a decision', () => {
    assert.equal(now([], { records: degraded }), 'prerequisites');
    assert.equal(now([confirmed, intended, applied]), 'rollback');
    assert.equal(now(rolledBack), 'verify');
    assert.equal(now([...rolledBack, ...checkIds.flatMap((id) => stepDone(id, good))]), 'functionality');
    assert.equal(now([...holding, signedOff]), 'cleanUp');
  });
});

describe('the checklist of the panel', () => {
  it('lets a person answer for what does not hold, and take it back', () => {
    const actions = (model: PanelModel, id: string) => item(model, id).actions.map(({ action }) => action);
    assert.deepEqual(actions(panel([]), 'pods'), ['overrideItem']);
    assert.deepEqual(actions(panel([]), 'critical'), ['overrideItem']);
    assert.deepEqual(actions(panel([]), 'users'), ['sign', 'overrideItem']);
    assert.deepEqual(actions(panel(holding, after), 'pods'), []);
    const override: RunEvent = { at, kind: 'itemOverridden', item: 'pods', by: 'joe', note: 'one node less' };
    const model = panel([override]);
    assert.deepEqual(actions(model, 'pods'), ['withdrawOverride']);
    assert.deepEqual(
      [item(model, 'pods').state, item(model, 'pods').summary],
      ['overridden', 'joe answers for it'],
    );
    assert.equal(model.checklist.ticked, panel([]).checklist.ticked);
    for (const id of itemIds) assert.deepEqual(actions(panel([...holding, signedOff], after), id), []);
  });

  it('says since when an item holds no more', () => {
    const seen = (state: 'ticked' | 'failed', when: string): RunEvent => ({
      at: when,
      kind: 'itemSeen',
      item: 'pods',
      state,
      summary: '',
    });
    const lost = [seen('ticked', at), seen('failed', '2026-01-01T00:06:00.000Z')];
    const records = recordsOf(9, { available: 2, ready: 2 }, crashing('good-uid'));
    const { summary, evidence, lost: isLost } = item(panel([...rolledBack, ...lost], { records }), 'pods');
    assert.equal(isLost, true);
    assert.match(summary, /^no longer holds since \d\d:\d\d · 0 of 3$/);
    assert.deepEqual(evidence[0], {
      text: 'It was ticked until then',
      tone: 'warning',
      at: '2026-01-01T00:06:00.000Z',
    });
  });
});

describe('a step of the panel', () => {
  it('shows its advice with the buttons that follow it, its table and the end of its output', () => {
    const output = Array.from({ length: 300 }, (_, index) => `line ${index}`).join('\n');
    const failed: CheckResult = {
      state: 'failed',
      summary: 'exit code 1',
      evidence: [],
      table: { columns: ['a'], rows: [{ cells: ['x'], tone: 'failed' }] },
      output: `${output}\n\u001b[31mred\u001b[0m \u202e`,
      advice: [
        { words: 'Look at the pod.', action: 'describePod', target: 'api-x-a' },
        { words: 'Go further back.', action: 'rollBackToRevision', target: '6' },
        { words: 'Ask somebody.' },
      ],
    };
    const events = [...rolledBack, ...stepDone('smoke', failed)];
    const shown = step(panel(events, after), 'smoke');
    assert.deepEqual(shown.advice, [
      {
        words: 'Look at the pod.',
        action: { action: 'describePod', target: 'api-x-a', label: 'Describe api-x-a' },
      },
      {
        words: 'Go further back.',
        action: { action: 'rollBackToRevision', target: '6', label: 'Roll back to 6…' },
      },
      { words: 'Ask somebody.' },
    ]);
    assert.deepEqual(shown.table, failed.table);
    assert.match(shown.output ?? '', /^… what was printed before is left out\nline 101\n/);
    assert.match(shown.output ?? '', /\nred ⟨U\+202E⟩$/);
    const readOnly = step(panel(events, { ...after, readOnly: true }), 'smoke');
    assert.equal(readOnly.advice[1]?.action, undefined);
  });

  it('says where to look though it gave no advice itself, and what can be done with it', () => {
    for (const id of ['access', 'events', 'health', 'metrics', 'watch'] as const) {
      const { advice, actions } = step(panel(stepDone(id, { ...good, state: 'failed' })), id);
      assert.ok(advice.length > 0, id);
      assert.deepEqual(labels(actions), ['Try again', 'Skip…']);
    }
    assert.deepEqual(labels(step(panel([]), 'watch').actions), ['Skip…']);
    assert.deepEqual(labels(step(panel(stepDone('access', good)), 'access').actions), ['Look again']);
  });

  it('has a time for each line of its evidence, and a sentence on what it does', () => {
    for (const events of [[], rolledBack, holding])
      for (const { does, evidence, title, phase } of panel(events, after).steps) {
        assert.ok(phase === 'operation' || does !== undefined, title);
        for (const { at: seenAt } of evidence) assert.ok(!Number.isNaN(Date.parse(seenAt)), title);
      }
  });

  it('tells what to look at where the revision that was put back fails too', () => {
    const failed = rolloutEnded('failed', 'exceeded its progress deadline');
    const records = recordsOf(9, { available: 0, ready: 0 }, crashing('good-uid'));
    const { advice } = step(panel([confirmed, intended, applied, failed], { records }), 'rollback');
    assert.deepEqual(
      advice.map(({ action }) => action?.action),
      ['describeDeployment', 'describePod', 'showLogs'],
    );
  });
});

describe('the clean-up in the panel', () => {
  const changed = (task: (typeof taskIds)[number], state: 'open' | 'inProgress' | 'done' | 'notNeeded') =>
    ({ at, kind: 'taskChanged', task, state, owner: 'joe', note: 'n', by: 'jane' }) as const;

  it('is there from the rollback on, in its groups, each task with owner, state and note', () => {
    assert.equal(panel([]).tasks, undefined);
    const { tasks } = panel(
      [...rolledBack, changed('sendReport', 'done'), changed('testFix', 'notNeeded')],
      after,
    );
    assert.deepEqual([tasks?.settled, tasks?.total], [2, 13]);
    assert.deepEqual(
      tasks?.groups.map(({ title }) => title),
      ['Until it is understood', 'Investigate', 'Fix', 'Document', 'Notify'],
    );
    const sent = tasks?.groups.flatMap((group) => group.tasks).find(({ id }) => id === 'sendReport');
    assert.deepEqual(
      [sent?.state, sent?.owner, sent?.note, sent?.changed],
      ['done', 'joe', 'n', { by: 'jane', at }],
    );
    assert.deepEqual(labels(sent?.actions ?? []), ['Open again', 'Edit…', 'Export report']);
  });

  it('goes on after the sign-off, and is over when nothing is left', () => {
    const model = panel([...holding, signedOff], after);
    assert.ok(model.tasks?.groups.every(({ tasks }) => tasks.every(({ actions }) => actions.length > 1)));
    const phase = (events: readonly RunEvent[]) =>
      panel(events, after).phases.find(({ id }) => id === 'cleanUp')?.state;
    assert.equal(phase([]), 'todo');
    assert.equal(phase([...holding, ...taskIds.map((id) => changed(id, 'done'))]), 'done');
  });

  it('reminds of automatic deployments, by version and image, until somebody says that they are held', () => {
    assert.equal(panel([]).reminder, undefined);
    const { reminder } = panel(rolledBack, after);
    assert.match(reminder?.words ?? '', /^Hold automatic deployments of v2 \(api:v3\), revision 8,/);
    assert.deepEqual(labels(reminder?.actions ?? []), ['They are held']);
    assert.equal(panel([...rolledBack, changed('holdDeployments', 'done')], after).reminder, undefined);
    assert.match(panel(rolledBack, { records: undefined }).reminder?.words ?? '', /of v2, revision 8,/);
  });
});

describe('a recorded run', () => {
  it('shows the person’s part too, and offers none of it', () => {
    const override: RunEvent = { at, kind: 'itemOverridden', item: 'pods', by: 'joe', note: 'one node less' };
    const events = [
      ...rolledBack,
      override,
      ...stepDone('health', { ...good, state: 'failed' }),
      { at, kind: 'itemSeen', item: 'pods', state: 'failed', summary: '2 of 3' } as const,
    ];
    const model = recordedModel(
      panel(events, { records: undefined }),
      runState(target, events),
      'Recorded',
      undefined,
    );
    assert.deepEqual(item(model, 'pods').evidence, [
      { text: 'Overridden by joe: one node less', tone: 'warning', at },
    ]);
    assert.equal(item(model, 'pods').state, 'overridden');
    assert.equal(model.tasks?.total, 13);
    const actions = [
      ...model.steps.flatMap((one) => [...one.actions, ...one.advice.flatMap(({ action }) => action ?? [])]),
      ...model.checklist.items.flatMap((one) => one.actions),
      ...(model.tasks?.groups ?? []).flatMap(({ tasks }) => tasks.flatMap((one) => one.actions)),
      ...(model.reminder?.actions ?? []),
    ];
    assert.deepEqual(actions, []);
  });
});
