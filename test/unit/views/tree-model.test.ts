import assert from 'node:assert/strict';

import { historyOf } from '../../../src/domain/rollout/history.ts';
import { age } from '../../../src/views/age.ts';
import {
  compareDeployments,
  deploymentRow,
  namespaceRow,
  namespacesOf,
  podRow,
  revisionRow,
} from '../../../src/views/tree-model.ts';
import { crashingPod, deployment, pod } from '../domain/rollout/objects.ts';
import { degraded, returned } from './panel/panel-input.ts';

const now = Date.parse('2026-01-07T00:00:00Z');

describe('a row of the tree', () => {
  it('tells of a deployment how many pods are ready, which revision and version run, and what is wrong', () => {
    const row = deploymentRow(degraded);
    assert.equal(row.label, 'api');
    assert.equal(row.description, '0/3 · rev 8 · v2 — crash loop');
    assert.deepEqual(row.icon, { codicon: 'error', tone: 'failed' });
    assert.match(row.spoken, /^api, Degraded: 3 pods/);
    assert.equal(deploymentRow(returned).description, '3/3 · rev 9 · v2');
    assert.equal(deploymentRow(returned).icon?.tone, 'ok');
  });

  it('tells of a revision its number, version and age, and whether it runs or fails', () => {
    const rows = historyOf(degraded).map((entry) => revisionRow(entry, degraded, now));
    assert.deepEqual(
      rows.map(({ label, description, icon }) => [label, description, icon?.codicon]),
      [
        ['8 · v3', 'current · failing · 6 d', 'error'],
        ['7 · v2', '6 d', 'history'],
      ],
    );
    const [entry] = historyOf(degraded);
    assert.ok(entry);
    const odd = { ...entry, revision: undefined };
    assert.match(revisionRow(odd, degraded, now).label, /^\?/);
  });

  it('tells of a pod its state, its restarts and its revision', () => {
    const crashing = podRow(crashingPod('api-5d4-x2k9q', 'bad-uid'), 8, now);
    assert.deepEqual([crashing.label, crashing.description], ['8·x2k9q', 'CrashLoopBackOff · 4 restarts']);
    assert.equal(
      podRow(pod('api-5d4-abcde', 'a', { restarts: 1 }), undefined, now).description,
      'Running · ready · 1 restart',
    );
    const icon = (changes: Parameters<typeof pod>[2]) => podRow(pod('p', 'a', changes), 1, now).icon?.codicon;
    assert.equal(icon({ terminating: true }), 'circle-slash');
    assert.equal(icon({ ready: false }), 'circle-large-outline');
    assert.equal(icon({}), 'pass-filled');
  });

  it('tells of a namespace how many deployments fail', () => {
    assert.equal(namespaceRow('shop', [degraded, returned]).description, '1 failing');
    assert.equal(namespaceRow('shop', [returned]).description, '');
    const names = ['b', 'a', 'b'].map((namespace) => deployment({ namespace }));
    assert.deepEqual(namespacesOf(names), ['a', 'b']);
  });

  it('stands first where it fails, then by name', () => {
    const named = (of: typeof degraded, name: string) => ({ ...of, deployment: { ...of.deployment, name } });
    const order = [named(returned, 'a'), named(degraded, 'z'), named(returned, 'b')].toSorted(
      compareDeployments,
    );
    assert.deepEqual(
      order.map(({ deployment: { name } }) => name),
      ['z', 'a', 'b'],
    );
  });
});

describe('an age', () => {
  it('is told in one unit, never below zero, and not at all of no time', () => {
    const ago = (seconds: number) => age(new Date(now - seconds * 1000).toISOString(), now);
    assert.deepEqual([-5, 0, 59, 60, 3599, 3600, 86_399, 86_400, 864_000].map(ago), [
      '0 s',
      '0 s',
      '59 s',
      '1 min',
      '59 min',
      '1 h',
      '23 h',
      '1 d',
      '10 d',
    ]);
    assert.equal(age('', now), '');
  });
});
