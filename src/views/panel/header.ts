import { isOperating, isWritten } from '../../domain/runbook/state.ts';
import type { ActionModel, HeaderModel, RevisionChip } from '../../shared/panel-model.ts';
import { revisionRef } from '../../domain/runbook/previous-revision.ts';
import { clockTime } from '../clock-time.ts';
import { type PanelFacts, revisionNow } from './facts.ts';
import { beginAnew, hasReturned, primaryAction, signOff } from './primary-action.ts';
import { operatingWords } from './step-operation.ts';

/** The four answers of one glance: what, from → to, how long, what next. */
export function headerModel(facts: PanelFacts): HeaderModel {
  const { run, store, condition } = facts;
  const { from, to } = chips(facts);
  const elapsed = elapsedOf(facts);
  const primary = primaryAction(facts);
  const words =
    condition?.words ??
    (store.kind === 'connecting' ? 'Connecting to the cluster' : 'Not seen in the cluster');
  return {
    tone: toneOf(facts),
    name: run.target.name,
    namespace: run.target.namespace,
    context: run.target.context,
    protected: facts.protected,
    readOnly: facts.readOnly,
    words,
    doing: doingWords(facts),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(elapsed === undefined ? {} : { elapsed }),
    ...(primary === undefined ? {} : { primary }),
    secondary: secondaryActions(facts, primary),
    ...(store.kind === 'stale'
      ? { stale: { since: store.since ?? run.openedAt, reason: store.reason } }
      : {}),
  };
}

function toneOf({ run, rollingBack, condition }: PanelFacts): HeaderModel['tone'] {
  if (rollingBack || isOperating(run)) return 'running';
  switch (condition?.state) {
    case 'healthy':
      return 'ok';
    case 'degraded':
      return 'failed';
    case 'progressing':
      return 'running';
    case 'paused':
    case 'scaledToZero':
      return 'paused';
    case undefined:
      return 'unknown';
  }
}

function doingWords({ run, rollingBack, condition, superseded, now }: PanelFacts): string {
  if (run.end !== undefined) {
    const at = clockTime(Date.parse(run.end.at), Date.parse(now));
    return `${run.end.kind === 'signedOff' ? 'Signed off' : 'Closed'} by ${run.end.by} at ${at}`;
  }
  if (superseded) return 'Deployed anew since the rollback';
  const { rollback } = run;
  if (rollback?.outcome?.kind === 'unknown' && !isWritten(rollback)) return 'Rollback, outcome unknown';
  if (rollingBack) return 'Rolling back';
  if (run.operation !== undefined && isOperating(run)) return operatingWords(run.operation.operation);
  if (rollback?.end?.kind === 'complete') return 'Rolled back';
  if (rollback?.outcome?.kind === 'notApplied') return 'Not rolled back';
  if (rollback?.end?.kind === 'failed') return 'Rolled back, but not ready';
  if (rollback?.end !== undefined) return 'Rolled back, end not seen';
  return condition?.state === 'degraded' ? 'Failing' : 'Running';
}

function chips(facts: PanelFacts): { from: RevisionChip | undefined; to: RevisionChip | undefined } {
  const { rollback } = facts.run;
  if (rollback !== undefined && rollback.outcome?.kind !== 'notApplied' && !facts.superseded)
    return {
      from: { number: String(rollback.from.revision), version: rollback.from.version, tone: 'bad' },
      to: { number: revisionNow(facts, rollback.to), version: rollback.to.version, tone: 'good' },
    };
  const { current, recommended, condition } = facts;
  const to = recommended && revisionRef(recommended.entry.replicaSet);
  const failing = condition?.state === 'degraded';
  return {
    from: current && {
      number: String(current.revision),
      version: current.version,
      tone: failing ? 'bad' : 'plain',
    },
    to: failing
      ? to && {
          number: String(to.revision),
          version: to.version,
          tone: recommended?.verdict.kind === 'good' ? 'good' : 'plain',
        }
      : undefined,
  };
}

function elapsedOf({ run, condition, superseded }: PanelFacts): HeaderModel['elapsed'] {
  const { rollback, issue, end } = run;
  if (end !== undefined && rollback !== undefined)
    return {
      since: issue?.since ?? issue?.seenAt ?? run.openedAt,
      until: end.at,
      label: issue === undefined ? 'from the first look to the end' : 'from the failure to the end',
    };
  if (rollback !== undefined && !superseded) {
    const until =
      rollback.endAt ?? (rollback.outcome?.kind === 'notApplied' ? rollback.outcomeAt : undefined);
    return {
      since: rollback.confirmedAt,
      ...(until === undefined ? {} : { until }),
      label: until === undefined ? 'since the rollback' : 'the rollback took',
    };
  }
  const confirmed = run.steps.issue?.result?.state === 'ok' ? run.steps.issue.startedAt : undefined;
  const since = condition?.state === 'degraded' ? (condition.since ?? issue?.seenAt ?? confirmed) : undefined;
  return since === undefined
    ? undefined
    : { since, label: condition?.since === undefined ? 'since it was seen' : 'failing' };
}

function secondaryActions(facts: PanelFacts, primary: ActionModel | undefined): readonly ActionModel[] {
  const { rollingBack, verifying, history, run, superseded, readOnly, recommended } = facts;
  if (run.end === undefined && (rollingBack || verifying || isOperating(run)))
    return [
      {
        action: 'stopWatching',
        label: 'Stop watching',
        title: 'Stops watching only: what was written stays, and the rollout goes on',
      },
    ];
  const choose: ActionModel = {
    action: 'rollBackToRevision',
    label: 'Choose revision…',
    title: 'Choose one of the revisions that are still there',
  };
  const offered: readonly ActionModel[] = [
    ...(superseded || run.end !== undefined ? [beginAnew] : []),
    ...(hasReturned(facts) && run.end === undefined ? [signOff] : []),
    ...(history.length > 1 && !readOnly && run.end === undefined ? [choose] : []),
    ...(run.rollback !== undefined || recommended !== undefined ? [diffAction(facts)] : []),
  ];
  return offered.filter(({ action }) => action !== primary?.action);
}

/** What the rollback has changed; before it, what going back to the recommended revision would. */
function diffAction({ run, recommended }: PanelFacts): ActionModel {
  const diff: ActionModel = { action: 'showDiff', label: 'Show diff' };
  const revision = recommended?.entry.revision;
  return run.rollback !== undefined || revision === undefined ? diff : { ...diff, target: String(revision) };
}
