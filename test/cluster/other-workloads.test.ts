import assert from 'node:assert/strict';

import { healthOfWorkload } from '../../src/domain/rollout/workload-health.ts';
import type { WorkloadRecord, WorkloadRecords } from '../../src/domain/rollout/workload-record.ts';
import { eventually } from '../testbed/eventually.ts';
import { inFreshNamespace, type Place } from './rollback-bed.ts';

/** What must become of a workload, in the words of its record and in kubectl's. */
interface Case {
  readonly says: string;
  readonly workload: string;
  readonly spec: object;
  /** The image that it is changed to once it is complete. */
  readonly changed?: string;
  readonly words: RegExp;
  readonly kubectl: RegExp;
}

const rolling = { type: 'RollingUpdate' };
const onDelete = { updateStrategy: { type: 'OnDelete' } };
const partition = { updateStrategy: { ...rolling, rollingUpdate: { partition: 1 } } };
const set = { replicas: 3, serviceName: 'x' };

const cases: readonly Case[] = [
  {
    says: 'complete',
    workload: 'statefulset/whole',
    spec: set,
    words: /^Healthy$/,
    kubectl: /^partitioned roll out complete: 3 new pods/,
  },
  {
    says: 'updated but for its partition',
    workload: 'statefulset/parted',
    spec: { ...set, ...partition },
    changed: 'x:2',
    words: /^Healthy: 1 of 3 pods are kept at the older template \(partition 1\)$/,
    kubectl: /^partitioned roll out complete: 2 new pods/,
  },
  {
    says: 'held up by its first new pod',
    workload: 'statefulset/stuck',
    spec: set,
    changed: 'x:2-unready',
    words: /^Progressing: 2 of 3 pods ready$/,
    kubectl: /^Waiting for 1 pods to be ready/,
  },
  {
    says: 'to be updated by hand',
    workload: 'statefulset/manual',
    spec: { ...set, ...onDelete },
    changed: 'x:2',
    words: /^Healthy: 3 of 3 pods run an older template until they are deleted \(OnDelete\)$/,
    kubectl: /rollout status is only available for RollingUpdate strategy type/,
  },
  {
    says: 'complete on every node',
    workload: 'daemonset/everywhere',
    spec: {},
    words: /^Healthy$/,
    kubectl: /^daemon set "everywhere" successfully rolled out/,
  },
  {
    says: 'held up on its first node',
    workload: 'daemonset/halted',
    spec: {},
    changed: 'x:2-unready',
    words: /^Progressing: 1 of \d+ pods updated$/,
    kubectl: /^Waiting for daemon set "halted" rollout to finish: 1 out of \d+ new pods have been updated/,
  },
];

describe('a StatefulSet or DaemonSet on a real control plane', function () {
  this.timeout(90_000);
  let place: Place;

  inFreshNamespace('kinds', (fresh) => (place = fresh));

  before(() => place.cluster.apply(cases.map(({ workload, spec }) => objectOf(workload, spec))));

  function objectOf(workload: string, spec: object): object {
    const [kind, name] = workload.split('/');
    const labels = { app: name };
    const containers = [{ name: 'app', image: 'x:1' }];
    return {
      apiVersion: 'apps/v1',
      kind: kind === 'statefulset' ? 'StatefulSet' : 'DaemonSet',
      metadata: { name, namespace: place.namespace },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        ...spec,
      },
    };
  }

  function recordOf(workload: string): WorkloadRecord | undefined {
    const [kind, name] = workload.split('/');
    return [...place.bed.connection.store.workloads()].find(
      (each) => each.kind.toLowerCase() === kind && each.name === name && each.namespace === place.namespace,
    );
  }

  async function untilSaid(workload: string, words: RegExp): Promise<WorkloadRecords> {
    let said = '';
    const found = await eventually(
      `${workload} to be ${words}`,
      async () => {
        const record = recordOf(workload);
        said = record?.status.words ?? 'nothing';
        return words.test(said) && record && place.bed.connection.store.workload(record.uid);
      },
      { limit: 40_000 },
    ).catch(() => undefined);
    return found ?? assert.fail(`${workload} is said to be: ${said}`);
  }

  for (const { says, workload, changed, words, kubectl } of cases)
    it(`is ${says}: ${workload}, as kubectl rollout status says too`, async () => {
      const { cluster, namespace } = place;
      await untilSaid(workload, /^Healthy$/);
      if (changed !== undefined)
        await cluster.kubectl(['set', 'image', workload, `app=${changed}`, '-n', namespace]);
      const { workload: record } = await untilSaid(workload, words);
      await eventually('its pods', async () => {
        const pods = place.bed.connection.store.workload(record.uid)?.pods;
        return pods?.filter(({ terminating }) => !terminating).length === record.desired;
      });
      const status = cluster.kubectl(['rollout', 'status', workload, '--watch=false', '-n', namespace]);
      assert.match(await status.catch((error: Error) => error.message), kubectl);
    });

  it('names the pods that fail before what its status says', async () => {
    const { cluster, namespace } = place;
    const workload = 'statefulset/whole';
    await cluster.kubectl(['set', 'image', workload, 'app=x:3-nopull', '-n', namespace]);
    await eventually('its failing pod', async () => {
      const uid = recordOf(workload)?.uid ?? '';
      const records = place.bed.connection.store.workload(uid);
      return (
        records !== undefined && healthOfWorkload(records).words === 'Degraded: 1 pod cannot pull x:3-nopull'
      );
    });
  });
});
