import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ClusterStore } from '../../../src/cluster/store/store.ts';
import { historyOf } from '../../../src/domain/rollout/history.ts';
import { deploymentRow, deploymentTooltip } from '../../../src/views/tree/deployment-row.ts';
import { deploymentMember, workloadMember } from '../../../src/views/tree/member.ts';
import { compareSiblings } from '../../../src/views/tree/order.ts';
import { podRow, podTooltip } from '../../../src/views/tree/pod-row.ts';
import { revisionRow, revisionTooltip } from '../../../src/views/tree/revision-row.ts';
import { workloadRow, workloadTooltip } from '../../../src/views/tree/workload-row.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { podJson } from '../domain/rollout/objects.ts';
import { argoRolloutJson, statefulSetJson } from '../domain/rollout/workload-objects.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { corruption, CorruptingApi } from './corrupting-api.ts';
import { apiDeployment, apiReplicaSet } from './shop.ts';

const current = apiReplicaSet(3);
const pod = podJson({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'not ready' }],
  containerStatuses: [
    {
      name: 'api',
      image: 'api:v3',
      imageID: '',
      ready: false,
      restartCount: 4,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:00:00Z' } },
    },
  ],
});
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-r3', uid: 'r3-uid', controller: true };
const conditions = [
  {
    type: 'Available',
    status: 'False',
    reason: 'x',
    message: 'y',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  },
  { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: 'z' },
];
const deployment = { ...apiDeployment(), status: { observedGeneration: 5, replicas: 3, conditions } };
const objects: Readonly<Record<string, readonly object[]>> = {
  deployments: [deployment],
  replicasets: [apiReplicaSet(1), apiReplicaSet(2), current],
  pods: [{ ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } }],
  statefulsets: [statefulSetJson()],
  rollouts: [argoRolloutJson()],
};
const items = (path: string) => objects[path.split('/').at(-1) ?? ''] ?? [];

const sight = { now: 0, staleSince: undefined };

/** All that the tree reads of a store: nothing of it may throw. */
function drawn(store: ClusterStore): unknown {
  const records = [...store.deployments()].flatMap(({ uid }) => store.records(uid) ?? []);
  const workloads = [...store.workloads()].flatMap(({ uid }) => store.workload(uid) ?? []);
  return [
    [...records.map(deploymentMember), ...workloads.map(workloadMember)]
      .toSorted(compareSiblings('failing'))
      .map(({ name, state, texts }) => [name, state, texts()]),
    records.map((each) => [
      deploymentRow(each, sight),
      deploymentTooltip(each, sight),
      historyOf(each).map((entry) => [
        revisionRow(entry, each, sight),
        revisionTooltip(entry, sight),
        entry.pods.map((pod) => [podRow(pod, entry.revision, sight), podTooltip(pod, sight)]),
      ]),
    ]),
    workloads.map((each) => [workloadRow(each, sight), workloadTooltip(each, sight)]),
  ];
}

describe('a store whose API server sends corrupted lists and events', () => {
  const rejections: unknown[] = [];
  const reject = (reason: unknown) => rejections.push(reason);
  before(() => process.on('unhandledRejection', reject));
  after(() => process.off('unhandledRejection', reject));

  async function opened(api: CorruptingApi) {
    const clock = new VirtualClock();
    const store = new ClusterStore(api, clock, namedOnly());
    const seen: { message: string; hint: string }[] = [];
    store.onDidChange(() => {
      drawn(store);
      const { state } = store;
      if (state.kind === 'stale' || state.kind === 'refused') seen.push(state.error);
    });
    return { clock, store, seen };
  }

  it('never breaks, says what is wrong, and is right again when the fault is over', async function () {
    this.timeout(60_000);
    const right = await opened(new CorruptingApi(items, [], true));
    await right.clock.advance(1_000);
    const expected = drawn(right.store);
    right.store.dispose();
    assert.equal(items('/pods').length, 1);

    await fc.assert(
      fc.asyncProperty(
        fc.array(corruption, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (faults, streamed) => {
          const api = new CorruptingApi(items, faults, streamed);
          const { clock, store, seen } = await opened(api);
          try {
            await clock.advance(60_000);
            assert.equal(api.corrupted, false, 'all faults have happened');
            for (const { message, hint } of seen) {
              // What was answered stands in quotation marks, whatever it was.
              const own = message.replaceAll(/“[^]*”/g, '“…”');
              assert.match(own, /^[^]{20,}\.$/, 'a sentence');
              assert.match(hint, /^.{10,}\.$/, 'what to do');
              assert.doesNotMatch(own, /undefined|\[object|TypeError/);
            }
            assert.equal(store.state.kind, 'live');
            assert.deepEqual(drawn(store), expected);
            assert.deepEqual(rejections, []);
          } finally {
            store.dispose();
          }
        },
      ),
      { numRuns: 150, includeErrorInReport: true },
    );
  });
});
