import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { DeploymentJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import type { QuotaVerdict } from '../../domain/rollout/quota.ts';
import {
  type ReturnCandidate,
  verdictSeen,
  verdictWords,
  whyRecommended,
} from '../../domain/rollout/return-preference.ts';
import type { Reference } from '../../domain/rollout/references.ts';
import type {
  Advice,
  CheckResult,
  EvidenceTable,
  Recommendation,
  Seen,
} from '../../domain/runbook/checks.ts';
import { seen, type StepPlace } from './step-handler.ts';

/** A revision that an undo can return to. */
export interface Candidate extends ReturnCandidate {
  /** The number that an undo reaches it by. */
  readonly revision: number;
  readonly json: ReplicaSetJson;
}

/** What was found of a candidate's needs. */
export interface Looked extends Candidate {
  readonly there: readonly Reference[];
  readonly gone: readonly Reference[];
  readonly unknown: readonly Reference[];
  readonly neverRun: readonly string[];
  readonly quota: QuotaVerdict;
}

/** Whether its pods would not start, or not all of them. */
export function isLacking({ gone, quota }: Looked): boolean {
  return gone.length > 0 || quota.exceeded.length > 0;
}

/** There is no revision to return to; `others`: there are other revisions, and none will do. */
export function nothingToReturnTo(place: StepPlace, others: boolean): CheckResult {
  const words = others
    ? 'Every older revision has the same template as the current one, or no number that an undo could ask for.'
    : `No rollout history found for deployment "${place.run.target.name}": there is no older ReplicaSet.`;
  return {
    state: 'failed',
    summary: 'none',
    detail: words,
    evidence: [seen(place, words, 'failed')],
    advice: [
      {
        words: 'There is nothing to put back: deploy the wanted version again.',
        action: 'describeDeployment',
      },
    ],
  };
}

/** The result for the best of the revisions that were looked at. */
export function judged(
  place: StepPlace,
  best: Looked,
  looked: readonly Looked[],
  { spec }: DeploymentJson,
): CheckResult {
  const paused = spec?.paused === true;
  const doubtful =
    best.neverRun.length > 0 || best.quota.tight.length > 0 || best.verdict.kind === 'failed' || paused;
  const version = imageTags(best.replicaSet.images);
  const recommended = recommendationOf(best);
  const passed = looked.filter(
    (each) => each !== best && isLacking(each) && looked.indexOf(each) < looked.indexOf(best),
  );
  const advice = adviceFor(best, paused);
  return {
    state: isLacking(best) ? 'failed' : doubtful ? 'warning' : 'ok',
    summary: `${best.revision} · ${version}`,
    detail: recommended.why,
    evidence: [
      seen(
        place,
        `Revision ${best.revision} (${version}) differs from the current one and is there to go back to.`,
        'ok',
      ),
      ...verdictSeen(String(best.revision), best.verdict, (ms) => new Date(ms).toISOString()),
      ...passed.map((each) =>
        seen(place, `Revision ${each.revision} is passed over: ${lackingWords(each)}`, 'warning'),
      ),
      ...needsSeen(place, best),
    ],
    table: tableOf(looked),
    recommended,
    ...(advice.length === 0 ? {} : { advice }),
  };
}

function recommendationOf(best: Looked): Recommendation {
  const { replicaSet, revision, verdict } = best;
  return {
    revision: {
      revision,
      replicaSetUid: replicaSet.uid,
      replicaSetName: replicaSet.name,
      version: imageTags(replicaSet.images),
    },
    why: whyRecommended(String(revision), verdict),
  };
}

function needsSeen(place: StepPlace, { there, gone, unknown, neverRun, quota }: Looked): readonly Seen[] {
  const names = (references: readonly Reference[]) => references.map(named).join(', ');
  return [
    ...(gone.length > 0
      ? [seen(place, `Gone, and its pods do not start without: ${names(gone)}.`, 'failed')]
      : []),
    ...quota.exceeded.map((text) => seen(place, text, 'failed')),
    ...quota.tight.map((text) => seen(place, text, 'warning')),
    ...(neverRun.length > 0
      ? [
          seen(
            place,
            `Never seen running from here, so not known whether it can be pulled: ${neverRun.join(', ')}.`,
            'warning',
          ),
        ]
      : [seen(place, 'All its images were seen running.', 'ok')]),
    ...(there.length > 0 ? [seen(place, `There: ${names(there)}.`, 'ok')] : []),
    ...(there.length + gone.length + unknown.length === 0
      ? [seen(place, 'It needs no ConfigMap, Secret, volume claim or service account of its own.', 'plain')]
      : []),
    ...(unknown.length > 0
      ? [seen(place, `Not known, since it may not be read: ${names(unknown)}.`, 'plain')]
      : []),
    ...quota.unknown.map((text) => seen(place, `Quota not known: ${text}`, 'plain')),
    ...(quota.exceeded.length + quota.tight.length + quota.unknown.length === 0
      ? [seen(place, 'The namespace’s quotas admit its pods.', 'ok')]
      : []),
  ];
}

function adviceFor({ gone, quota, neverRun, revision }: Looked, paused: boolean): readonly Advice[] {
  return [
    ...(gone.length > 0
      ? [{ words: `Make ${gone.map(named).join(', ')} again before going back to revision ${revision}.` }]
      : []),
    ...(quota.exceeded.length > 0
      ? [{ words: 'Raise the quota, or scale it down first.', action: 'describeDeployment' } as const]
      : []),
    ...(neverRun.length > 0
      ? [
          {
            words:
              'Look whether the registry has the image: where it is gone, rebuild it, or choose a revision whose image is there.',
          },
        ]
      : []),
    ...(paused ? [{ words: 'The deployment is paused: an undo is refused until it is resumed.' }] : []),
  ];
}

function lackingWords({ gone, quota }: Looked): string {
  return [...(gone.length > 0 ? [`${gone.map(named).join(', ')} is gone.`] : []), ...quota.exceeded].join(
    ' ',
  );
}

function tableOf(looked: readonly Looked[]): EvidenceTable {
  return {
    columns: ['Revision', 'Version', 'Seen', 'Needs'],
    rows: looked.map((each) => ({
      cells: [
        String(each.revision),
        imageTags(each.replicaSet.images),
        verdictWords(each.verdict),
        isLacking(each) ? lackingWords(each) : each.unknown.length > 0 ? 'not all known' : 'there',
      ],
      tone:
        isLacking(each) || each.verdict.kind === 'failed'
          ? 'failed'
          : each.verdict.kind === 'good'
            ? 'ok'
            : 'plain',
    })),
  };
}

function named({ kind, name }: Reference): string {
  return `${kind} ${name}`;
}
