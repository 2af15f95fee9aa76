import { podCause } from '../../domain/rollout/pod-cause.ts';
import type { PodRecord } from '../../domain/rollout/records.ts';
import { age } from '../age.ts';
import { clockTime } from '../clock-time.ts';
import { stalePart, staleParagraph } from './health-words.ts';
import { staleIcon, type RowIcon, type Sight, type Tooltip, type TreeRow } from './row.ts';

/** `8·x2k9q   CrashLoopBackOff · 4 restarts`. `revision` is that of the pod's ReplicaSet. */
export function podRow(pod: PodRecord, revision: number | undefined, sight: Sight): TreeRow {
  const words = [
    pod.state,
    ...(pod.ready ? ['ready'] : []),
    ...(pod.restarts === 0 ? [] : [restarts(pod.restarts)]),
  ];
  const icon: RowIcon = pod.terminating
    ? { codicon: 'circle-slash', tone: 'plain' }
    : pod.failing
      ? { codicon: 'error', tone: 'failed' }
      : pod.ready
        ? { codicon: 'pass-filled', tone: 'ok' }
        : { codicon: 'circle-large-outline', tone: 'running' };
  return {
    label: `${revision === undefined ? '' : `${revision}·`}${shortPodName(pod.name)}`,
    description: [...stalePart(sight), ...words].join(' · '),
    icon: sight.staleSince === undefined ? icon : staleIcon,
    spoken: `Pod ${pod.name}, ${words.join(', ')}`,
  };
}

export function podTooltip(pod: PodRecord, sight: Sight): Tooltip {
  const { now } = sight;
  const cause = podCause(pod);
  const end = pod.lastTermination;
  return {
    title: pod.name,
    paragraphs: [
      ...staleParagraph(sight),
      [
        { name: pod.state, text: pod.ready ? 'ready' : 'not ready' },
        ...(cause === '' ? [] : [cause]),
        ...(pod.message === undefined ? [] : [pod.message]),
      ],
      [
        { name: 'Restarts', text: String(pod.restarts) },
        ...(end === undefined
          ? []
          : [
              {
                name: 'Last termination',
                text: `${end.container}: exit code ${end.exitCode}${end.reason === '' ? '' : ` (${end.reason})`}${endedAt(end.finishedAt, now)}`,
              },
            ]),
        { name: 'Node', text: pod.node ?? 'none yet' },
        { name: 'Age', text: age(pod.createdAt, now) },
        { name: 'Containers', text: pod.containers.join(', ') },
      ],
    ],
  };
}

/** The part of a pod's name that tells it from its siblings. */
export function shortPodName(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1);
}

function restarts(count: number): string {
  return `${count} ${count === 1 ? 'restart' : 'restarts'}`;
}

function endedAt(at: string, now: number): string {
  return at === '' ? '' : ` at ${clockTime(Date.parse(at), now)}, ${age(at, now)} ago`;
}
