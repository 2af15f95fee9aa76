import { healthOf } from '../../domain/rollout/health.ts';
import type { RevisionEntry } from '../../domain/rollout/history.ts';
import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import { age } from '../age.ts';
import { clockTime } from '../clock-time.ts';
import { formerWords, numberWords } from '../revision-words.ts';
import { knownGoodMarks, knownGoodWords, unjudged, type RevisionJudgement } from './known-good-words.ts';
import { stalePart, staleParagraph } from './health-words.ts';
import { staleIcon, type RowIcon, type Sight, type Tooltip, type TreeRow } from './row.ts';

const unreachable =
  'No rollback can ask for it: its number is missing, is no number, or another ReplicaSet carries it too.';

/** `7 · v2.3.1   6 d · “release 2.3.1”`; `9 (was 7) · v2.3.1` where a rollback gave it another number. */
export function revisionRow(
  entry: RevisionEntry,
  records: DeploymentRecords,
  sight: Sight,
  judgement: RevisionJudgement = unjudged,
): TreeRow {
  const { replicaSet, revision, current } = entry;
  const tags = imageTags(replicaSet.images);
  const marks = [...marksOf(entry), ...knownGoodMarks(judgement)];
  const cause = replicaSet.changeCause === undefined ? [] : [`“${replicaSet.changeCause}”`];
  const failing = failingPods(entry) > 0;
  const icon: RowIcon =
    current && failing
      ? { codicon: 'error', tone: 'failed' }
      : current
        ? { codicon: 'circle-filled', tone: healthOf(records).state === 'healthy' ? 'ok' : 'running' }
        : { codicon: revision === undefined ? 'question' : 'history', tone: 'plain' };
  return {
    label: tags === '' ? numberWords(entry) : `${numberWords(entry)} · ${tags}`,
    description: [...stalePart(sight), ...marks, age(replicaSet.createdAt, sight.now), ...cause]
      .filter((part) => part !== '')
      .join(' · '),
    icon: sight.staleSince === undefined ? icon : staleIcon,
    spoken: `Revision ${numberWords(entry)}, ${[tags, ...marks, ...cause].join(', ')}`,
  };
}

export function revisionTooltip(
  entry: RevisionEntry,
  sight: Sight,
  judgement: RevisionJudgement = unjudged,
): Tooltip {
  const { now } = sight;
  const { replicaSet, current, undoTo } = entry;
  const former = formerWords(entry);
  const marks = marksOf(entry).filter((mark) => mark !== 'current');
  return {
    title: `Revision ${numberWords(entry)}${current ? ', current' : ''}`,
    paragraphs: [
      ...staleParagraph(sight),
      ...(former === undefined ? [] : [[former]]),
      [
        { name: 'Known good', text: knownGoodWords(judgement, now) },
        { name: 'Change cause', text: replicaSet.changeCause ?? '<none>' },
        ...replicaSet.images.map(({ name, image }) => ({ name, text: image })),
      ],
      [
        {
          name: 'Pods now',
          text: [`${replicaSet.ready} of ${replicaSet.desired} ready`, ...marks].join(', '),
        },
        {
          name: 'ReplicaSet',
          text: `${replicaSet.name}, first created ${clockTime(Date.parse(replicaSet.createdAt), now)} (${age(replicaSet.createdAt, now)})`,
        },
      ],
      ...(current || undoTo !== undefined ? [] : [[unreachable]]),
    ],
  };
}

function marksOf(entry: RevisionEntry): readonly string[] {
  const running = runningPods(entry).length;
  return [
    ...(failingPods(entry) > 0 ? ['failing'] : []),
    ...(entry.current ? ['current'] : []),
    ...(!entry.current && running > 0 ? [`${running} ${running === 1 ? 'pod' : 'pods'}`] : []),
  ];
}

function runningPods({ pods }: RevisionEntry) {
  return pods.filter((pod) => !pod.finished && !pod.terminating);
}

function failingPods(entry: RevisionEntry): number {
  return runningPods(entry).filter((pod) => pod.failing).length;
}
