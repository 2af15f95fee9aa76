import assert from 'node:assert/strict';

import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { grantRole } from './grant-role.ts';
import { get, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

/** Version 1 needs a ConfigMap and a Secret that version 2 does without. */
const needy = {
  podSpec: {
    volumes: [
      { name: 'flags', configMap: { name: 'flags' } },
      { name: 'password', secret: { secretName: 'password' } },
    ],
  },
};

describe('the preview of a rollback', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'preview');
    bed = await rollbackBed(cluster, namespace);
    await cluster.kubectl(['create', 'secret', 'generic', 'password', '--from-literal=a=b', '-n', namespace]);
    await releases(cluster, namespace, 'web', ['web:1.3'], needy);
    await cluster.kubectl(['set', 'image', 'deployment/web', 'app=web:1.4', '-n', namespace]);
    const autoscale = ['autoscale', 'deployment/web', '--min=2', '--max=7', '--cpu=80%', '-n', namespace];
    await cluster.kubectl(autoscale);
  });

  after(() => bed.close());

  it('warns of an image that was never seen running from here', async () => {
    const runbook = await bed.runbook('web', { verdict: () => ({ kind: 'unknown' }) });
    const { warnings } = ready(await runbook.prepare(1));
    assert.ok(
      warnings.some((words) =>
        words.startsWith('Image web:1.3 of revision 1 was never seen running from here'),
      ),
      warnings.join('\n'),
    );
    runbook.dispose();
  });

  it('says what is gone and who sets the replicas, and reads no Secret’s contents', async () => {
    const from = (await cluster.audit()).length;
    const runbook = await bed.runbook('web');
    const { warnings, blocker } = ready(await runbook.prepare(1));
    assert.deepEqual(
      warnings.filter((words) => !words.includes('kubectl apply')),
      [
        'ConfigMap flags is gone, and revision 1 needs it: its pods will not start. Make it again first.',
        'HorizontalPodAutoscaler web (2 to 7) sets its replicas, also while it is rolled back.',
      ],
    );
    assert.equal(blocker, undefined);
    const asked = (await cluster.audit()).slice(from);
    const ours = asked.filter(({ userAgent }) => userAgent === 'kubernetes-rollback');
    assert.ok(
      ours.some(({ verb, resource, name }) => `${verb} ${resource} ${name}` === 'get secrets password'),
    );
    const text = await bed.connection.api.get(
      `/api/v1/namespaces/${namespace}/secrets/password`,
      {},
      { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' },
    );
    assert.equal(JSON.parse(text).data, undefined);
    assert.equal(JSON.parse(text).kind, 'PartialObjectMetadata');
    const scaled = await runbook.prepareOperation({ kind: 'scale', replicas: 5 });
    assert.ok(scaled.kind === 'ready');
    assert.match(scaled.preview.warnings.join(), /HorizontalPodAutoscaler web .* will change them again/);
  });

  it('says what it cannot know where the user may not look', async () => {
    const verbs = 'get,list,watch,patch';
    await grantRole(cluster, namespace, 'narrow', verbs, 'deployments.apps,replicasets.apps');
    const limited = await rollbackBed(cluster, namespace, cluster.kubeconfigFor('narrow'));
    try {
      const runbook = await limited.runbook('web');
      const words = ready(await runbook.prepare(1)).warnings.join('\n');
      assert.match(words, /Not known whether revision 1 .*: ConfigMap flags, Secret password cannot be read/);
      assert.match(words, /You may not list pods, get pods\/log: the rollback works/);
    } finally {
      await limited.close();
    }
  });

  it('is blocked where Argo CD would undo it, until the person insists', async () => {
    await releases(cluster, namespace, 'owned', ['web:1.3', 'web:1.4']);
    const mark = 'argocd.argoproj.io/tracking-id=shop:apps/Deployment:x/owned';
    await cluster.kubectl(['annotate', 'deployment/owned', mark, '-n', namespace]);
    const runbook = await bed.runbook('owned');
    const preview = ready(await runbook.prepare(1));
    const image = '{.spec.template.spec.containers[0].image}';
    const refused = await runbook.rollBack(preview);
    assert.deepEqual(refused, { kind: 'notApplied', message: preview.blocker });
    assert.match(preview.blocker ?? '', /Argo CD \(application shop\)/);
    assert.equal(await get(cluster, namespace, 'owned', image), 'web:1.4');
    assert.equal((await runbook.rollBack(preview, { anyway: true })).kind, 'applied');
    assert.equal(await get(cluster, namespace, 'owned', image), 'web:1.3');
  });

  it('puts a note into the change cause, as kubectl rollout history then shows it', async () => {
    await releases(cluster, namespace, 'noted', ['web:1.3', 'web:1.4']);
    const cause = 'kubernetes.io/change-cause=release 1.4';
    await cluster.kubectl(['annotate', 'deployment/noted', cause, '-n', namespace]);
    // The controller gives the cause to the current ReplicaSet, which it is no more once the rollback is written.
    await eventually('the cause of revision 2', async () =>
      /^2\s+release 1\.4$/m.test(
        await cluster.kubectl(['rollout', 'history', 'deployment/noted', '-n', namespace]),
      ),
    );
    const runbook = await bed.runbook('noted');
    const preview = ready(await runbook.prepare(1, undefined, 'checkout fails'));
    assert.equal((await runbook.rollBack(preview)).kind, 'applied');
    assert.equal((await runbook.follow()).kind, 'complete');
    const history = await cluster.kubectl(['rollout', 'history', 'deployment/noted', '-n', namespace]);
    assert.match(history, /^2\s+release 1\.4$/m);
    assert.match(history, /^3\s+checkout fails \(rollback to 1\)$/m);
    runbook.dispose();
  });
});
