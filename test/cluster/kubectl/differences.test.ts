import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeployment, readReplicaSets } from '../../../src/cluster/reads/deployments.ts';
import { revisionAnnotation } from '../../../src/domain/rollout/annotations.ts';
import { deploymentRecord } from '../../../src/domain/rollout/deployment-record.ts';
import { historyOf } from '../../../src/domain/rollout/history.ts';
import type { DeploymentJson, ReplicaSetJson } from '../../../src/domain/rollout/json.ts';
import { replicaSetRecord } from '../../../src/domain/rollout/replica-set-record.ts';
import { rolloutStatus } from '../../../src/domain/rollout/status.ts';
import { planUndo } from '../../../src/domain/rollout/undo.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { eventually } from '../../testbed/eventually.ts';
import { grantRole } from '../grant-role.ts';
import { get, inFreshNamespace, ready, releases, rollbackBed, type RollbackBed } from '../rollback-bed.ts';

const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'kubectl-differences.md');
const documented = [...readFileSync(file, 'utf8').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);

describe('a documented difference to kubectl', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  inFreshNamespace('differs', (place) => ({ cluster, namespace, bed } = place));

  const kubectl = (...args: readonly string[]) => cluster.kubectl([...args, '-n', namespace]);
  const undo = (name: string, ...flags: readonly string[]) =>
    kubectl('rollout', 'undo', `deployment/${name}`, '--to-revision=1', ...flags);
  const status = (name: string) => kubectl('rollout', 'status', `deployment/${name}`, '--timeout=30s');
  const stored = (name: string) => readDeployment(bed.connection.api, { namespace, name });
  const storedReplicaSets = (deployment: DeploymentJson) => readReplicaSets(bed.connection.api, deployment);

  const differences: Readonly<Record<string, () => Promise<void>>> = {
    async 'An edit in between refuses the write'() {
      await releases(cluster, namespace, 'edited', ['web:1', 'web:2']);
      const runbook = await bed.runbook('edited');
      const preview = ready(await runbook.prepare(1));
      await kubectl('set', 'env', 'deployment/edited', 'MENDED=yes');
      assert.equal((await runbook.rollBack(preview)).kind, 'notApplied');
      assert.match(await get(cluster, namespace, 'edited', '{.spec.template}'), /MENDED/);
      assert.match(await undo('edited'), /rolled back/);
      assert.doesNotMatch(await get(cluster, namespace, 'edited', '{.spec.template}'), /MENDED/);
    },

    async 'A refusal comes before the confirmation'() {
      await releases(cluster, namespace, 'refused', ['web:1', 'web:2']);
      await grantRole(cluster, namespace, 'looks', 'get,list', 'deployments.apps,replicasets.apps');
      const limited = await rollbackBed(cluster, namespace, cluster.kubeconfigFor('looks'));
      try {
        const runbook = await limited.runbook('refused');
        const preparation = await runbook.prepare(1);
        assert.equal(preparation.kind, 'refused');
        assert.match('message' in preparation ? preparation.message : '', /may not patch deployments/);
      } finally {
        await limited.close();
      }
      await assert.rejects(
        undo('refused', '--as=looks'),
        /failed restoring revision 1: .*cannot patch resource/,
      );
    },

    async 'A GitOps owner blocks it'() {
      await releases(cluster, namespace, 'owned', ['web:1', 'web:2']);
      const owner = 'argocd.argoproj.io/tracking-id=shop:apps/Deployment:x/owned';
      await kubectl('annotate', 'deployment/owned', owner);
      const runbook = await bed.runbook('owned');
      const preview = ready(await runbook.prepare(1));
      assert.match(preview.blocker ?? '', /Argo CD/);
      assert.deepEqual(await runbook.rollBack(preview), { kind: 'notApplied', message: preview.blocker });
      assert.match(await undo('owned'), /rolled back/);
    },

    async 'Annotations that only the deployment has stay'() {
      for (const name of ['stays', 'dropped']) {
        await releases(cluster, namespace, name, ['web:1', 'web:2']);
        await kubectl('annotate', `deployment/${name}`, 'team=payments');
      }
      const runbook = await bed.runbook('stays');
      assert.equal((await runbook.rollBack(ready(await runbook.prepare(1)))).kind, 'applied');
      await undo('dropped');
      const team = '{.metadata.annotations.team}';
      assert.equal(await get(cluster, namespace, 'stays', team), 'payments');
      assert.equal(await get(cluster, namespace, 'dropped', team), '');
    },

    // No kubectl is older than its API server here: what it would not know stands in the objects that are decided on.
    async 'Fields newer than the program stay'() {
      await releases(cluster, namespace, 'newer', ['web:1', 'web:1-slow']);
      const deployment = await stored('newer');
      const replicaSets: readonly ReplicaSetJson[] = JSON.parse(
        JSON.stringify(await storedReplicaSets(deployment)).replaceAll(
          '"image":"web:1"',
          '"image":"web:1","fromTheFuture":{"a":[1]}',
        ),
      );
      const plan = planUndo(deployment, replicaSets, 1);
      assert.match(JSON.stringify(plan.kind === 'patch' && plan.patch), /"fromTheFuture":\{"a":\[1\]\}/);
    },

    async 'Every ReplicaSet is in the history'() {
      await releases(cluster, namespace, 'repeated', ['web:1', 'web:2', 'web:3'], { replicas: 1 });
      const deployment = await stored('repeated');
      const [first, second] = (await storedReplicaSets(deployment))
        .filter(({ metadata }) => metadata?.annotations?.[revisionAnnotation] !== '3')
        .map(({ metadata }) => metadata?.name ?? '');
      await kubectl(
        'annotate',
        'replicaset',
        first ?? '',
        second ?? '',
        `${revisionAnnotation}=1`,
        '--overwrite',
      );
      const printed = await kubectl('rollout', 'history', 'deployment/repeated');
      assert.deepEqual(printed.match(/^\d+/gm), ['1', '3']);
      const entries = historyOf({
        deployment: deploymentRecord(deployment),
        replicaSets: (await storedReplicaSets(deployment)).map(replicaSetRecord),
        pods: [],
      });
      assert.deepEqual(
        entries.map(({ revision }) => revision),
        [3, 1, 1],
      );
      const [offered] = entries.filter(({ current, undoTo }) => !current && undoTo === 1);
      await undo('repeated');
      const image = '{.spec.template.spec.containers[0].image}';
      assert.equal(await get(cluster, namespace, 'repeated', image), offered?.replicaSet.images[0]?.image);
    },

    async 'Only the revision that was seen is put back'() {
      await releases(cluster, namespace, 'chosen', ['web:1', 'web:2', 'web:3']);
      const replicaSets = await storedReplicaSets(await stored('chosen'));
      const older = replicaSets.filter(({ metadata }) => metadata?.annotations?.[revisionAnnotation] !== '3');
      for (const { metadata } of older)
        await kubectl('annotate', `rs/${metadata?.name}`, `${revisionAnnotation}=2`, '--overwrite');
      const runbook = await bed.runbook('chosen');
      const { to } = ready(await runbook.prepare(2));
      assert.equal((await runbook.prepare(2, undefined, '', to.replicaSetUid)).kind, 'ready');
      const other = older.find(({ metadata }) => metadata?.uid !== to.replicaSetUid)?.metadata?.uid;
      const preparation = await runbook.prepare(2, undefined, '', other);
      assert.ok(preparation.kind === 'refused');
      assert.match(preparation.message, /^Revision 2 is another one now than the one that was chosen: 2 \(/);
      await kubectl('rollout', 'undo', 'deployment/chosen', '--to-revision=2');
      const image = '{.spec.template.spec.containers[0].image}';
      assert.equal(await get(cluster, namespace, 'chosen', image), `web:${to.version}`);
    },

    async 'An old deadline does not end the watching'() {
      await releases(cluster, namespace, 'late', ['web:1-unready'], { spec: { progressDeadlineSeconds: 1 } });
      await assert.rejects(status('late'), /exceeded its progress deadline/);
      // A pause keeps the condition as it is.
      const template = { spec: { containers: [{ name: 'app', image: 'web:2' }] } };
      await kubectl('patch', 'deployment/late', '-p', JSON.stringify({ spec: { paused: true, template } }));
      await eventually('the observed pause', async () => {
        const { metadata, status } = await stored('late');
        return metadata?.generation === status?.observedGeneration;
      });
      await assert.rejects(status('late'), /exceeded its progress deadline/);
      const { error, message } = rolloutStatus(await stored('late'), { replicaSetName: 'late-2' });
      assert.equal(error, undefined);
      assert.match(message, /0 out of 3 new replicas have been updated/);
    },

    async 'Another template ends the watching'() {
      await releases(cluster, namespace, 'overtaken', ['web:1-unready', 'web:2']);
      const runbook = await bed.runbook('overtaken');
      assert.equal((await runbook.rollBack(ready(await runbook.prepare(1)))).kind, 'applied');
      const following = runbook.follow();
      await kubectl('set', 'image', 'deployment/overtaken', 'app=web:3');
      const end = await following;
      assert.equal(end.kind, 'lost');
      assert.match(end.message, /another template/);
      assert.match(await status('overtaken'), /successfully rolled out/);
    },
  };

  it('is shown by a test, each of them, and nothing else is', () =>
    assert.deepEqual(Object.keys(differences), documented));

  for (const [heading, difference] of Object.entries(differences)) it(heading, difference);
});
