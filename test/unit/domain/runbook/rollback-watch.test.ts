import assert from 'node:assert/strict';
import fc from 'fast-check';

import { rememberedPods, timeLeft, watchFindings } from '../../../../src/domain/runbook/rollback-watch.ts';
import { templateWriter } from '../../../../src/domain/rollout/template-writer.ts';
import type { DeploymentRecords, PodRecord } from '../../../../src/domain/rollout/records.ts';
import { crashingPod, deployment, deploymentJson, pod, replicaSet, template } from '../rollout/objects.ts';
import { runState, type RollbackState } from '../../../../src/domain/runbook/state.ts';
import { applied, complete, confirmed, intended, target } from './run-events.ts';

const since = '2026-01-01T00:01:00.000Z';
const times = { since, surelyAfter: '2026-01-01T00:01:02.000Z' };
const good = replicaSet('good', { revision: 9 });
const bad = replicaSet('bad', { revision: 8, desired: 0, ready: 0 });
const pods = ['a', 'b', 'c'].map((name) => pod(name, 'good-uid', { restarts: 2 }));
const calm: DeploymentRecords = { deployment: deployment({ revision: 9 }), replicaSets: [good, bad], pods };

describe('what is watched after a rollback', () => {
  const found = runState(target, [confirmed, intended, applied, complete]).rollback;
  assert.ok(found);
  const rollback: RollbackState = found;
  const memory = rememberedPods(undefined, times, calm, 'good-uid');
  const findings = (changes: Partial<DeploymentRecords>, kept = memory) =>
    watchFindings(rollback, kept, { ...calm, ...changes }).map(({ words }) => words);

  it('is nothing while all is as it was left, with the restarts that there had been', () => {
    assert.deepEqual(findings({}), []);
  });

  it('is a restart, in words', () => {
    const [first, ...others] = pods;
    assert.ok(first);
    assert.deepEqual(findings({ pods: [{ ...first, restarts: 3 }, ...others] }), [
      'a restarted once since the rollback.',
    ]);
    assert.match(
      findings({ pods: [...others, crashingPod('a', 'good-uid')] }).join('\n'),
      /a restarted 2 times|a is failing/,
    );
  });

  it('is a restart too of a pod that was made meanwhile, or had restarted before the watch could begin', () => {
    assert.equal(findings({ pods: [...pods, pod('new', 'good-uid', { restarts: 1 })] }).length, 1);
    const lastTermination = {
      container: 'api',
      reason: 'Error',
      exitCode: 1,
      finishedAt: '2026-01-01T00:01:30Z',
    };
    const late = { ...calm, pods: [pod('d', 'good-uid', { restarts: 1, lastTermination })] };
    const kept = rememberedPods(undefined, times, late, 'good-uid');
    assert.equal(watchFindings(rollback, kept, late).length, 1);
    const before = { ...lastTermination, finishedAt: '2026-01-01T00:00:58Z' };
    const early = { ...calm, pods: [pod('d', 'good-uid', { restarts: 1, lastTermination: before })] };
    assert.deepEqual(watchFindings(rollback, rememberedPods(undefined, times, early, 'good-uid'), early), []);
  });

  it('is no restart of before where the pods could not be seen for a while', () => {
    const unseen = { ...calm, pods: [], podsUnseen: 'Pods cannot be seen.' };
    const kept = rememberedPods(memory, times, unseen, 'good-uid');
    assert.deepEqual(watchFindings(rollback, rememberedPods(kept, times, calm, 'good-uid'), calm), []);
  });

  it('is the failing revision that came back, and any other', () => {
    const replicaSets = [
      { ...good, desired: 0 },
      { ...bad, revision: 10, desired: 3 },
    ];
    assert.match(
      findings({ deployment: deployment({ revision: 10 }), replicaSets }).join('\n'),
      /^The failing revision \(v2\) was put back: the deployment runs ReplicaSet api-bad again\.$/,
    );
    const other = [good, bad, replicaSet('other', { revision: 10 })];
    assert.match(
      findings({ deployment: deployment({ revision: 10 }), replicaSets: other }).join('\n'),
      /^Another revision/,
    );
    assert.match(findings({ replicaSets: [good, { ...bad, desired: 2 }] }).join('\n'), /scaled up to 2/);
  });

  it('is no change of the template before the controller has seen it', () => {
    const unseen = deployment({ revision: 9, generation: 7, observedGeneration: 6 });
    assert.deepEqual(findings({ deployment: unseen, replicaSets: [good, { ...bad, desired: 1 }] }), []);
  });

  it('is a deployment that was deleted, or made anew under its name', () => {
    const words = (records: DeploymentRecords | undefined) =>
      watchFindings(rollback, memory, records)[0]?.words;
    assert.equal(words(undefined), 'The deployment was deleted.');
    assert.match(
      words({ ...calm, deployment: deployment({ uid: 'other' }) }) ?? '',
      /^The deployment was deleted and made anew/,
    );
  });

  it('finds each restart once the memory was made, whatever pods come and go in between', () => {
    const some = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), restarts: fc.nat(5) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 6 }), (looks) => {
        let kept: ReturnType<typeof rememberedPods> | undefined;
        const first = new Map<string, number>();
        for (const [index, look] of looks.entries()) {
          const here = new Map<string, PodRecord>(
            look.map(({ name, restarts }) => [name, pod(name, 'good-uid', { restarts })]),
          );
          const records = { ...calm, pods: [...here.values()] };
          for (const name of [...first.keys()]) if (!here.has(name)) first.delete(name);
          for (const [name, { restarts }] of here)
            if (!first.has(name)) first.set(name, index === 0 ? restarts : 0);
          kept = rememberedPods(kept, times, records, 'good-uid');
          const more = ({ name, restarts }: PodRecord) => restarts > (first.get(name) ?? 0);
          const expected = records.pods.filter(more).map(({ name }) => name);
          const found = watchFindings(rollback, kept, records).flatMap(({ kind, pod: at }) =>
            kind === 'restarts' ? [at] : [],
          );
          assert.deepEqual(found, expected);
        }
      }),
    );
  });

  it('says how much time is left', () => {
    assert.deepEqual([540_000, 60_000, 59_999, 0].map(timeLeft), [
      '9 min left',
      '1 min left',
      'less than a minute left',
      'less than a minute left',
    ]);
  });
});

