import { controlledReplicaSets } from '../../domain/rollout/controlled-replica-sets.ts';
import { deploymentRecord } from '../../domain/rollout/deployment-record.ts';
import { healthOf, type HealthState } from '../../domain/rollout/health.ts';
import { historyOf, type RevisionEntry } from '../../domain/rollout/history.ts';
import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { DeploymentJson, PodJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import { podCause } from '../../domain/rollout/pod-cause.ts';
import { podRecord } from '../../domain/rollout/pod-record.ts';
import type { DeploymentRecords, PodRecord } from '../../domain/rollout/records.ts';
import { replicaSetRecord } from '../../domain/rollout/replica-set-record.ts';
import { numberWords } from '../revision-words.ts';
import { age } from '../age.ts';
import { columns } from './columns.ts';
import { containerLines } from './describe-container.ts';
import { conditionLines, facts, pairs, section, timeWords } from './describe-parts.ts';
import { type DescribedEvents, describedEvents } from './describe-pod.ts';
import { type Line, type Page, page, type Part, type Tone, toned, tonedIf } from './page.ts';

export interface DescribedDeployment extends DescribedEvents {
  readonly context: string;
  readonly deployment: DeploymentJson;
  /** Any of the namespace: those that it controls are taken. */
  readonly replicaSets: readonly ReplicaSetJson[];
  readonly pods: readonly PodJson[];
  /** ms since the epoch. */
  readonly now: number;
}

/** The Deployment with those of these ReplicaSets and pods that are its own. */
export function ownRecords({
  deployment,
  replicaSets,
  pods,
}: Pick<DescribedDeployment, 'deployment' | 'replicaSets' | 'pods'>): DeploymentRecords {
  const own = controlledReplicaSets(deployment, replicaSets).flatMap((one) => replicaSetRecord(one) ?? []);
  const owners = new Set(own.map(({ uid }) => uid));
  return {
    deployment: deploymentRecord(deployment),
    replicaSets: own,
    pods: pods.map(podRecord).filter(({ ownerUid }) => owners.has(ownerUid)),
  };
}

const tones: Readonly<Record<HealthState, Tone>> = {
  healthy: 'ok',
  progressing: 'heading',
  degraded: 'failed',
  paused: 'warning',
  scaledToZero: 'faint',
};

/** A Deployment as text: how it does and why, its revisions, its pods, its template, and what was said of them. */
export function describeDeployment(described: DescribedDeployment): Page {
  const { context, deployment, now } = described;
  const { metadata, spec, status } = deployment;
  const records = ownRecords(described);
  const { deployment: record } = records;
  const health = healthOf(records);
  const history = historyOf(records);
  const unavailable = Math.max(0, record.desired - record.available);
  return page([
    [toned('heading', `Deployment ${record.name}`)],
    [toned('faint', `${record.namespace} in ${context}`)],
    [],
    ...facts([
      ['Health', toned(tones[health.state], health.words)],
      ['Since', timeWords(health.since, now)],
      ['Revision', `${record.revision} · ${imageTags(record.images)}`],
      ['Change cause', history.find(({ current }) => current)?.replicaSet.changeCause ?? '<none>'],
      [
        'Replicas',
        [
          `${record.desired} desired, ${record.updated} updated, ${record.total} in all, ${record.ready} ready, ${record.available} available, ${unavailable} unavailable`,
        ],
      ],
      ['Strategy', strategyWords(deployment)],
      ['Deadline', `${spec?.progressDeadlineSeconds ?? 600} s to make progress`],
      ['Paused', spec?.paused === true ? toned('warning', 'yes: changes of the template wait') : undefined],
      ['Created', timeWords(record.createdAt, now)],
      ['Selector', pairs(spec?.selector?.matchLabels)],
      ['Labels', pairs(metadata?.labels)],
      ['Annotations', pairs(metadata?.annotations)],
    ]),
    ...section('Conditions', conditionLines(status?.conditions ?? [], isWrong, now)),
    ...section('Revisions', revisionLines(history, now)),
    ...section('Pods', podLines(records, history, now)),
    ...section('Pod template', [
      ...(spec?.template.spec?.initContainers ?? []).flatMap((one) => containerLines(one, undefined, now)),
      ...(spec?.template.spec?.containers ?? []).flatMap((one) => containerLines(one, undefined, now)),
      ...facts([
        ['Service account', spec?.template.spec?.serviceAccountName],
        ['Volumes', (spec?.template.spec?.volumes ?? []).map(({ name }) => name).join(', ')],
        ['Labels', pairs(spec?.template.metadata?.labels)],
        ['Annotations', pairs(spec?.template.metadata?.annotations)],
      ]),
    ]),
    ...describedEvents(described, now),
  ]);
}

/** ReplicaFailure is bad where it is True, the others where they are not. */
function isWrong({ type, status }: { readonly type: string; readonly status: string }): boolean {
  return type === 'ReplicaFailure' ? status === 'True' : status === 'False';
}

function strategyWords({ spec }: DeploymentJson): string {
  const { type, rollingUpdate } = spec?.strategy ?? {};
  if (type !== 'RollingUpdate') return type ?? '';
  const { maxUnavailable = '25%', maxSurge = '25%' } = rollingUpdate ?? {};
  const steady = spec?.minReadySeconds ?? 0;
  return `RollingUpdate: ${maxUnavailable} max unavailable, ${maxSurge} max surge${steady > 0 ? `, ready for ${steady} s before it counts` : ''}`;
}

function revisionLines(history: readonly RevisionEntry[], now: number): readonly Line[] {
  if (history.length === 0) return [];
  return columns([
    ['REVISION', 'VERSION', 'PODS', 'REPLICASET', 'CREATED', 'CHANGE CAUSE'].map((text) =>
      toned('faint', text),
    ),
    ...history.map(({ revision, current, replicaSet }): readonly Part[] => [
      tonedIf(current, 'heading', `${numberWords({ revision, replicaSet })}${current ? ' current' : ''}`),
      imageTags(replicaSet.images),
      replicaSet.desired === 0 && replicaSet.ready === 0
        ? ''
        : `${replicaSet.ready}/${replicaSet.desired} ready`,
      replicaSet.name,
      `${age(replicaSet.createdAt, now)} ago`,
      replicaSet.changeCause ?? '<none>',
    ]),
  ]);
}

function podLines(
  { pods }: DeploymentRecords,
  history: readonly RevisionEntry[],
  now: number,
): readonly Line[] {
  if (pods.length === 0) return [['There are none.']];
  const revisions = new Map(history.map(({ replicaSet, revision }) => [replicaSet.uid, revision]));
  return columns([
    ['POD', 'REVISION', 'STATUS', 'READY', 'RESTARTS', 'AGE', 'NODE', 'CAUSE'].map((text) =>
      toned('faint', text),
    ),
    ...history.flatMap((entry) => entry.pods).map((pod) => podCells(pod, revisions.get(pod.ownerUid), now)),
  ]);
}

function podCells(pod: PodRecord, revision: number | undefined, now: number): readonly Part[] {
  const cause = podCause(pod);
  const last = pod.lastTermination;
  const end =
    last === undefined ? '' : `${last.container} ended ${timeWords(last.finishedAt, now)}: ${last.reason}`;
  return [
    pod.name,
    String(revision ?? '?'),
    tonedIf(pod.failing, 'failed', pod.state),
    pod.ready ? toned('ok', 'yes') : toned('warning', 'no'),
    tonedIf(pod.restarts > 0, 'warning', String(pod.restarts)),
    age(pod.createdAt, now),
    pod.node ?? 'none yet',
    tonedIf(pod.failing, 'failed', [cause, end].filter((words) => words !== '').join('; ')),
  ];
}
