import { isOperating, isWritten } from '../../domain/runbook/state.ts';
import type { ActionModel, HeaderModel, RevisionChip } from '../../shared/panel-model.ts';
import { type PanelFacts, revisionNow } from './facts.ts';
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
    secondary: secondaryActions(facts),
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

function doingWords({ run, rollingBack, condition, superseded }: PanelFacts): string {
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
  const { current, previous, condition } = facts;
  const failing = condition?.state === 'degraded';
  return {
    from: current && {
      number: String(current.revision),
      version: current.version,
      tone: failing ? 'bad' : 'plain',
    },
    to: failing
      ? previous && { number: String(previous.revision), version: previous.version, tone: 'plain' }
      : undefined,
  };
}

function elapsedOf({ run, condition, superseded }: PanelFacts): HeaderModel['elapsed'] {
  const { rollback, issue } = run;
  if (rollback !== undefined && !superseded) {
    const until =
      rollback.endAt ?? (rollback.outcome?.kind === 'notApplied' ? rollback.outcomeAt : undefined);
    return {
      since: rollback.confirmedAt,
      ...(until === undefined ? {} : { until }),
      label: until === undefined ? 'since the rollback' : 'the rollback took',
    };
  }
  const since = condition?.state === 'degraded' ? (condition.since ?? issue?.seenAt) : undefined;
  return since === undefined
    ? undefined
    : { since, label: condition?.since === undefined ? 'since it was seen' : 'failing' };
}

function primaryAction(facts: PanelFacts): ActionModel | undefined {
  const { run, rollingBack, verifying, previous, condition, readOnly } = facts;
  const key = 'Ctrl+Enter';
  if (verifying || rollingBack) return undefined;
  const onTarget = isWritten(run.rollback) && facts.current?.replicaSetUid === run.rollback?.to.replicaSetUid;
  // An undo without a number would put the failing revision back that was just left.
  if (!readOnly && condition?.state === 'degraded' && onTarget && previous !== undefined)
    return {
      action: 'rollBackToRevision',
      label: 'Choose an older revision…',
      title: 'This revision fails too: go further back',
      key,
    };
  if (!readOnly && condition?.state === 'degraded' && previous !== undefined)
    return {
      action: 'rollBackToPrevious',
      label: `Roll back to ${previous.revision}…`,
      title: 'Shows what would change and asks before anything is written',
      key,
    };
  return {
    action: 'verify',
    label: 'Verify now',
    title: 'Checks pods, rollout, endpoints and logs; changes nothing',
    key,
  };
}

function secondaryActions({
  rollingBack,
  verifying,
  history,
  run,
  superseded,
  readOnly,
}: PanelFacts): readonly ActionModel[] {
  if (rollingBack || verifying || isOperating(run))
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
  const diff: ActionModel = { action: 'showDiff', label: 'Show diff' };
  const anew: ActionModel = {
    action: 'beginAnew',
    label: 'Begin new run',
    title: 'The rollback of this run is history: another revision was deployed since',
  };
  return [
    ...(superseded ? [anew] : []),
    ...(history.length > 1 && !readOnly ? [choose] : []),
    ...(run.rollback !== undefined || history.length > 1 ? [diff] : []),
  ];
}
