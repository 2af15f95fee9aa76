import assert from 'node:assert/strict';

import type { RevisionVerdict } from '../../../../src/domain/rollout/known-good.ts';
import { historyOf } from '../../../../src/domain/rollout/history.ts';
import { age } from '../../../../src/views/age.ts';
import { clockTime } from '../../../../src/views/clock-time.ts';
import { contextRow, contextTooltip, type ContextFacts } from '../../../../src/views/tree/context-row.ts';
import { deploymentRow, deploymentTooltip } from '../../../../src/views/tree/deployment-row.ts';
import { namespaceRow } from '../../../../src/views/tree/namespace-row.ts';
import { podRow, podTooltip } from '../../../../src/views/tree/pod-row.ts';
import { revisionRow, revisionTooltip } from '../../../../src/views/tree/revision-row.ts';
import type { Sight, Tooltip } from '../../../../src/views/tree/row.ts';
import { workloadKindRow, workloadRow, workloadTooltip } from '../../../../src/views/tree/workload-row.ts';
import { crashingPod, pod } from '../../domain/rollout/objects.ts';
import { degraded, recordsOf, returned } from '../panel/panel-input.ts';

const now = Date.parse('2026-01-07T12:00:00Z');
const sight: Sight = { now, staleSince: undefined };
const stale: Sight = { now, staleSince: now - 60_000 };
const staleSince = `stale since ${clockTime(now - 60_000, now)}`;

/** All that a tooltip says, a line each. */
function lines({ title, paragraphs }: Tooltip): readonly string[] {
  const text = paragraphs
    .flat()
    .map((line) => (typeof line === 'string' ? line : `${line.name}: ${line.text}`));
  return [title, ...text];
}

