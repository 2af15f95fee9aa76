import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonPatchOperation } from '../../../../src/domain/rollout/json-patch.ts';
import type { DeploymentJson, ReplicaSetJson } from '../../../../src/domain/rollout/json.ts';
import { equalTemplates, withoutHash } from '../../../../src/domain/rollout/template-equality.ts';
import { planUndo } from '../../../../src/domain/rollout/undo.ts';
import { applyPatch } from './apply-patch.ts';
import { deploymentJson, replicaSetJson, revision, template } from './objects.ts';

const [v1, v2, v3] = [template('api:v1'), template('api:v2'), template('api:v3')];
const replicaSets = [
  replicaSetJson('one', v1, revision(1, 'first')),
  replicaSetJson('two', v2, revision(2)),
  replicaSetJson('three', v3, revision(3, 'broken')),
];
const live = deploymentJson(v3, { ...revision(3, 'broken'), team: 'shop' });

function patchOf(
  deployment: DeploymentJson,
  all: readonly ReplicaSetJson[],
  to: number,
): readonly JsonPatchOperation[] {
  const plan = planUndo(deployment, all, to);
  assert.equal(plan.kind, 'patch');
  return plan.kind === 'patch' ? plan.patch : [];
}

describe('planning an undo', () => {
  it('tests uid and generation, then puts the template back without its hash, then the annotations', () => {
    const plan = planUndo(live, replicaSets, 1);
    assert.deepEqual(plan, {
      kind: 'patch',
      target: replicaSets[0],
      current: replicaSets[2],
      patch: [
        { op: 'test', path: '/metadata/uid', value: 'deployment-uid' },
        { op: 'test', path: '/metadata/generation', value: 5 },
        { op: 'replace', path: '/spec/template', value: v1 },
        { op: 'replace', path: '/metadata/annotations/kubernetes.io~1change-cause', value: 'first' },
      ],
    });
  });

  it('goes to the second-highest number when asked for 0', () => {
    const plan = planUndo(live, replicaSets, 0);
    assert.equal(plan.kind === 'patch' && plan.target, replicaSets[1]);
  });

  it('never leaves the change-cause of the bad release on the target', () => {
    assert.deepEqual(patchOf(live, replicaSets, 2).slice(3), [
      { op: 'remove', path: '/metadata/annotations/kubernetes.io~1change-cause' },
    ]);
  });

  it('adds the map where the Deployment has no annotations, and nothing where there is nothing to add', () => {
    const bare = deploymentJson(v3);
    delete bare.metadata?.annotations;
    assert.deepEqual(patchOf(bare, replicaSets, 1).slice(3), [
      { op: 'add', path: '/metadata/annotations', value: { 'kubernetes.io/change-cause': 'first' } },
    ]);
    assert.equal(patchOf(bare, replicaSets, 2).length, 3);
  });

  it('keeps the annotations that belong to the Deployment, and takes the others from the target', () => {
    const kept = {
      'kubectl.kubernetes.io/last-applied-configuration': 'theirs',
      'deployment.kubernetes.io/desired-replicas': '9',
      'deployment.kubernetes.io/max-replicas': '9',
      'deployment.kubernetes.io/revision-history': '1',
      'deprecated.deployment.rollback.to': '1',
    };
    const target = replicaSetJson('kept', v1, {
      ...revision(1),
      ...kept,
      owner: 'new',
      'a~b/c': 'x',
      team: 'shop',
    });
    const deployment = deploymentJson(v3, { team: 'shop', owner: 'old' });
    assert.deepEqual(patchOf(deployment, [target], 1).slice(3), [
      { op: 'replace', path: '/metadata/annotations/owner', value: 'new' },
      { op: 'add', path: '/metadata/annotations/a~0b~1c', value: 'x' },
    ]);
  });

  it('keeps fields of the template that no type knows', () => {
    const target = replicaSetJson(
      'future',
      JSON.parse(JSON.stringify({ ...v1, fromTheFuture: { a: [1] } })),
      revision(1),
    );
    const replaced = patchOf(live, [target], 1)[2];
    assert.deepEqual(replaced, {
      op: 'replace',
      path: '/spec/template',
      value: { ...v1, fromTheFuture: { a: [1] } },
    });
  });

  const refusals: readonly (readonly [string, () => unknown, object])[] = [
    [
      'a number that is not in the history',
      () => planUndo(live, replicaSets, 7),
      { reason: 'revisionNotFound', message: 'unable to find specified revision 7 in history' },
    ],
    [
      'a negative number, even one that a ReplicaSet carries',
      () => planUndo(live, [replicaSetJson('minus', v1, revision(-1))], -1),
      { reason: 'revisionNotFound', message: 'unable to find specified revision -1 in history' },
    ],
    [
      'a Deployment with one revision',
      () => planUndo(live, replicaSets.slice(2), 0),
      { reason: 'noHistory', message: 'no rollout history found for deployment "api"' },
    ],
    [
      'unreadable numbers',
      () => planUndo(live, [replicaSetJson('x', v1, revision('x')), ...replicaSets.slice(2)], 0),
      { reason: 'noHistory', message: 'no rollout history found for deployment "api"' },
    ],
    [
      'a paused Deployment',
      () => planUndo({ ...live, spec: { ...spec(live), paused: true } }, replicaSets, 1),
      {
        reason: 'paused',
        message:
          "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
      },
    ],
    [
      'a number that is missing before a pause',
      () => planUndo({ ...live, spec: { ...spec(live), paused: true } }, replicaSets, 9),
      { reason: 'revisionNotFound', message: 'unable to find specified revision 9 in history' },
    ],
  ];
  for (const [what, plan, expected] of refusals) {
    it(`refuses ${what}`, () => assert.deepEqual(plan(), { kind: 'refused', ...expected }));
  }

  it('skips a revision that the Deployment runs already, and names the number as it was asked for', () => {
    const message = (to: number) => `skipped rollback (current template already matches revision ${to})`;
    assert.deepEqual(planUndo(live, replicaSets, 3), { kind: 'skipped', message: message(3) });
    assert.deepEqual(planUndo(deploymentJson(v2), replicaSets, 0), { kind: 'skipped', message: message(0) });
  });

  it('takes the first of a repeated number: the oldest, the one of the live template last', () => {
    const [old, young] = [replicaSetJson('old', v1, revision(4)), replicaSetJson('young', v2, revision(4))];
    const plan = planUndo(live, [young, old], 4);
    assert.equal(plan.kind === 'patch' && plan.target, old);
    const other = planUndo(deploymentJson(v1), [young, old], 4);
    assert.equal(other.kind === 'patch' && other.target, young);
  });

  it('tells numbers apart that differ only beyond what JavaScript can count exactly', () => {
    const lower = replicaSetJson('lower', v1, revision('9223372036854775806'));
    const higher = replicaSetJson('higher', v2, revision('9223372036854775807'));
    const plan = planUndo(live, [lower, higher], 0);
    assert.equal(plan.kind === 'patch' && plan.target, lower);
    const refused = planUndo(live, [replicaSetJson('odd', v1, revision(String(2n ** 53n + 1n)))], 2 ** 53);
    assert.equal(refused.kind, 'refused');
  });

  it('counts a ReplicaSet without a number as 0, which only "previous" can reach', () => {
    const unnumbered = replicaSetJson('unnumbered', v1);
    const plan = planUndo(live, [unnumbered, ...replicaSets.slice(2)], 0);
    assert.equal(plan.kind === 'patch' && plan.target, unnumbered);
  });
});

