import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/cluster/errors/api-error.ts';
import { ErrorRate } from '../../../../src/runs/figures/error-rate.ts';
import { UsageReading } from '../../../../src/runs/figures/usage-reading.ts';
import { ScriptedApi, ScriptedBody } from '../../cluster/logs/scripted-api.ts';
import { deployment } from '../../domain/rollout/objects.ts';
import { podOf, stampAt } from '../log-session-fakes.ts';

const signal = new AbortController().signal;
const begun = Date.parse('2026-01-01T00:00:00Z');

function body(...lines: readonly (readonly [ms: number, text: string])[]): ScriptedBody {
  return new ScriptedBody().write(lines.map(([ms, text]) => `${stampAt(ms)} ${text}\n`).join('')).end();
}

describe('error lines per minute', () => {
  it('are counted each once, from one look to the next', async () => {
    const api = new ScriptedApi();
    const rate = new ErrorRate(api);
    const first = [
      [59_000, 'ERROR one'],
      [59_500, 'INFO fine'],
    ] as const;
    api.bodies.push(body(...first));
    assert.equal(await rate.look([podOf('a')], begun + 60_000, signal), 1);
    api.bodies.push(body(...first, [61_000, 'ERROR two'], [62_000, 'FATAL three']));
    assert.equal(await rate.look([podOf('a')], begun + 90_000, signal), 4);
    api.bodies.push(body([62_000, 'FATAL three']));
    assert.equal(await rate.look([podOf('a')], begun + 120_000, signal), 0);
  });

  it('are unknown, and not 0, where a log cannot be read', async () => {
    const api = new ScriptedApi();
    api.bodies.push(new ApiError('forbidden', 'pods "a" is forbidden', { status: 403 }));
    assert.equal(await new ErrorRate(api).look([podOf('a')], begun, signal), undefined);
  });

  it('are looked for less often in many pods', async () => {
    const api = new ScriptedApi();
    const pods = Array.from({ length: 40 }, (_, i) => podOf(`p${i}`));
    api.bodies.push(...pods.map(() => body()), ...pods.map(() => body()));
    const rate = new ErrorRate(api);
    assert.equal(await rate.look(pods, begun, signal), 0);
    assert.equal(await rate.look(pods, begun + 12_000, signal), undefined);
    assert.equal(api.queries.length, 40);
    assert.equal(await rate.look(pods, begun + 24_000, signal), 0);
  });
});

describe('what pods use together', () => {
  const measured = (name: string, cpu: string, memory: string) => ({
    metadata: { name },
    containers: [{ name: 'app', usage: { cpu, memory } }],
  });
  const selected = { spec: { selector: { matchLabels: { app: 'api' } } } };
  const pods = [podOf('a'), podOf('b'), podOf('c', { ready: false })];

  it('is the sum over its own pods, unknown while one that is ready is not measured', async () => {
    const api = new ScriptedApi();
    const two = [measured('a', '100m', '100Mi'), measured('b', '150500u', '1Gi')];
    api.pods.push(selected, { items: [...two, measured('foreign', '9', '9Gi')] }, { items: two.slice(1) });
    const usage = new UsageReading(api);
    assert.deepEqual(await usage.read(deployment(), pods, begun, signal), {
      cpuMilli: 250.5,
      memoryBytes: 1124 * 1024 * 1024,
    });
    assert.equal(await usage.read(deployment(), pods, begun, signal), undefined);
    assert.equal(usage.missing, undefined);
  });

  it('is asked for rarely where there is no metrics API or no permission, and says which', async () => {
    const api = new ScriptedApi();
    const none = new ApiError('notFound', 'the server could not find the requested resource', {
      status: 404,
    });
    api.pods.push(selected, none, { items: [measured('a', '1', '1Gi'), measured('b', '1', '1Gi')] });
    const usage = new UsageReading(api);
    assert.equal(await usage.read(deployment(), pods, begun, signal), undefined);
    assert.equal(usage.missing, 'no metrics-server');
    assert.equal(await usage.read(deployment(), pods, begun + 60_000, signal), undefined);
    assert.equal(api.pods.length, 1, 'nothing was asked meanwhile');
    const found = await usage.read(deployment(), pods, begun + 300_000, signal);
    assert.equal(found?.cpuMilli, 2000);
    assert.equal(usage.missing, undefined);
  });
});
