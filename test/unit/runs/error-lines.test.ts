import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { errorLinesSince } from '../../../src/runs/error-lines.ts';
import { ScriptedApi, ScriptedBody } from '../cluster/logs/scripted-api.ts';
import { podOf, stampAt } from './log-session-fakes.ts';

const since = '2026-01-01T00:00:01.500Z';
const signal = new AbortController().signal;

function body(...lines: readonly (readonly [ms: number, text: string])[]): ScriptedBody {
  return new ScriptedBody().write(lines.map(([ms, text]) => `${stampAt(ms)} ${text}\n`).join('')).end();
}

describe('error lines since a time', () => {
  it('are counted over all containers, the first twenty shown in time order', async () => {
    const api = new ScriptedApi();
    api.bodies.push(
      body([1000, 'ERROR before'], [2000, 'INFO 0 errors'], [4000, '{"level":"fatal"}']),
      body(...Array.from({ length: 30 }, (_, i) => [3000 + i, `ERROR ${i}`] as const)),
    );
    const found = await errorLinesSince(api, [podOf('a'), podOf('b')], since, { signal });
    assert.equal(found.examined, 32);
    assert.equal(found.count, 31);
    assert.equal(found.errors.length, 20);
    assert.deepEqual(found.errors[0]?.text, 'ERROR 0');
    assert.equal(found.truncated, false);
    assert.deepEqual(found.unread, []);
    assert.ok(api.queries.every((query) => query['follow'] === undefined));
  });

  it('count in the run before a restart too', async () => {
    const api = new ScriptedApi();
    api.bodies.push(body([2000, 'FATAL: gave up']), body([5000, 'INFO started']));
    const found = await errorLinesSince(api, [podOf('a', { restarts: 1 })], since, { signal });
    assert.equal(found.count, 1);
    assert.equal(found.errors[0]?.source.previous, true);
  });

  it('say which logs could not be read, and where one was too long', async () => {
    const api = new ScriptedApi();
    api.bodies.push(
      new ApiError('forbidden', 'pods "a" is forbidden', { status: 403 }),
      body([2000, 'x'.repeat(5000)]),
    );
    const options = { signal, maxBytes: 1000 };
    const found = await errorLinesSince(api, [podOf('a'), podOf('b')], since, options);
    assert.equal(found.unread[0]?.message, 'pods "a" is forbidden');
    assert.equal(found.truncated, true);
  });

  it('are given up when asked to stop', async () => {
    const api = new ScriptedApi();
    const stop = new AbortController();
    api.bodies.push(new ScriptedBody());
    const reading = errorLinesSince(api, [podOf('a')], since, { signal: stop.signal });
    stop.abort();
    await assert.rejects(reading, { reason: 'aborted' });
  });
});
