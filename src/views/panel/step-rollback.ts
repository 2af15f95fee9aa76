import type { PodRecord } from '../../domain/rollout/records.ts';
import type { RollbackState } from '../../domain/runbook/state.ts';
import type { Evidence, PodSquares, StepModel, StepState } from '../../shared/panel-model.ts';
import { shortPodName } from '../tree/pod-row.ts';
import { type PanelFacts, revisionNow } from './facts.ts';
import { kubectlLine } from './shell-lines.ts';

/** Phase 4: the one step that writes. */
export function rollbackStep(facts: PanelFacts): Omit<StepModel, 'open'> {
  const { run, place, previous, readOnly } = facts;
  const { rollback, target } = run;
  const common = { id: 'rollback', phase: 'rollback' };
  if (rollback === undefined) {
    const to = previous === undefined ? 'the previous revision' : `revision ${previous.revision}`;
    return {
      ...common,
      title: `Roll back to ${to}`,
      state: 'todo',
      pods: podSquares(facts),
      evidence: [],
      ...(readOnly ? { summary: 'read-only', detail: readOnlyWords } : {}),
      commands: [
        kubectlLine(
          place,
          `rollout undo deployment/${target.name}${previous === undefined ? '' : ` --to-revision=${previous.revision}`}`,
        ),
      ],
      actions:
        previous === undefined || readOnly
          ? []
          : [{ action: 'rollBackToPrevious', label: `Roll back to ${previous.revision}…` }],
    };
  }
  const stopped = rollback.end?.kind === 'stopped';
  return {
    ...common,
    title: `Roll back to revision ${revisionNow(facts, rollback.to)}`,
    state: stateOf(rollback),
    ...summaryOf(rollback),
    ...detailOf(rollback),
    pods: podSquares(facts),
    evidence: evidenceOf(rollback),
    commands: [rollback.command, kubectlLine(place, `rollout status deployment/${target.name}`)],
    actions: stopped || rollback.end?.kind === 'lost' ? [{ action: 'refresh', label: 'Watch again' }] : [],
    took: { since: rollback.confirmedAt, ...(rollback.endAt === undefined ? {} : { until: rollback.endAt }) },
  };
}

const readOnlyWords =
  'This context is read-only: nothing is written from here. The settings Read Only and Read Only Contexts of Kubernetes Rollback say so.';

function stateOf({ outcome, end }: RollbackState): StepState {
  if (outcome?.kind === 'notApplied') return 'failed';
  if (end === undefined) return outcome?.kind === 'unknown' ? 'warning' : 'running';
  if (end.kind === 'complete') return 'ok';
  return end.kind === 'failed' ? 'failed' : 'warning';
}

function summaryOf({ end, outcome }: RollbackState): { summary?: string } {
  if (outcome?.kind === 'notApplied') return { summary: 'nothing written' };
  if (end === undefined) return {};
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

/** Most squares of one revision that are drawn; the label tells the true number. */
const squaresShown = 40;

/** Old and new pods, by revision: the new one first. */
function podSquares(facts: PanelFacts): readonly PodSquares[] {
  // None are drawn where they may not be seen: they would stand for pods that are not there.
  if (facts.records?.podsUnseen !== undefined) return [];
  const desired = facts.records?.deployment.desired ?? 0;
  const to = facts.run.rollback?.to.replicaSetUid ?? facts.current?.replicaSetUid;
  return facts.history
    .filter(({ replicaSet, pods }) => pods.length > 0 || replicaSet.uid === to)
    .toSorted((a, b) => Number(b.replicaSet.uid === to) - Number(a.replicaSet.uid === to))
    .map(({ revision, replicaSet, pods }) => {
      const live = pods.filter(({ finished }) => !finished);
      const missing = replicaSet.uid === to ? Math.max(0, desired - live.length) : 0;
      const awaited = Array.from(
        { length: missing },
        (_, index) => ({ name: `awaited ${index + 1}`, state: 'waiting', title: 'not created yet' }) as const,
      );
      return {
        label: `rev ${revision ?? '?'} · ${live.filter(({ ready }) => ready).length}/${replicaSet.uid === to ? desired : live.length}`,
        pods: [...live.map(square), ...awaited].slice(0, squaresShown),
      };
    });
}

function square(pod: PodRecord): PodSquares['pods'][number] {
  const state = pod.terminating ? 'gone' : pod.failing ? 'failing' : pod.ready ? 'ready' : 'waiting';
  return {
    name: shortPodName(pod.name),
    state,
    title: `${pod.name}: ${pod.state}${pod.ready ? ', ready' : ''}`,
  };
}
