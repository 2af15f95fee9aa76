import assert from 'node:assert/strict';

import type { RevisionVerdict } from '../../../../src/domain/rollout/known-good.ts';
import type {
  DeploymentRecords,
  PodProblem,
  PodProblemKind,
  PodRecord,
} from '../../../../src/domain/rollout/records.ts';
import { endpointAdvice, podAdvice, type Trouble } from '../../../../src/domain/runbook/advice.ts';
import { crashingPod, deployment, pod, replicaSet } from '../rollout/objects.ts';

const sets = [
  replicaSet('bad', { revision: 8 }),
  replicaSet('good', { revision: 9, formerRevisions: [7] }),
  replicaSet('older', { revision: 6, images: [{ name: 'api', image: 'api:v0.6' }] }),
  replicaSet('oldest', { revision: 5, images: [{ name: 'api', image: 'api:v0.5' }] }),
];

function records(pods: readonly PodRecord[], changes: Partial<DeploymentRecords> = {}): DeploymentRecords {
  return { deployment: deployment({ revision: 9 }), replicaSets: sets, pods, ...changes };
}

function stuck(kind: PodProblemKind, detail = '', changes: Partial<PodRecord> = {}): PodRecord {
  const problem: PodProblem = { kind, container: 'api', init: false, detail };
  return pod('api-x', 'good-uid', { ready: false, failing: true, problem, ...changes });
}

function advised(pods: readonly PodRecord[], changes: Partial<Trouble> = {}) {
  return podAdvice({
    records: records(pods),
    replicaSetUid: undefined,
    rolledBackFrom: undefined,
    nodes: new Map(),
    verdict: () => ({ kind: 'unknown' }),
    ...changes,
  });
}

const back = { replicaSetUid: 'good-uid', rolledBackFrom: 'bad-uid' };

describe('advice about pods that do not become ready', () => {
  it('is none where they are, or are on their way without a known cause', () => {
    assert.deepEqual(advised([pod('api-x', 'good-uid')]), []);
    assert.deepEqual(advised([pod('api-x', 'good-uid', { ready: false })]), []);
  });

  it('names the cause and the look that shows it: the logs of a crash loop, and the pod’s limits and requests', () => {
    const [first, second, ...rest] = advised([
      crashingPod('api-x', 'good-uid', 3),
      crashingPod('api-y', 'good-uid', 3),
    ]);
    assert.match(
      first?.words ?? '',
      /^api-x, and 1 more: crash loop: exit code 3, 4 restarts\. .*last lines/,
    );
    assert.deepEqual([first?.action, first?.target], ['showLogs', 'api-x']);
    assert.match(second?.words ?? '', /image, limits and requests/);
    assert.deepEqual([second?.action, second?.target], ['describePod', 'api-x']);
    assert.deepEqual(rest, []);
  });

  for (const [kind, action, words] of [
    ['outOfMemory', 'showTopPods', /more memory than its limit/],
    ['configuration', 'describePod', /make it again/],
    ['unschedulable', 'describePod', /kubectl top nodes/],
    ['imagePull', 'describePod', /registry has the image/],
    ['notReady', 'showLogs', /its probe does not pass/],
  ] as const)
    it(`leads from ${kind} to the command ${action}`, () => {
      const [first] = advised([stuck(kind, 'detail')]);
      assert.match(first?.words ?? '', words);
      assert.equal(first?.action, action);
    });

  it('says what keeps pods from being created', () => {
    const message = 'pods "api-z" is forbidden: exceeded quota: compute';
    const conditions = [
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, lastTransitionTime: '' },
    ];
    const [first] = advised([], { records: records([], { deployment: deployment({ conditions }) }) });
    assert.match(first?.words ?? '', /quota admits no more pods/);
  });

  it('does not guess at pods that may not be seen', () => {
    const podsUnseen = 'Pods cannot be seen: list pods is forbidden';
    assert.deepEqual(advised([], { records: records([], { podsUnseen }) }), [
      { words: podsUnseen, action: 'describeDeployment' },
    ]);
  });
});