describe('a row of the tree', () => {
  it('tells of a deployment how many pods are ready, which revision and version run, and its health', () => {
    const row = deploymentRow(degraded, sight);
    assert.equal(row.label, 'api');
    assert.equal(row.description, 'crash loop · 0/3 · rev 8 · v2');
    assert.deepEqual(row.icon, { codicon: 'error', tone: 'failed' });
    assert.match(row.spoken, /^api, Degraded: 3 pods/);
    assert.equal(deploymentRow(returned, sight).description, '3/3 · rev 9 · v2');
    assert.equal(deploymentRow(returned, sight).icon?.tone, 'ok');
  });

  it('says since when a deployment fails only where its controller tells', () => {
    const since = '2026-01-07T11:58:00Z';
    const condition = {
      type: 'Available',
      status: 'False',
      reason: '',
      message: '',
      lastTransitionTime: since,
    };
    const known = recordsOf(
      8,
      { updated: 3, available: 0, ready: 0, conditions: [condition] },
      degraded.pods,
    );
    assert.equal(
      deploymentRow(known, sight).description,
      `crash loop · 0/3 · rev 8 · v2 · since ${clockTime(Date.parse(since), now)}`,
    );
    assert.match(lines(deploymentTooltip(known, sight))[1] ?? '', /, since \d\d:\d\d \(2 min\)$/);
  });

  it('never shows as today’s what was true before the cluster went out of sight', () => {
    const row = deploymentRow(degraded, stale);
    assert.equal(row.description, `${staleSince} · was crash loop · 0/3 · rev 8 · v2`);
    assert.match(row.spoken, /stale since/);
    assert.ok(podRow(pod('p', 'a'), 1, stale).description.startsWith(staleSince));
    const [entry] = historyOf(degraded);
    assert.ok(entry);
    const facts = { ...context, open: true };
    const outline = { members: [], total: 3, kinds: new Map(), failing: 1 };
    const rows = [
      row,
      revisionRow(entry, degraded, stale),
      podRow(pod('p', 'a'), 1, stale),
      namespaceRow('shop', outline, stale),
      contextRow(facts, stale),
    ];
    for (const { icon } of rows) assert.equal(icon?.tone, 'dim');
    assert.equal(namespaceRow('shop', outline, stale).description, `${staleSince}, 1 was failing`);
    assert.match(contextRow(facts, stale).description, /^stale since/);
    assert.match(lines(deploymentTooltip(degraded, stale))[1] ?? '', /^Stale since .+ true then/);
  });

  it('tells of a revision its number, version and age, and whether it runs or fails', () => {
    const rows = historyOf(degraded).map((entry) => revisionRow(entry, degraded, sight));
    assert.deepEqual(
      rows.map(({ label, description, icon }) => [label, description, icon?.codicon]),
      [
        ['8 · v3', 'failing · current · 6 d', 'error'],
        ['7 · v2', '6 d', 'history'],
      ],
    );
    const [entry] = historyOf(degraded);
    assert.ok(entry);
    const odd = { ...entry, current: false, revision: undefined, undoTo: undefined };
    assert.match(revisionRow(odd, degraded, sight).label, /^\?/);
    assert.match(lines(revisionTooltip(odd, sight)).at(-1) ?? '', /is no number/);
    assert.ok(lines(revisionTooltip(entry, sight)).includes('Change cause: <none>'));
  });

  it('tells the number of a revision and the one before, where a rollback gave it a new one', () => {
    const [entry] = historyOf(returned);
    assert.ok(entry);
    const was = (...formerRevisions: readonly number[]) => ({
      ...entry,
      replicaSet: { ...entry.replicaSet, formerRevisions },
    });
    assert.equal(revisionRow(was(7), returned, sight).label, '9 (was 7) · v2');
    assert.match(revisionRow(was(7), returned, sight).spoken, /^Revision 9 \(was 7\), v2/);
    const hover = lines(revisionTooltip(was(2, 5, 7), sight));
    assert.equal(hover[0], 'Revision 9 (was 7), current');
    assert.match(hover[1] ?? '', /^It was revision 2, 5, 7: each rollback to it gives it a new number/);
    assert.match(
      lines(revisionTooltip(was(1, 2, 3, 4, 5, 6), sight))[1] ?? '',
      /revision 2, 3, 4, 5, 6, and others before/,
    );
    // Right after the write the controller has not numbered it anew yet.
    assert.equal(revisionRow(was(9), returned, sight).label, '9 · v2');
  });

  it('marks what was seen good and what was seen failing, and guesses nothing', () => {
    const [, entry] = historyOf(degraded);
    assert.ok(entry);
    const good = { kind: 'good', lastSeen: now - 3_600_000 } as const;
    const failed = { kind: 'failed', lastSeen: now, cause: 'crash loop', goodBefore: undefined } as const;
    const words = (verdict: RevisionVerdict, lastGood = false) =>
      revisionRow(entry, degraded, sight, { verdict, lastGood }).description;
    assert.equal(words(good, true), 'last known good · 6 d');
    assert.equal(words(good), 'known good · 6 d');
    assert.equal(words(failed), 'seen failing · 6 d');
    assert.equal(words({ kind: 'unknown' }), '6 d');
    assert.match(lines(revisionTooltip(entry, sight))[1] ?? '', /^Known good: unknown/);
    assert.match(
      lines(revisionTooltip(entry, sight, { verdict: failed, lastGood: false }))[1] ?? '',
      /seen failing \(crash loop\)/,
    );
  });

  it('tells of a pod its state, its restarts and its revision, and in its hover how it ended and where it runs', () => {
    const crashing = podRow(crashingPod('api-5d4-x2k9q', 'bad-uid'), 8, sight);
    assert.deepEqual([crashing.label, crashing.description], ['8·x2k9q', 'CrashLoopBackOff · 4 restarts']);
    assert.equal(
      podRow(pod('api-5d4-abcde', 'a', { restarts: 1 }), undefined, sight).description,
      'Running · ready · 1 restart',
    );
    const icon = (changes: Parameters<typeof pod>[2]) =>
      podRow(pod('p', 'a', changes), 1, sight).icon?.codicon;
    assert.equal(icon({ terminating: true }), 'circle-slash');
    assert.equal(icon({ ready: false }), 'circle-large-outline');
    assert.equal(icon({}), 'pass-filled');
    const finishedAt = '2026-01-07T11:59:20Z';
    const ended = pod('p', 'a', {
      node: 'node-1',
      lastTermination: { container: 'api', reason: 'Error', exitCode: 1, finishedAt },
    });
    const said = lines(podTooltip(ended, sight));
    const at = clockTime(Date.parse(finishedAt), now);
    assert.ok(
      said.includes(`Last termination: api: exit code 1 (Error) at ${at}, 40 s ago`),
      said.join('\n'),
    );
    assert.ok(said.includes('Node: node-1'));
  });

  it('tells of a namespace how many of it fail', () => {
    const kinds = new Map([['Deployment', 2] as const, ['StatefulSet', 1] as const]);
    const row = namespaceRow('shop', { members: [], total: 3, kinds, failing: 1 }, sight);
    assert.equal(row.description, '1 failing');
    assert.equal(row.spoken, 'Namespace shop, 2 deployments, 1 StatefulSet, 1 failing');
    assert.equal(namespaceRow('shop', { members: [], total: 3, kinds, failing: 0 }, sight).description, '');
  });

  it('tells of a context whether commands start from it, and whether kubectl does', () => {
    const words = (changes: Partial<ContextFacts>) =>
      contextRow({ ...context, ...changes }, sight).description;
    assert.equal(words({}), 'current context');
    assert.equal(words({ current: false }), 'chosen here');
    assert.equal(words({ chosen: false }), "kubectl's current context");
    assert.equal(words({ chosen: false, current: false, namespaces: ['a', 'b', 'c'] }), 'only a, b +1');
    assert.equal(words({ marks: ['protected'] }), 'current context · protected');
    assert.match(contextRow(context, sight).spoken, /not connected$/);
    assert.ok(lines(contextTooltip(context, sight, undefined)).includes('Server: https://demo'));
  });

  it('says of other kinds that they cannot be rolled back yet', () => {
    const workload = {
      kind: 'StatefulSet',
      uid: '1',
      namespace: 'shop',
      name: 'postgres',
      desired: 3,
      ready: 3,
      updated: 3,
      paused: false,
      images: [{ name: 'postgres', image: 'postgres:v16' }],
      status: { state: 'healthy', words: 'Healthy', cause: '' },
      createdAt: '2026-01-01T00:00:00Z',
    } as const;
    const records = { workload, pods: [] };
    assert.equal(workloadRow(records, sight).description, '3/3 · v16');
    assert.match(lines(workloadTooltip(records, sight)).at(-1) ?? '', /StatefulSet is not supported yet/);
    assert.equal(workloadKindRow('StatefulSet', [], sight).label, 'StatefulSets');
  });
});

const context: ContextFacts = {
  name: 'prod',
  cluster: 'demo',
  server: 'https://demo',
  user: 'jane',
  chosen: true,
  current: true,
  open: false,
  namespaces: [],
  marks: [],
};

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
