import assert from 'node:assert/strict';

import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import type { SmokeTest } from '../../../../src/domain/runbook/smoke-test.ts';
import { applied, complete, confirmed, intended, stepDone } from '../../domain/runbook/run-events.ts';
import { crashing, panel, recordsOf, returned, step } from './panel-input.ts';

const written = [confirmed, intended, applied] as const;

describe('what comes next in the panel', () => {
  it('is open: what is to be decided next, not what was warned of before; but what failed first', () => {
    const found = (state: 'warning' | 'failed') =>
      stepDone('returnable', { state, summary: '', evidence: [] });
    const opens = (...events: RunEvent[]) =>
      panel(events, { records: returned }).steps.find(({ open }) => open)?.id;
    assert.equal(opens(...found('warning')), 'revision');
    assert.equal(opens(...found('failed')), 'returnable');
    assert.equal(opens(...found('failed'), ...written, complete), undefined);
    const failing = stepDone('logs', { state: 'warning', summary: '', evidence: [] });
    assert.equal(opens(...found('failed'), ...written, complete, ...failing), 'logs');
  });

  it('has a clock beside it from when the issue was confirmed, where the cluster does not tell since when', () => {
    const records = recordsOf(8, { available: 0, ready: 0, conditions: [] }, crashing('bad-uid'));
    const seen = stepDone('issue', { state: 'ok', summary: '3 pods crash-looping', evidence: [] });
    const { elapsed } = panel(seen, { records }).header;
    assert.deepEqual(elapsed, { since: seen[0]?.at, label: 'since it was seen' });
    assert.equal(panel([], { records }).header.elapsed, undefined);
    assert.equal(panel(seen, { records: returned }).header.elapsed, undefined);
  });

  it('says what the smoke test is before it runs, with its command; else where one is named', () => {
    const smoke = (smokeTest?: SmokeTest) => step(panel([], { smokeTest }), 'smoke');
    const command = smoke({ kind: 'command', command: 'npm run smoke', timeoutMs: 1000 });
    assert.deepEqual([command.summary, command.commands], ['npm run smoke', ['npm run smoke']]);
    const task = smoke({ kind: 'task', task: 'smoke', timeoutMs: 1000 });
    assert.deepEqual([task.summary, task.commands], ['Task smoke', []]);
    const none = smoke();
    assert.deepEqual([none.summary, none.actions[0]?.action], ['not configured', 'configureSmokeTests']);
  });
});
