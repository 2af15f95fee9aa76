import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import {
  dashboardOf,
  endpointsOf,
  namespacesFor,
  readyTimeoutMs,
  smokeTestOf,
  watchTimeMs,
} from '../../../src/host/setting-values.ts';

const target = { context: 'prod', namespace: 'shop', name: 'api' };

describe('the settings as people write them', () => {
  it('give a deployment the addresses of its own context before those for every context', () => {
    const setting = [
      { deployment: 'shop/api', health: 'https://any/health' },
      { deployment: 'shop/api', context: 'prod', health: 'https://prod/health', critical: ['https://prod/'] },
      { deployment: 'shop/web', context: 'prod', health: 'https://web/health' },
    ];
    assert.deepEqual(endpointsOf(setting, target), {
      health: 'https://prod/health',
      critical: ['https://prod/'],
    });
    assert.deepEqual(endpointsOf(setting, { ...target, context: 'staging' }), {
      health: 'https://any/health',
      critical: [],
    });
  });

  it('give no address where none is written down', () => {
    assert.deepEqual(endpointsOf([], target), { health: undefined, critical: [] });
  });

  it('pass over an entry of another form and keep the others', () => {
    const setting = [
      null,
      { deployment: 'shop/api', critical: 'no list' },
      { deployment: 'shop/api', health: 'h' },
    ];
    assert.equal(endpointsOf(setting, target).health, 'h');
  });

  it('never break what reads them, whatever they hold', () => {
    fc.assert(
      fc.property(fc.anything(), (setting) => {
        assert.ok(Array.isArray(endpointsOf(setting, target).critical));
        const timeout = readyTimeoutMs(setting);
        assert.ok(timeout >= 1000 && timeout <= 7_200_000);
      }),
    );
  });

  it('give the time for pods to become ready in milliseconds', () => {
    assert.equal(readyTimeoutMs(120), 120_000);
    assert.equal(readyTimeoutMs('soon'), 300_000);
    assert.equal(readyTimeoutMs(0), 1000);
  });
});

describe('the settings of what follows a rollback', () => {
  it('name the smoke test of a deployment, a task before a command', () => {
    const setting = [
      { deployment: 'shop/api', command: ' npm run smoke ', timeoutSeconds: 30 },
      { deployment: 'shop/api', context: 'prod', task: 'smoke', command: 'never' },
      { deployment: 'shop/web', command: ' ' },
    ];
    assert.deepEqual(smokeTestOf(setting, target), { kind: 'task', task: 'smoke', timeoutMs: 600_000 });
    const elsewhere = smokeTestOf(setting, { ...target, context: 'staging' });
    assert.deepEqual(elsewhere, { kind: 'command', command: 'npm run smoke', timeoutMs: 30_000 });
    assert.equal(smokeTestOf(setting, { ...target, name: 'web' }), undefined);
  });

  it('name the dashboard of a deployment', () => {
    const setting = [{ deployment: 'shop/api', url: 'https://g/{namespace}' }, { deployment: 'shop/web' }];
    assert.equal(dashboardOf(setting, target), 'https://g/{namespace}');
    assert.equal(dashboardOf(setting, { ...target, name: 'web' }), undefined);
  });

  it('never break what reads them, whatever they hold', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (setting, timeoutSeconds) => {
        assert.equal(smokeTestOf(setting, target), undefined);
        assert.equal(dashboardOf(setting, target), undefined);
        assert.ok(watchTimeMs(setting) >= 60_000 && watchTimeMs(setting) <= 240 * 60_000);
        const test = smokeTestOf([{ deployment: 'shop/api', command: 'x', timeoutSeconds }], target);
        assert.ok(test === undefined || (test.timeoutMs >= 1000 && test.timeoutMs <= 7_200_000));
      }),
    );
  });

  it('cannot be set by a workspace, as far as they name what is run or opened', async () => {
    const { contributes } = JSON.parse(await readFile('package.json', 'utf8'));
    for (const name of ['smokeTests', 'dashboards', 'endpoints'])
      assert.equal(contributes.configuration.properties[`kubernetesRollback.${name}`].scope, 'machine', name);
  });
});

describe('the setting of the namespaces', () => {
  it('names those of every pattern that the context fits', () => {
    const setting = { 'prod-*': ['shop', 'bank'], 'prod-eu1': ['shop', 'mail'], dev: ['play'] };
    assert.deepEqual(namespacesFor(setting, 'prod-eu1'), ['shop', 'bank', 'mail']);
    assert.deepEqual(namespacesFor(setting, 'staging'), []);
  });

  it('passes over what is no namespace', () => {
    const setting = { '*': ['shop', 7, '../x', 'Shop', ''], prod: 'shop' };
    assert.deepEqual(namespacesFor(setting, 'prod'), ['shop']);
    assert.deepEqual(namespacesFor('shop', 'prod'), []);
  });
});