describe('the patch of an undo', () => {
  const annotations = fc.dictionary(
    fc.constantFrom('team', 'a/b', 'x~y', 'kubernetes.io/change-cause', 'deployment.kubernetes.io/revision'),
    fc.string(),
  );

  it('gives the Deployment the template of the target, and keeps annotations that the target does not have', () => {
    fc.assert(
      fc.property(annotations, annotations, (own, ofTarget) => {
        const target = replicaSetJson('target', v1, { ...ofTarget, ...revision(1) });
        const deployment = deploymentJson(v3, own);
        const after = applyPatch(deployment, patchOf(deployment, [target], 1));
        assert.deepEqual(after.spec?.template, withoutHash(v1));
        for (const [key, value] of Object.entries(own)) {
          if (key === 'kubernetes.io/change-cause')
            assert.equal(after.metadata?.annotations?.[key], ofTarget[key]);
          else if (!(key in ofTarget) || key === 'deployment.kubernetes.io/revision') {
            assert.equal(after.metadata?.annotations?.[key], value);
          }
        }
        assert.deepEqual({ ...after.spec, template: undefined }, { ...deployment.spec, template: undefined });
      }),
    );
  });

  it('is undone by another undo', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2), (to) => {
        const there = applyPatch(live, patchOf(live, replicaSets, to));
        const back = applyPatch(there, patchOf(there, replicaSets, 3));
        assert.equal(equalTemplates(back.spec?.template, live.spec?.template), true);
        assert.deepEqual(back.metadata?.annotations, live.metadata?.annotations);
      }),
    );
  });

  it('does not apply to a Deployment that was changed or made anew meanwhile', () => {
    const patch = patchOf(live, replicaSets, 1);
    assert.throws(
      () => applyPatch({ ...live, metadata: { ...live.metadata, generation: 6 } }, patch),
      /test/,
    );
    assert.throws(() => applyPatch({ ...live, metadata: { ...live.metadata, uid: 'other' } }, patch), /test/);
  });
});

function spec(deployment: DeploymentJson): NonNullable<DeploymentJson['spec']> {
  assert.ok(deployment.spec);
  return deployment.spec;
}
