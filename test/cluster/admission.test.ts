import assert from 'node:assert/strict';

import { healthOf } from '../../src/domain/rollout/health.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { get, inFreshNamespace, ready, releases, type RollbackBed } from './rollback-bed.ts';

const image = '{.spec.template.spec.containers[0].image}';

describe('a rollback in a cluster with rules of its own', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;
  inFreshNamespace('rules', (place) => ({ cluster, namespace, bed } = place));

  it('is refused in the dry run, in the policy’s words, where a policy denies it; nothing is written', async () => {
    await releases(cluster, namespace, 'denied', ['web:1.3', 'web:1.4']);
    await cluster.apply([...policy(`ban-1-3-${namespace}`, namespace)]);
    try {
      const from = (await cluster.audit()).length;
      const runbook = await bed.runbook('denied');
      // The API server takes a new policy in within some seconds.
      const refused = await eventually('the policy to count', async () => {
        const preparation = await runbook.prepare(1);
        return preparation.kind === 'refused' && preparation;
      });
      assert.match(
        `${refused.message} ${refused.hint}`,
        /: A policy of the cluster refuses this: .*denied request: web:1\.3 has a hole \(422\)\. Ask who keeps the policy, or choose a revision that it allows\.$/,
      );
      assert.equal(await get(cluster, namespace, 'denied', image), 'web:1.4');
      const written = (await cluster.audit())
        .slice(from)
        .filter(
          ({ userAgent, verb, dryRun }) => userAgent === 'kubernetes-rollback' && verb === 'patch' && !dryRun,
        );
      assert.deepEqual(written, []);
    } finally {
      const name = `ban-1-3-${namespace}`;
      await cluster.kubectl(['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', name]);
    }
  });

  it('shows as degraded with the quota’s words where the quota leaves no room for its pods', async () => {
    // Not web:1.3: the API server holds on to a policy for a moment after it is deleted.
    await releases(cluster, namespace, 'crowded', ['web:2.3', 'web:2.4'], { replicas: 1 });
    await cluster.kubectl(['rollout', 'status', 'deployment/crowded', '-n', namespace, '--timeout=30s']);
    await cluster.kubectl(['create', 'quota', 'tight', '--hard=pods=1', '-n', namespace]);
    await eventually('the quota to be counted', async () => {
      const path = 'jsonpath={.status.used.pods}';
      return (await cluster.kubectl(['get', 'quota', 'tight', '-n', namespace, '-o', path])) !== '';
    });
    const runbook = await bed.runbook('crowded');
    assert.equal((await runbook.rollBack(ready(await runbook.prepare(1)))).kind, 'applied');
    const health = await eventually('the deployment to be degraded', async () => {
      const records = bed.connection.store.find(namespace, 'crowded');
      const seen = records === undefined ? undefined : healthOf(records);
      return seen?.state === 'degraded' && seen;
    });
    assert.match(health.words, /^Degraded: pods cannot be created: .*exceeded quota: tight/);
    assert.equal(health.cause, 'quota exceeded');
  });
});

/** A policy that bans one image in one namespace, and its binding. */
function policy(name: string, namespace: string): readonly object[] {
  const admission = 'admissionregistration.k8s.io/v1';
  return [
    {
      apiVersion: admission,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'] },
          ],
        },
        validations: [
          {
            expression: "object.spec.template.spec.containers.all(c, c.image != 'web:1.3')",
            message: 'web:1.3 has a hole',
          },
        ],
      },
    },
    {
      apiVersion: admission,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
      },
    },
  ];
}
