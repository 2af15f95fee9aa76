import { imageTags } from '../../domain/rollout/image-tag.ts';
import { podCause } from '../../domain/rollout/pod-cause.ts';
import { healthOfWorkload } from '../../domain/rollout/workload-health.ts';
import type { WorkloadKind, WorkloadRecords } from '../../domain/rollout/workload-record.ts';
import { age } from '../age.ts';
import { healthIcon, healthFirst, healthWords, staleParagraph, stalePart } from './health-words.ts';
import type { Member } from './member.ts';
import { staleIcon, type Sight, type Tooltip, type TreeRow } from './row.ts';

const failingPodsShown = 5;

/** `postgres   3/3 · v16.2`. */
export function workloadRow(records: WorkloadRecords, sight: Sight): TreeRow {
  const { workload } = records;
  const health = healthOfWorkload(records);
  const words = healthWords(health, sight);
  return {
    label: workload.name,
    description: healthFirst(
      health,
      [`${workload.ready}/${workload.desired}`, imageTags(workload.images)],
      sight,
    ),
    icon: healthIcon(health, sight),
    spoken: `${workload.kind} ${workload.name}, ${[...stalePart(sight), words].join(', ')}, ${workload.ready} of ${workload.desired} ready`,
  };
}

export function workloadTooltip(records: WorkloadRecords, sight: Sight): Tooltip {
  const { workload } = records;
  const { words, failingPods } = healthOfWorkload(records);
  return {
    title: `${workload.kind} ${workload.namespace}/${workload.name}`,
    paragraphs: [
      ...staleParagraph(sight),
      [
        words,
        ...failingPods.slice(0, failingPodsShown).map((pod) => ({ name: pod.name, text: podCause(pod) })),
      ],
      [
        ...workload.images.map(({ name, image }) => ({ name, text: image })),
        {
          name: 'Pods',
          text: `${workload.ready} of ${workload.desired} ready, ${workload.updated} of the newest template`,
        },
        { name: 'Age', text: age(workload.createdAt, sight.now) },
      ],
      [`Rolling back a ${kindNames[workload.kind]} is not supported yet: it is shown only.`],
    ],
  };
}

const kindNames: Readonly<Record<WorkloadKind, string>> = {
  StatefulSet: 'StatefulSet',
  DaemonSet: 'DaemonSet',
  Rollout: 'Argo Rollout',
};

/** `StatefulSets   2 · 1 failing`: the workloads of one kind in a namespace. */
export function workloadKindRow(kind: WorkloadKind, members: readonly Member[], sight: Sight): TreeRow {
  const failing = members.filter(({ state }) => state === 'degraded').length;
  const label = `${kindNames[kind]}s`;
  const words = [String(members.length), ...(failing === 0 ? [] : [`${failing} failing`])];
  return {
    label,
    description: words.join(' · '),
    icon:
      sight.staleSince !== undefined
        ? staleIcon
        : failing === 0
          ? { codicon: 'layers', tone: 'plain' }
          : { codicon: 'error', tone: 'failed' },
    spoken: [label, ...words].join(', '),
  };
}
