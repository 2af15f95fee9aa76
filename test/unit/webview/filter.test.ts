import assert from 'node:assert/strict';
import type { LogEntry } from '../../../src/webview/log/entry.ts';
import { filterTest, NO_FILTER } from '../../../src/webview/log/filter.ts';

const entry = (text: string, level?: 'error' | 'fatal' | 'warn' | 'info'): LogEntry => ({
  kind: 'line',
  at: '2026-05-09T03:00:00Z',
  source: 0,
  level,
  text,
  columns: text.length,
});
const test = (part: Partial<typeof NO_FILTER>): ((entry: LogEntry) => boolean) =>
  filterTest({ ...NO_FILTER, ...part }, () => '8·x2k9q');

describe('the log filter', () => {
  it('finds a part of the line in any case', () => {
    assert.equal(test({ text: 'TRACKS' })(entry('GET /tracks')), true);
    assert.equal(test({ text: 'albums' })(entry('GET /tracks')), false);
  });
  it('finds text that colours cut in two', () => {
    assert.equal(test({ text: 'GET /tracks' })(entry('\u001b[1mGET\u001b[0m /tracks')), true);
  });
  it('finds the lines of a pod by its label', () => {
    assert.equal(test({ text: 'x2k9' })(entry('GET /tracks')), true);
  });
  it('shows errors, warnings, or both', () => {
    const levels = ['error', 'fatal', 'warn', 'info'] as const;
    const shown = (part: Partial<typeof NO_FILTER>): string[] =>
      levels.filter((level) => test(part)(entry('', level)));
    assert.deepEqual(shown({ errors: true }), ['error', 'fatal']);
    assert.deepEqual(shown({ warnings: true }), ['warn']);
    assert.deepEqual(shown({ errors: true, warnings: true }), ['error', 'fatal', 'warn']);
    assert.deepEqual(shown({}), levels);
  });
  it('never hides a mark or a gap', () => {
    const mark: LogEntry = { kind: 'mark', at: '', text: 'rolled back', tone: 'ok' };
    assert.equal(test({ text: 'zzz', errors: true })(mark), true);
    const gap = { ...entry('40 s of lines are gone'), gap: true } as LogEntry;
    assert.equal(test({ text: 'zzz', errors: true })(gap), true);
  });
});
