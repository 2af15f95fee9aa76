import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { PodTemplateJson } from '../../../../src/domain/rollout/json.ts';
import { podDemand } from '../../../../src/domain/rollout/pod-demand.ts';
import { type QuotaJson, quotaVerdict } from '../../../../src/domain/rollout/quota.ts';
import { mayEndFirst } from '../../../../src/domain/rollout/strategy.ts';
import { deploymentJson, template } from './objects.ts';

type Resources = Readonly<Record<string, string>>;

function asking(requests: Resources, limits: Resources = {}): PodTemplateJson {
  return template('api:v1', { containers: [{ name: 'api', resources: { requests, limits } }] });
}

function quota(hard: Resources, used: Resources, spec: NonNullable<QuotaJson['spec']> = {}): QuotaJson {
  return { metadata: { name: 'compute' }, spec: { hard, ...spec }, status: { hard, used } };
}

const half = asking({ cpu: '500m', memory: '128Mi' });

/** Three pods of this template run and are to be replaced by three of `target`. */
function verdict(quotas: readonly QuotaJson[], target: PodTemplateJson, ends = false) {
  return quotaVerdict(quotas, {
    target,
    desired: 3,
    present: [{ template: half, pods: 3 }],
    mayEndFirst: ends,
  });
}

const fine = { exceeded: [], tight: [], unknown: [] };

describe('a namespace’s quotas', () => {
  it('admit a rollback that fits beside the pods that run', () => {
    assert.deepEqual(
      verdict([quota({ 'requests.cpu': '2', pods: '4' }, { 'requests.cpu': '1500m', pods: '3' })], half),
      fine,
    );
  });

  it('do not admit pods that ask for more than there is, even when the present ones are gone', () => {
    const { exceeded } = verdict([quota({ cpu: '2' }, { cpu: '1500m' })], asking({ cpu: '1' }));
    assert.deepEqual(exceeded, [
      'ResourceQuota compute admits 2000m of cpu; with its 3 pods it would be 3000m.',
    ]);
    const others = verdict([quota({ memory: '1Gi' }, { memory: '1Gi' })], asking({ memory: '256Mi' }));
    assert.match(others.exceeded[0] ?? '', /admits 1024Mi of memory; with its 3 pods it would be 1408Mi/);
  });

  it('are tight where no pod more fits and none may end first', () => {
    const full = quota({ pods: '3' }, { pods: '3' });
    assert.match(verdict([full], half).tight[0] ?? '', /room for no pod more \(pods: 3 of 3 used\)/);
    assert.deepEqual(verdict([full], half, true), fine);
  });

  it('say what they count and the template does not name, and leave scopes alone that they do not know', () => {
    assert.match(verdict([quota({ 'limits.cpu': '2' }, {})], half).unknown[0] ?? '', /counts limits\.cpu/);
    const scoped = quota({ pods: '1' }, { pods: '1' }, { scopes: ['PriorityClass'] });
    assert.deepEqual(verdict([scoped], half).unknown, [
      'ResourceQuota compute has scopes that are not looked at here.',
    ]);
    for (const scope of ['Terminating', 'BestEffort'])
      assert.deepEqual(verdict([quota({ pods: '1' }, { pods: '1' }, { scopes: [scope] })], half), fine);
    assert.deepEqual(verdict([quota({ 'count/secrets': '1', services: '1' }, {})], half), fine);
  });

  it('never refuse a rollback to a template that asks for the same, with as many pods as run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), (others, spare) => {
        const used = `${1500 + others}m`;
        const hard = quota({ 'requests.cpu': `${1500 + others + spare}m` }, { 'requests.cpu': used });
        assert.deepEqual(verdict([hard], half).exceeded, []);
      }),
    );
  });
});

describe('what a pod asks for', () => {
  it('is its containers and sidecars together, or an init container where that is more', () => {
    const container = (name: string, cpu: string, more = {}) => ({
      name,
      resources: { requests: { cpu } },
      ...more,
    });
    const made = template('api:v1', {
      containers: [container('api', '200m'), container('proxy', '100m')],
      initContainers: [
        container('sidecar', '50m', { restartPolicy: 'Always' }),
        container('migrate', '400m'),
      ],
      overhead: { cpu: '10m' },
    });
    assert.equal(podDemand(made).get('requests.cpu'), 460_000_000n);
  });

  it('is the limit where no request is named, and has no limit where one container has none', () => {
    const made = template('api:v1', {
      containers: [{ name: 'api', resources: { limits: { cpu: '1' } } }, { name: 'proxy' }],
    });
    assert.deepEqual([...podDemand(made)], [['requests.cpu', 1_000_000_000n]]);
  });
});

describe('a rollout', () => {
  const base = deploymentJson(template('api:v1'));
  const ends = (strategy: object, replicas = 3) =>
    base.spec !== undefined && mayEndFirst({ ...base, spec: { ...base.spec, strategy, replicas } });

  it('may end a pod before a new one is there as its strategy says, rounded as the controller rounds', () => {
    assert.equal(ends({}), false);
    assert.equal(ends({}, 4), true);
    assert.equal(ends({ type: 'Recreate' }), true);
    assert.equal(ends({ rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }, 10), false);
    assert.equal(ends({ rollingUpdate: { maxUnavailable: 0, maxSurge: 0 } }), true);
    assert.equal(ends({ rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }), true);
  });
});
