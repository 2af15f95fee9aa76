import { whyRecommended } from '../../domain/rollout/return-preference.ts';
import type { RollbackState } from '../../domain/runbook/state.ts';
import type { Advice } from '../../domain/runbook/checks.ts';
import type { ActionModel, Evidence, StepModel, StepState } from '../../shared/panel-model.ts';
import { numberWords } from '../revision-words.ts';
import { adviceModels } from './advice.ts';
import { type PanelFacts, revisionNow } from './facts.ts';
import { podSquares } from './pod-squares.ts';
import { kubectlLine } from './shell-lines.ts';

/** Phase 4: the one step that writes. */
export function rollbackStep(facts: PanelFacts): Omit<StepModel, 'open'> {
  const { run, place, previous, recommended, readOnly } = facts;
  const { rollback, target } = run;
  const common = { id: 'rollback', phase: 'rollback' };
  if (rollback === undefined) {
    const revision = recommended?.entry.revision;
    return {
      ...common,
      title: `Roll back to ${revision === undefined ? 'the previous revision' : `revision ${revision}`}`,
      does,
      state: 'todo',
      pods: podSquares(facts),
      evidence: [],
      advice: [],
      ...(readOnly
        ? { summary: 'read-only', detail: readOnlyWords }
        : recommended === undefined
          ? {}
          : { detail: whyRecommended(numberWords(recommended.entry), recommended.verdict) }),
      commands: [
        kubectlLine(
          place,
          `rollout undo deployment/${target.name}${revision === undefined ? '' : ` --to-revision=${revision}`}`,
        ),
      ],
      actions:
        revision === undefined || readOnly || run.end !== undefined
          ? []
          : [rollBackAction(revision, recommended?.entry.replicaSet.uid === previous?.replicaSetUid)],
    };
  }
  const stopped = rollback.end?.kind === 'stopped';
  const until = rollback.endAt ?? run.end?.at;
  return {
    ...common,
    title: `Roll back to revision ${revisionNow(facts, rollback.to)}`,
    does,
    state: stateOf(rollback, run.end !== undefined),
    ...summaryOf(rollback, run.end !== undefined),
    ...detailOf(rollback),
    pods: podSquares(facts),
    evidence: evidenceOf(rollback),
    commands: [rollback.command, kubectlLine(place, `rollout status deployment/${target.name}`)],
    advice: adviceModels(facts, failureAdvice(facts)),
    actions:
      run.end === undefined && (stopped || rollback.end?.kind === 'lost')
        ? [{ action: 'refresh', label: 'Watch again' }]
        : [],
    took: { since: rollback.confirmedAt, ...(until === undefined ? {} : { until }) },
  };
}

const does =
  'Puts the chosen revision’s template back, once, after you have confirmed it, and follows the rollout.';

function rollBackAction(revision: number, isPrevious: boolean): ActionModel {
  const label = `Roll back to ${revision}…`;
  return isPrevious
    ? { action: 'rollBackToPrevious', label }
    : { action: 'rollBackToRevision', target: String(revision), label };
}

/** Where to look where the rollback did not come to a good end. */
function failureAdvice({ run: { rollback }, condition, history }: PanelFacts): readonly Advice[] {
  if (rollback?.outcome?.kind === 'notApplied')
    return [{ words: 'See what the cluster says of the deployment.', action: 'describeDeployment' }];
  if (rollback?.end?.kind !== 'failed') return [];
  // What was seen when it failed knows more than what is left now.
  if (rollback.end.advice !== undefined) return rollback.end.advice;
  const [pod] = condition?.failingPods ?? [];
  const older = history.find(
    ({ revision = 0, undoTo, current }) =>
      !current && undoTo !== undefined && revision < rollback.to.revision,
  );
  return [
    { words: 'See what the rollout waits for.', action: 'describeDeployment' },
    ...(pod === undefined
      ? []
      : [
          {
            words: 'See its image, limits and requests, and its events.',
            action: 'describePod',
            target: pod.name,
          } as const,
          {
            words: 'Read its log: where the same error stands in it, this revision fails too.',
            action: 'showLogs',
            target: pod.name,
          } as const,
        ]),
    ...(older?.revision === undefined
      ? []
      : [
          {
            words: 'Where this revision fails too, go further back.',
            action: 'rollBackToRevision',
            target: String(older.revision),
          } as const,
        ]),
  ];
}

const readOnlyWords =
  'This context is read-only: nothing is written from here. The settings Read Only and Read Only Contexts of Kubernetes Rollback say so.';

/** `isOver`: the run has ended, and nothing goes on in it. */
function stateOf({ outcome, end }: RollbackState, isOver: boolean): StepState {
  if (outcome?.kind === 'notApplied') return 'failed';
  if (end === undefined) return outcome?.kind === 'unknown' || isOver ? 'warning' : 'running';
  if (end.kind === 'complete') return 'ok';
  return end.kind === 'failed' ? 'failed' : 'warning';
}

function summaryOf({ end, outcome }: RollbackState, isOver: boolean): { summary?: string } {
  if (outcome?.kind === 'notApplied') return { summary: 'nothing written' };
  if (end === undefined) return isOver ? { summary: 'not watched to its end' } : {};
  if (end.kind === 'lost' && outcome?.kind === 'unknown') return { summary: 'not known' };
  const words = {
    complete: 'complete',
    failed: 'not ready',
    stopped: 'not watched',
    lost: 'overtaken',
  } as const;
  return { summary: words[end.kind] };
}

function detailOf({ outcome, end, message }: RollbackState): { detail?: string } {
  if (outcome === undefined) return { detail: 'Writing to the cluster' };
  if (outcome.kind === 'notApplied') return { detail: outcome.message };
  if (outcome.kind === 'unknown' && end?.kind !== 'complete')
    return { detail: [outcome.message, end?.message ?? message ?? ''].join(' ').trim() };
  const text = end?.message ?? message ?? 'Written. Waiting for the controller to take it up';
  if (end?.kind === 'failed')
    return {
      detail: `${text}. The pods of this revision do not become ready: look at their logs, or choose an older revision.`,
    };
  return { detail: text };
}

function evidenceOf({
  outcome,
  outcomeAt,
  end,
  endAt,
  from,
  to,
  by,
  confirmedAt,
}: RollbackState): readonly Evidence[] {
  const evidence: Evidence[] = [
    {
      text: `Confirmed by ${by}: revision ${from.revision} → ${to.revision}`,
      tone: 'plain',
      at: confirmedAt,
    },
  ];
  if (outcome?.kind === 'applied' && outcomeAt !== undefined)
    evidence.push({
      text: `Written once; the deployment is at generation ${outcome.generation}`,
      tone: 'ok',
      at: outcomeAt,
    });
  if (end !== undefined && endAt !== undefined)
    evidence.push({
      text: end.message,
      tone: end.kind === 'complete' ? 'ok' : end.kind === 'failed' ? 'failed' : 'warning',
      at: endAt,
    });
  return evidence;
}
