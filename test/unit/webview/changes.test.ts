import assert from 'node:assert/strict';
import type { PanelModel } from '../../../src/shared/panel-model.ts';
import { changeWords } from '../../../src/webview/changes.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { applied, complete, confirmed, intended, stepDone } from '../domain/runbook/run-events.ts';
import { panel, returned } from '../views/panel/panel-input.ts';

const at = '2026-01-01T00:05:00.000Z';
const podsReady: RunEvent = { at, kind: 'itemSeen', item: 'pods', state: 'ticked', summary: '3 of 3' };
const rolledBack: readonly RunEvent[] = [confirmed, intended, applied, complete, podsReady];
const shown = (...events: readonly RunEvent[]): PanelModel =>
  panel([...rolledBack, ...events], { records: returned });

describe('what a screen reader is told', () => {
  it('is nothing where nothing changed', () => {
    assert.deepEqual(changeWords(shown(), shown()), []);
  });

  it('is each step that changed, with what it found, and what to do where it failed', () => {
    const result = { state: 'failed', summary: '503', detail: 'It does not answer.', evidence: [] } as const;
    const words = changeWords(
      shown(),
      shown(...stepDone('health', result), { at, kind: 'stepStarted', step: 'smoke' }),
    );
    assert.deepEqual(words, [
      'Health endpoint answers: failed, 503. It does not answer.',
      'Smoke tests: running',
      'Health checks passing: does not hold, 503',
    ]);
  });

  it('is each task and override, and what the run is at', () => {
    const task = {
      at,
      kind: 'taskChanged',
      task: 'sendReport',
      state: 'done',
      owner: '',
      note: '',
      by: 'jane',
    } as const;
    const override = { at, kind: 'itemOverridden', item: 'health', by: 'jane', note: 'n' } as const;
    const end = { at, kind: 'signedOff', by: 'jane', note: '' } as const;
    const words = changeWords(shown(), shown(task, override, end));
    assert.match(words[0] ?? '', /^Signed off by jane at/);
    assert.deepEqual(words.slice(1), [
      'Health checks passing: overridden, jane answers for it',
      'Send the incident report: done',
    ]);
  });
});
