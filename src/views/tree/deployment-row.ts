import { healthOf } from '../../domain/rollout/health.ts';
import { currentRecord } from '../../domain/rollout/history.ts';
import { imageTags } from '../../domain/rollout/image-tag.ts';
import { podCause } from '../../domain/rollout/pod-cause.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import { age } from '../age.ts';
import { clockTime } from '../clock-time.ts';
import { numberWords } from '../revision-words.ts';
import { healthIcon, healthFirst, healthWords, staleParagraph, stalePart } from './health-words.ts';
import type { Sight, Tooltip, TreeRow } from './row.ts';

const failingPodsShown = 5;

/** `crash loop · 2/3 · rev 8 · v2.4.0 · since 02:58`. */
export function deploymentRow(records: DeploymentRecords, sight: Sight): TreeRow {
  const { deployment } = records;
  const health = healthOf(records);
  const tags = imageTags(deployment.images);
  const words = healthWords(health, sight);
  const spoken = [...stalePart(sight), sight.staleSince === undefined ? health.words : words].join(', ');
  return {
    label: deployment.name,
    description: healthFirst(
      health,
      [`${deployment.ready}/${deployment.desired}`, `rev ${deployment.revision}`, tags],
      sight,
    ),
    icon: healthIcon(health, sight),
    spoken: `${deployment.name}, ${spoken}, ${deployment.ready} of ${deployment.desired} ready, revision ${deployment.revision}, ${tags}`,
  };
}

/** What is wrong, with which pods, what runs, and since when. */
export function deploymentTooltip(records: DeploymentRecords, sight: Sight): Tooltip {
  const { deployment } = records;
  const { now } = sight;
  const health = healthOf(records);
  const since =
    health.since === undefined
      ? ''
      : `, since ${clockTime(Date.parse(health.since), now)} (${age(health.since, now)})`;
  const failing = health.failingPods.slice(0, failingPodsShown);
  const more = health.failingPods.length - failing.length;
  const current = currentRecord(deployment, records.replicaSets);
  const cause = current?.changeCause;
  const number =
    current === undefined
      ? String(deployment.revision)
      : numberWords({ revision: deployment.revision, replicaSet: current });
  return {
    title: `${deployment.namespace}/${deployment.name}`,
    paragraphs: [
      ...staleParagraph(sight),
      [
        health.words + since,
        ...failing.map((pod) => ({ name: pod.name, text: podCause(pod) })),
        ...(more > 0 ? [`and ${more} more`] : []),
      ],
      [
        { name: 'Revision', text: `${number}${cause === undefined ? '' : ` “${cause}”`}` },
        ...deployment.images.map(({ name, image }) => ({ name, text: image })),
        {
          name: 'Pods',
          text: `${deployment.ready} of ${deployment.desired} ready, ${deployment.updated} updated, ${deployment.available} available`,
        },
        { name: 'Age', text: age(deployment.createdAt, now) },
      ],
    ],
  };
}
