import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { RevisionEntry } from '../../domain/rollout/history.ts';
import type { TableModel } from '../../shared/panel-model.ts';
import { numberWords } from '../revision-words.ts';
import { knownGoodMarks } from '../tree/known-good-words.ts';
import type { PanelFacts } from './facts.ts';

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
