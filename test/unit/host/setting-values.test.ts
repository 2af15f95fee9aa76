import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endpointsOf, namespacesFor, readyTimeoutMs } from '../../../src/host/setting-values.ts';

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
