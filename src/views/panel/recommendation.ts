import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { RevisionEntry } from '../../domain/rollout/history.ts';
import type { Recommendation } from '../../domain/rollout/recommended-revision.ts';
import type { Evidence, TableModel } from '../../shared/panel-model.ts';
import { clockTime } from '../clock-time.ts';
import { numberWords } from '../revision-words.ts';
import { knownGoodMarks } from '../tree/known-good-words.ts';
import type { PanelFacts } from './facts.ts';

/** Why this revision, in one sentence. */
export function recommendationWords(
  { entry, why, verdict, isPrevious }: Recommendation,
  now: string,
): string {
  const revision = `Revision ${numberWords(entry)}`;
  const at = (ms: number) => clockTime(ms, Date.parse(now));
  if (verdict.kind === 'good')
    return `${revision} is recommended, the last known good: seen complete and ready for at least five minutes, last at ${at(verdict.lastSeen)}.`;
  if (verdict.kind === 'failed')
    return `Every older revision was seen failing; ${revision} is the newest of them (${verdict.cause} at ${at(verdict.lastSeen)}).`;
  const unknown = 'Whether it was good is unknown: it was not watched for five minutes while it ran.';
  return why === 'unknown' && isPrevious
    ? `${revision} is the previous one. ${unknown}`
    : `${revision} is the newest that was not seen failing. ${unknown}`;
}

/** The same as evidence, where something was seen. */
export function recommendationEvidence({ verdict, entry }: Recommendation): readonly Evidence[] {
  if (verdict.kind === 'unknown') return [];
  const at = new Date(verdict.lastSeen).toISOString();
  const revision = `Revision ${numberWords(entry)}`;
  return verdict.kind === 'good'
    ? [{ text: `${revision} was seen complete and ready`, tone: 'ok', at }]
    : [{ text: `${revision} was seen failing: ${verdict.cause}`, tone: 'failed', at }];
}

/** The history, newest first, with what is known of each revision. */
export function historyTable({ history, verdict }: PanelFacts): TableModel {
  const verdicts = history.map(({ replicaSet }) => verdict?.(replicaSet) ?? ({ kind: 'unknown' } as const));
  const lastGood = Math.max(...verdicts.map((one) => (one.kind === 'good' ? one.lastSeen : -Infinity)));
  return {
    columns: ['Revision', 'Version', 'What is known'],
    rows: history.map((entry, index) => {
      const known = verdicts[index] ?? { kind: 'unknown' };
      const isLast = known.kind === 'good' && known.lastSeen === lastGood;
      const marks = knownGoodMarks({ verdict: known, lastGood: isLast });
      return {
        cells: [numberWords(entry), versionWords(entry), marksOf(entry, marks).join(', ')],
        tone: known.kind === 'good' ? 'ok' : known.kind === 'failed' || isFailing(entry) ? 'failed' : 'plain',
      };
    }),
  };
}

function versionWords({ replicaSet: { images, changeCause } }: RevisionEntry): string {
  return changeCause === undefined ? imageTags(images) : `${imageTags(images)} “${changeCause}”`;
}

function marksOf(entry: RevisionEntry, known: readonly string[]): readonly string[] {
  const failing = isFailing(entry) && !known.includes('seen failing') ? ['failing'] : [];
  const marks = [...(entry.current ? ['current'] : []), ...failing, ...known];
  return marks.length === 0 || (entry.current && marks.length === 1) ? [...marks, 'unknown'] : marks;
}

function isFailing({ pods }: RevisionEntry): boolean {
  return pods.some(({ failing, finished, terminating }) => failing && !finished && !terminating);
}