describe('advice about the nodes of failing pods', () => {
  it('names a node under pressure, which fails any version', () => {
    const words = advised([stuck('evicted')], { nodes: new Map([['node-1', 'MemoryPressure']]) }).map(
      (each) => each.words,
    );
    assert.ok(
      words.some((each) =>
        each.startsWith('Node node-1, where api-x is, has trouble of its own: MemoryPressure'),
      ),
      words.join('\n'),
    );
  });

  it('says that it is not known where nodes may not be read, and nothing where they are well', () => {
    const told = (nodes: Trouble['nodes']) =>
      advised([stuck('evicted')], { nodes }).filter(({ words }) => words.includes('node-1'));
    assert.match(told(new Map())[0]?.words ?? '', /cannot be read from here: kubectl top nodes/);
    assert.deepEqual(told(new Map([['node-1', '']])), []);
  });
});

describe('advice after a rollback whose revision fails too', () => {
  const verdicts: Readonly<Record<string, RevisionVerdict>> = {
    'older-uid': { kind: 'failed', lastSeen: 1, cause: 'crash loop', goodBefore: undefined },
    'oldest-uid': { kind: 'good', lastSeen: 1 },
  };

  it('is to go further back, to the newest of the others, never to the one that was rolled back from', () => {
    const last = advised([crashingPod('api-x', 'good-uid')], back).at(-1);
    assert.deepEqual(last, {
      words: 'The previous version fails too: go further back to revision 6 (v0.6).',
      action: 'rollBackToRevision',
      target: '6',
    });
  });

  it('passes over what was seen failing', () => {
    const verdict: Trouble['verdict'] = ({ uid }) => verdicts[uid] ?? { kind: 'unknown' };
    assert.equal(advised([crashingPod('api-x', 'good-uid')], { ...back, verdict }).at(-1)?.target, '5');
  });

  it('is to rebuild an image that is gone, or to choose a revision whose image is there', () => {
    const verdict: Trouble['verdict'] = ({ uid }) =>
      uid === 'oldest-uid' ? { kind: 'unknown', ranAt: 1 } : { kind: 'unknown' };
    const all = advised([stuck('imagePull', 'api:v1')], { ...back, verdict });
    assert.match(
      all[0]?.words ?? '',
      /image cannot be pulled: api:v1\. The image is gone.*rebuild it.*choose a revision whose image is there/,
    );
    assert.equal(all.at(-1)?.target, '5');
  });

  it('waits for pods that only have not become ready yet', () => {
    const last = advised([stuck('notReady', '', { failing: false })], back).at(-1);
    assert.match(
      last?.words ?? '',
      /^Where these pods do not become ready either: go further back to revision 6/,
    );
  });

  it('says that there is no other to go back to', () => {
    const two = { ...records([crashingPod('api-x', 'good-uid')]), replicaSets: sets.slice(0, 2) };
    const last = advised([], { ...back, records: two }).at(-1);
    assert.match(last?.words ?? '', /fails too, and there is no other to go back to/);
  });

  it('is not to go further back where the node is to blame, or no node takes the pods', () => {
    for (const kind of ['nodeLost', 'unschedulable', 'evicted'] as const)
      assert.ok(advised([stuck(kind)], back).every(({ action }) => action !== 'rollBackToRevision'));
  });
});

describe('advice about an address that does not answer well', () => {
  it('is first what is wrong with the pods, else where it lies between them and the address', () => {
    const trouble = [{ words: 'crash loop' }];
    assert.deepEqual(endpointAdvice(records([]), trouble), trouble);
    assert.equal(endpointAdvice(records([pod('api-x', 'good-uid')]), [])[0]?.action, 'showLogs');
    assert.match(endpointAdvice(records([]), [])[0]?.words ?? '', /No pod of it is ready/);
  });
});
