import { healthOf, type HealthState } from '../domain/rollout/health.ts';
import type { RevisionEntry } from '../domain/rollout/history.ts';
import { imageTags } from '../domain/rollout/image-tag.ts';
import { podCause } from '../domain/rollout/pod-cause.ts';
import type { DeploymentRecord, DeploymentRecords, PodRecord } from '../domain/rollout/records.ts';
import { age } from './age.ts';

/** How a row is drawn: its icon's name among codicons, and the tone that colours it. */
export interface RowIcon {
  readonly codicon: string;
  readonly tone: 'ok' | 'failed' | 'warning' | 'running' | 'plain';
}

/** One row of the tree, in words. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon | undefined;
  /** Lines of the tooltip, plain text; the first is its title. */
  readonly tooltip: readonly string[];
  /** For a screen reader: the icon's meaning in words, then the row. */
  readonly spoken: string;
}

const healthIcons: Readonly<Record<HealthState, RowIcon>> = {
  healthy: { codicon: 'pass-filled', tone: 'ok' },
  progressing: { codicon: 'sync', tone: 'running' },
  degraded: { codicon: 'error', tone: 'failed' },
  paused: { codicon: 'debug-pause', tone: 'warning' },
  scaledToZero: { codicon: 'circle-large-outline', tone: 'plain' },
};

/** `2/3 · rev 8 · v2.4.0 — crash loop`. */
export function deploymentRow(records: DeploymentRecords): TreeRow {
  const { deployment } = records;
  const health = healthOf(records);
  const facts = `${deployment.ready}/${deployment.desired} · rev ${deployment.revision} · ${imageTags(deployment.images)}`;
  const cause = health.cause === '' ? '' : ` — ${health.cause}`;
  return {
    label: deployment.name,
    description: facts + cause,
    icon: healthIcons[health.state],
    tooltip: [
      `${deployment.namespace}/${deployment.name}`,
      health.words,
      ...health.failingPods.slice(0, 5).map((pod) => `${pod.name}: ${podCause(pod)}`),
      `${deployment.ready} of ${deployment.desired} pods ready, revision ${deployment.revision}`,
      ...deployment.images.map(({ name, image }) => `${name}: ${image}`),
    ],
    spoken: `${deployment.name}, ${health.words}, ${deployment.ready} of ${deployment.desired} ready, revision ${deployment.revision}, ${imageTags(deployment.images)}`,
  };
}

/** Where a Deployment stands among its siblings: failing ones first, then what moves, then by name. */
export function compareDeployments(a: DeploymentRecords, b: DeploymentRecords): number {
  return urgency(a) - urgency(b) || (a.deployment.name < b.deployment.name ? -1 : 1);
}

function urgency(records: DeploymentRecords): number {
  const { state } = healthOf(records);
  return state === 'degraded' ? 0 : state === 'progressing' || state === 'paused' ? 1 : 2;
}

const unreachable =
  'No rollback can ask for it: its number is missing, is no number, or another ReplicaSet carries it too';

/** `7 · v2.3.1   6 d · “release 2.3.1”`. `now` is ms since the epoch. */
export function revisionRow(entry: RevisionEntry, records: DeploymentRecords, now: number): TreeRow {
  const { replicaSet, revision, current } = entry;
  const number = revision === undefined ? '?' : String(revision);
  const tags = imageTags(replicaSet.images);
  const running = entry.pods.filter((pod) => !pod.finished && !pod.terminating);
  const failing = running.filter((pod) => pod.failing).length;
  const marks = [
    ...(current ? ['current'] : []),
    ...(failing > 0 ? ['failing'] : []),
    ...(!current && running.length > 0 ? [`${running.length} ${running.length === 1 ? 'pod' : 'pods'}`] : []),
  ];
  const cause = replicaSet.changeCause === undefined ? [] : [`“${replicaSet.changeCause}”`];
  const icon: RowIcon =
    current && failing > 0
      ? { codicon: 'error', tone: 'failed' }
      : current
        ? { codicon: 'circle-filled', tone: healthOf(records).state === 'healthy' ? 'ok' : 'running' }
        : { codicon: 'history', tone: 'plain' };
  return {
    label: tags === '' ? number : `${number} · ${tags}`,
    description: [...marks, age(replicaSet.createdAt, now), ...cause]
      .filter((part) => part !== '')
      .join(' · '),
    icon,
    tooltip: [
      `Revision ${number}${current ? ' (current)' : ''}`,
      `Change cause: ${replicaSet.changeCause ?? '<none>'}`,
      ...replicaSet.images.map(({ name, image }) => `${name}: ${image}`),
      `ReplicaSet ${replicaSet.name}, first created ${replicaSet.createdAt}`,
      `${replicaSet.ready} of ${replicaSet.desired} pods ready now`,
      ...(current || entry.undoTo !== undefined ? [] : [unreachable]),
    ],
    spoken: `Revision ${number}, ${[tags, ...marks, ...cause].join(', ')}`,
  };
}

/** `8·x2k9q   CrashLoopBackOff · 4 restarts`. */
export function podRow(pod: PodRecord, revision: number | undefined, now: number): TreeRow {
  const restarts =
    pod.restarts === 0 ? [] : [`${pod.restarts} ${pod.restarts === 1 ? 'restart' : 'restarts'}`];
  const ready = pod.ready ? ['ready'] : [];
  const cause = podCause(pod);
  const icon: RowIcon = pod.terminating
    ? { codicon: 'circle-slash', tone: 'plain' }
    : pod.failing
      ? { codicon: 'error', tone: 'failed' }
      : pod.ready
        ? { codicon: 'pass-filled', tone: 'ok' }
        : { codicon: 'circle-large-outline', tone: 'running' };
  const label = `${revision === undefined ? '' : `${revision}·`}${shortPodName(pod.name)}`;
  return {
    label,
    description: [pod.state, ...ready, ...restarts].join(' · '),
    icon,
    tooltip: [
      `Pod ${pod.name}`,
      pod.state,
      ...(cause === '' ? [] : [cause]),
      ...(pod.message === undefined ? [] : [pod.message]),
      `${pod.restarts} restarts, ${age(pod.createdAt, now)} old${pod.node === undefined ? '' : `, on node ${pod.node}`}`,
    ],
    spoken: `Pod ${pod.name}, ${[pod.state, ...ready, ...restarts].join(', ')}`,
  };
}

/** The part of a pod's name that tells it from its siblings. */
export function shortPodName(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1);
}

export function namespaceRow(name: string, deployments: readonly DeploymentRecords[]): TreeRow {
  const failing = deployments.filter((records) => healthOf(records).state === 'degraded').length;
  const description = failing > 0 ? `${failing} failing` : '';
  return {
    label: name,
    description,
    icon: failing > 0 ? { codicon: 'error', tone: 'failed' } : { codicon: 'folder', tone: 'plain' },
    tooltip: [
      `Namespace ${name}`,
      `${deployments.length} deployments${failing > 0 ? `, ${failing} failing` : ''}`,
    ],
    spoken: `Namespace ${name}, ${deployments.length} deployments, ${failing} failing`,
  };
}

/** Names of the namespaces that have Deployments, in order. */
export function namespacesOf(deployments: Iterable<DeploymentRecord>): readonly string[] {
  return [...new Set([...deployments].map(({ namespace }) => namespace))].toSorted();
}
