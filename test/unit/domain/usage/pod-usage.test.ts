import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseQuantity } from '../../../../src/domain/rollout/quantity.ts';
import type { PodJson } from '../../../../src/domain/rollout/json.ts';
import {
  percentOf,
  type PodMetricsJson,
  podUsages,
  totalUsage,
  usageWords,
} from '../../../../src/domain/usage/pod-usage.ts';

function metrics(name: string, containers: Record<string, readonly [string, string]>): PodMetricsJson {
  return {
    metadata: { name },
    timestamp: '2026-01-01T10:00:00Z',
    window: '15s',
    containers: Object.entries(containers).map(([container, [cpu, memory]]) => ({
      name: container,
      usage: { cpu, memory },
    })),
  };
}

function pod(name: string, spec: Partial<NonNullable<PodJson['spec']>>): PodJson {
  return { metadata: { name }, spec: { containers: [], ...spec }, status: { phase: 'Running' } };
}

const words = (resource: 'cpu' | 'memory', amount: bigint | undefined): string | undefined =>
  amount === undefined ? undefined : usageWords(resource, amount);

describe('the usage of a pod', () => {
  const api = pod('api-1', {
    initContainers: [
      { name: 'migrate', resources: { requests: { cpu: '9' } } },
      { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '10m', memory: '16Mi' } } },
    ],
    containers: [
      { name: 'api', resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } } },
    ],
  });

  it('is the sum over its containers, sidecars among them, against their requests', () => {
    const [usage] = podUsages(
      [api],
      [metrics('api-1', { api: ['179234567n', '212Mi'], proxy: ['1234567n', '20480Ki'] })],
    );
    assert.deepEqual(
      usage?.containers.map(({ name }) => name),
      ['proxy', 'api'],
    );
    assert.equal(words('cpu', usage.cpu.used), '181m');
    assert.equal(words('memory', usage.memory.used), '232Mi');
    assert.equal(words('cpu', usage.cpu.request), '260m');
    assert.equal(words('memory', usage.memory.request), '272Mi');
  });

  it('has a limit only where each of its containers has one', () => {
    const [usage] = podUsages([api], []);
    assert.equal(usage?.memory.limit, undefined);
    assert.equal(words('memory', usage?.containers[1]?.memory.limit), '512Mi');
  });

  it('is held against the resources of the pod itself where it has some', () => {
    const whole = pod('api-1', {
      containers: [{ name: 'api' }],
      resources: { requests: { cpu: '1' }, limits: { cpu: '2' } },
    });
    const [usage] = podUsages([whole], []);
    assert.deepEqual(
      [usage?.cpu.request, usage?.cpu.limit].map((one) => words('cpu', one)),
      ['1000m', '2000m'],
    );
  });

  it('is not known where it was not measured, and known without its pod', () => {
    const [first, second] = podUsages(
      [pod('a', { containers: [{ name: 'a' }] })],
      [metrics('b', { b: ['1', '1Mi'] })],
    );
    assert.deepEqual([first?.name, first?.cpu.used, first?.sampledAt], ['a', undefined, undefined]);
    assert.deepEqual(
      [second?.name, second?.state, words('cpu', second?.cpu.used)],
      ['b', undefined, '1000m'],
    );
  });

  it('adds up to a total whose limit is unknown where one pod has none', () => {
    const limited = (name: string, limit: string) =>
      pod(name, { containers: [{ name, resources: { limits: { cpu: limit } } }] });
    const two = podUsages([limited('a', '1'), limited('b', '500m')], [metrics('a', { a: ['100m', '1Mi'] })]);
    assert.equal(words('cpu', totalUsage(two).cpu.limit), '1500m');
    assert.equal(words('cpu', totalUsage(two).cpu.used), '100m');
    const three = [...two, ...podUsages([pod('c', { containers: [{ name: 'c' }] })], [])];
    assert.equal(totalUsage(three).cpu.limit, undefined);
  });

  it('is told as kubectl top tells it: CPU rounded up to thousandths, memory down to Mi', () => {
    const told = (resource: 'cpu' | 'memory', text: string) =>
      usageWords(resource, parseQuantity(text) ?? 0n);
    assert.deepEqual(
      ['0', '1n', '1000001n', '1', '2500m'].map((text) => told('cpu', text)),
      [...['0m', '1m', '2m', '1000m', '2500m']],
    );
    assert.deepEqual(
      ['0', '1023Ki', '1Mi', '2047Ki', '1Gi'].map((text) => told('memory', text)),
      [...['0Mi', '0Mi', '1Mi', '1Mi', '1024Mi']],
    );
  });

  it('is a percentage that is right for any two amounts, and none of nothing', () => {
    assert.equal(percentOf(1n, 0n), undefined);
    assert.equal(percentOf(undefined, 1n), undefined);
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 24n), fc.bigInt(1n, 10n ** 24n), (used, whole) => {
        const percent = percentOf(used, whole) ?? NaN;
        const exact = (Number(used) / Number(whole)) * 100;
        assert.ok(Math.abs(percent - exact) <= 0.1 + exact * 1e-9);
      }),
    );
  });
});
