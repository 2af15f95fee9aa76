import assert from 'node:assert/strict';

import type { AuditEntry } from '../testbed/cluster/audit.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { grantRole } from './grant-role.ts';
import { get, inFreshNamespace, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

const image = '{.spec.template.spec.containers[0].image}';

describe('a rollback', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  inFreshNamespace('undo', (place) => ({ cluster, namespace, bed } = place));

  /** What the extension has asked to change, in this namespace, since `from` entries. */
  async function writes(from = 0): Promise<AuditEntry[]> {
    const entries = (await cluster.audit()).slice(from);
    return entries.filter(
      ({ userAgent, verb }) =>
        userAgent === 'kubernetes-rollback' && !['get', 'list', 'watch'].includes(verb),
    );
  }

  it('is one patch that is checked in a dry run first, and everything else only reads', async () => {
    await releases(cluster, namespace, 'audited', ['web:1.3', 'web:1.4-crash'], {
      annotations: { 'testbed/back-off': '1s' },
    });
    await eventually('the store', async () => bed.connection.store.find(namespace, 'audited') !== undefined);
    const from = (await cluster.audit()).length;
    const runbook = await bed.runbook('audited', { readyWithinMs: () => 500 });
    await runbook.retry('access');
    assert.equal((await runbook.prepare(99)).kind, 'refused');
    assert.equal((await runbook.prepare(2)).kind, 'skipped');
    await runbook.verify();
    const before = await writes(from);
    assert.deepEqual(
      new Set(before.map(({ verb, resource }) => `${verb} ${resource}`)),
      new Set(['create selfsubjectaccessreviews']),
    );

    const preview = ready(await runbook.prepare(0));
    assert.deepEqual([preview.from.revision, preview.to.revision], [2, 1]);
    assert.equal((await runbook.rollBack(preview)).kind, 'applied');
    const end = await runbook.follow();
    assert.deepEqual(end, {
      kind: 'complete',
      message: 'deployment "audited" successfully rolled out',
      nowRevision: 3,
    });
    const patches = (await writes(from)).filter(({ resource }) => resource !== 'selfsubjectaccessreviews');
    assert.deepEqual(
      patches.map(({ verb, resource, name, dryRun, code }) => [verb, resource, name, dryRun, code]),
      [
        ['patch', 'deployments', 'audited', true, 200],
        ['patch', 'deployments', 'audited', false, 200],
      ],
    );
    assert.equal(await get(cluster, namespace, 'audited', image), 'web:1.3');
    runbook.dispose();
  });

  for (const [kind, edit] of [
    ['a new image', ['set', 'image', 'deployment/raced-image', 'app=web:9']],
    ['an annotation', ['annotate', 'deployment/raced-note', 'note=hands off']],
    ['a scale', ['scale', 'deployment/raced-scale', '--replicas=1']],
    ['a pause', ['rollout', 'pause', 'deployment/raced-pause']],
  ] as const)
    it(`is refused where somebody else makes ${kind} after the preview`, async () => {
      const name = edit.join(' ').replace(/.*deployment\/(\S+).*/, '$1');
      await releases(cluster, namespace, name, ['web:1.3', 'web:1.4']);
      const runbook = await bed.runbook(name);
      const preview = ready(await runbook.prepare(1));
      await cluster.kubectl([...edit, '-n', namespace]);
      const spec = await get(cluster, namespace, name, '{.spec}');
      const outcome = await runbook.rollBack(preview);
      assert.deepEqual(outcome, {
        kind: 'notApplied',
        message: 'The deployment was changed by somebody else after the preview, so nothing was written.',
      });
      assert.equal(await get(cluster, namespace, name, '{.spec}'), spec);
    });

  it('is refused where the deployment was deleted after the preview', async () => {
    await releases(cluster, namespace, 'deleted', ['web:1.3', 'web:1.4']);
    const runbook = await bed.runbook('deleted');
    const preview = ready(await runbook.prepare(1));
    await cluster.kubectl(['delete', 'deployment', 'deleted', '-n', namespace]);
    const outcome = await runbook.rollBack(preview);
    assert.equal(outcome.kind, 'notApplied');
    assert.match('message' in outcome ? outcome.message : '', /has been deleted, so nothing was written/);
  });

  it('is refused where the deployment was created again after the preview', async () => {
    await releases(cluster, namespace, 'recreated', ['web:1.3', 'web:1.4']);
    const runbook = await bed.runbook('recreated');
    const preview = ready(await runbook.prepare(1));
    await cluster.kubectl(['delete', 'deployment', 'recreated', '-n', namespace]);
    await releases(cluster, namespace, 'recreated', ['web:1.3', 'web:1.4']);
    const outcome = await runbook.rollBack(preview);
    assert.match('message' in outcome ? outcome.message : '', /changed by somebody else/);
    assert.equal(await get(cluster, namespace, 'recreated', image), 'web:1.4');
  });

  it('goes through while the status changes, as it does all the time in a crash loop', async () => {
    await releases(cluster, namespace, 'busy', ['web:1.3', 'web:1.4']);
    await cluster.kubectl(['rollout', 'status', 'deployment/busy', '-n', namespace, '--timeout=30s']);
    const runbook = await bed.runbook('busy');
    const preview = ready(await runbook.prepare(1));
    const version = await get(cluster, namespace, 'busy', '{.metadata.resourceVersion}');
    await cluster.kubectl(['delete', 'pods', '-l', 'app=busy', '-n', namespace, '--wait=false']);
    await eventually(
      'a change of its status',
      async () => (await get(cluster, namespace, 'busy', '{.metadata.resourceVersion}')) !== version,
    );
    assert.equal((await runbook.rollBack(preview)).kind, 'applied');
  });

  it('keeps what only the deployment has: annotations, labels and replicas', async () => {
    await releases(cluster, namespace, 'kept', ['web:1.3', 'web:1.4']);
    await cluster.kubectl(['annotate', 'deployment/kept', 'team=payments', '-n', namespace]);
    await cluster.kubectl(['scale', 'deployment/kept', '--replicas=5', '-n', namespace]);
    const runbook = await bed.runbook('kept');
    assert.equal((await runbook.rollBack(ready(await runbook.prepare(1)))).kind, 'applied');
    assert.equal(
      await get(cluster, namespace, 'kept', '{.metadata.annotations.team} {.spec.replicas}'),
      'payments 5',
    );
  });

  it('gives its revision a new number, and the number before is known, also where kubectl did it', async () => {
    await releases(cluster, namespace, 'renumbered', ['web:1.3', 'web:1.4']);
    const { store } = bed.connection;
    const numbers = () =>
      store
        .find(namespace, 'renumbered')
        ?.replicaSets.map(({ revision, formerRevisions }) => [revision, ...formerRevisions])
        .toSorted(([a = 0], [b = 0]) => a - b);
    const are = (wanted: readonly (readonly number[])[]) =>
      eventually(JSON.stringify(wanted), async () => JSON.stringify(numbers()) === JSON.stringify(wanted));
    await cluster.kubectl(['rollout', 'undo', 'deployment/renumbered', '-n', namespace]);
    await are([[2], [3, 1]]);
    const runbook = await bed.runbook('renumbered');
    const gone = await runbook.prepare(1);
    assert.ok(gone.kind === 'refused');
    assert.equal(gone.hint, 'Revision 1 has the number 3 now, since it was rolled back to: choose that.');
    assert.equal((await runbook.rollBack(ready(await runbook.prepare(2)))).kind, 'applied');
    await are([
      [3, 1],
      [4, 2],
    ]);
    await cluster.kubectl(['rollout', 'undo', 'deployment/renumbered', '-n', namespace]);
    await are([
      [4, 2],
      [5, 1, 3],
    ]);
    runbook.dispose();
  });

  it('cannot be prepared of a deployment that is not there', async () => {
    const runbook = await bed.runbook('missing');
    await assert.rejects(runbook.prepare(0), { reason: 'notFound' });
  });

  it('is not even asked for in a read-only context: no write request of any kind leaves', async () => {
    await releases(cluster, namespace, 'looked-at', ['web:1.3', 'web:1.4']);
    const from = (await cluster.audit()).length;
    const runbook = await bed.runbook('looked-at');
    const preview = ready(await runbook.prepare(1));
    bed.guards.readOnly = true;
    try {
      const outcome = await runbook.rollBack(preview);
      assert.deepEqual(outcome, {
        kind: 'notApplied',
        message: 'This context is read-only, so nothing was sent.',
      });
      assert.equal((await runbook.prepare(1)).kind, 'refused');
      assert.equal((await runbook.prepareOperation({ kind: 'pause' })).kind, 'refused');
      await runbook.retry('access');
      assert.equal(runbook.run.state.steps.access?.result?.state, 'ok');
      assert.equal(await get(cluster, namespace, 'looked-at', image), 'web:1.4');
      const sent = (await writes(from)).filter(({ resource }) => resource !== 'selfsubjectaccessreviews');
      assert.deepEqual(
        sent.map(({ verb, dryRun }) => [verb, dryRun]),
        [['patch', true]],
        'the dry run of before, and nothing since',
      );
    } finally {
      bed.guards.readOnly = false;
    }
  });

  it('is refused in the dry run where the user may not patch', async () => {
    await releases(cluster, namespace, 'forbidden', ['web:1.3', 'web:1.4']);
    await grantRole(cluster, namespace, 'ro', 'get,list,watch', 'deployments.apps,replicasets.apps,pods');
    const limited = await rollbackBed(cluster, namespace, cluster.kubeconfigFor('ro'));
    try {
      const runbook = await limited.runbook('forbidden');
      const preparation = await runbook.prepare(1);
      assert.equal(preparation.kind, 'refused');
      assert.match(
        'message' in preparation ? preparation.message : '',
        /may not patch deployments.apps in namespace/,
      );
      await runbook.retry('access');
      const { state, evidence = [], table } = runbook.run.state.steps.access?.result ?? {};
      assert.equal(state, 'failed');
      const lacking = evidence.slice(1).map(({ text, tone }) => `${text.split(': ')[0]} ${tone}`);
      assert.deepEqual(lacking.slice(0, 3), [
        'patch deployments.apps failed',
        'get pods/log warning',
        'list events warning',
      ]);
      assert.ok(lacking.includes('get secrets plain'), lacking.join('\n'));
      assert.deepEqual(
        table?.rows.slice(0, 3).map(({ cells, tone }) => [cells[0], cells[2], tone]),
        [
          ['get deployments.apps', 'yes', 'ok'],
          ['list replicasets.apps', 'yes', 'ok'],
          ['patch deployments.apps', 'no', 'failed'],
        ],
      );
    } finally {
      await limited.close();
    }
  });
});
