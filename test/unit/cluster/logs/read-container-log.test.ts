import assert from 'node:assert/strict';

import { readContainerLog } from '../../../../src/cluster/logs/container-log.ts';
import { LogPosition } from '../../../../src/domain/logs/position.ts';
import { ScriptedApi, ScriptedBody } from './scripted-api.ts';

const source = {
  podUid: 'uid-a',
  namespace: 'shop',
  pod: 'web-a',
  container: 'app',
  revision: 8,
  previous: false,
};

/** `line(1.5, 'x')` is logged 1.5 s after the beginning. */
function line(second: number, text: string): string {
  return `${new Date(Date.parse('2026-01-01T00:00:00Z') + second * 1000).toISOString().replace('Z', '000000Z')} ${text}\n`;
}

describe('reading a container', () => {
  it('stops at a number of bytes and says so, without the line that was cut', async () => {
    const api = new ScriptedApi();
    const whole = line(1, 'one');
    api.bodies.push(new ScriptedBody().write((whole + line(2, 'two')).slice(0, whole.length + 32)).end());
    const texts: string[] = [];
    const reading = await readContainerLog(
      api,
      source,
      { position: new LogPosition('2026-01-01T00:00:00Z') },
      whole.length + 32,
      (lines) => void texts.push(...lines.map(({ text }) => text)),
      new AbortController().signal,
    );
    assert.deepEqual(reading, { end: { kind: 'ended' }, truncated: true });
    assert.deepEqual(texts, ['one']);
    assert.equal(api.queries[0]?.['limitBytes'], String(whole.length + 32));
    assert.equal(api.queries[0]?.['sinceTime'], '2026-01-01T00:00:00Z');
  });
});