describe('who wrote a template', () => {
  it('is the newest of those who wrote spec.template, not who wrote the status or the replicas', () => {
    const json = deploymentJson(template('api:v2'));
    const fields = (name: string) => ({ 'f:spec': { [`f:${name}`]: {} } });
    const managedFields = [
      { manager: 'kubectl', time: '2026-01-01T00:00:00Z', fieldsV1: fields('template') },
      { manager: 'argocd-controller', time: '2026-01-01T00:05:00Z', fieldsV1: fields('template') },
      { manager: 'hpa', time: '2026-01-01T00:06:00Z', fieldsV1: fields('replicas') },
      {
        manager: 'controller',
        time: '2026-01-01T00:07:00Z',
        subresource: 'status',
        fieldsV1: fields('template'),
      },
      { manager: 'odd', fieldsV1: {} },
    ];
    const written = { ...json, metadata: { ...json.metadata, managedFields } };
    assert.deepEqual(templateWriter(written), {
      managers: ['argocd-controller'],
      at: '2026-01-01T00:05:00Z',
    });
    const [first, second] = managedFields;
    const atOnce = [first, { ...second, time: first?.time ?? '' }].flatMap((one) => one ?? []);
    const twice = { ...json, metadata: { ...json.metadata, managedFields: atOnce } };
    assert.deepEqual(templateWriter(twice)?.managers, ['kubectl', 'argocd-controller']);
    assert.equal(templateWriter(json), undefined);
  });
});
