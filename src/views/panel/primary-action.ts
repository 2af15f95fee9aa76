import { type ChecklistItem, missingItems } from '../../domain/runbook/checklist.ts';
import { isWritten, type RunState } from '../../domain/runbook/state.ts';
import { type StepId, stepsOf } from '../../domain/runbook/steps.ts';
import type { ActionModel } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';

/** What comes next, in one button: undefined while something runs that a person only waits for. */
export function primaryAction(facts: PanelFacts): ActionModel | undefined {
  const action = nextAction(facts);
  return action && { ...action, key: 'Ctrl+Enter' };
}

function nextAction(facts: PanelFacts): ActionModel | undefined {
  const { run, rollingBack, verifying, condition, readOnly } = facts;
  const isFailing = condition?.state === 'degraded';
  if (run.end !== undefined) return isFailing ? beginAnew : exportReport;
  if (verifying || rollingBack) return undefined;
  if (isFailing && !readOnly && facts.recommended !== undefined) return rollBack(facts);
  return hasReturned(facts) ? afterRollback(facts) : verify;
}

/** Whether the rollback is complete, and still what the deployment runs. */
export function hasReturned({ run, superseded }: Pick<PanelFacts, 'run' | 'superseded'>): boolean {
  return isWritten(run.rollback) && run.rollback?.end?.kind === 'complete' && !superseded;
}

export const beginAnew: ActionModel = {
  action: 'beginAnew',
  label: 'Begin new run',
  title: 'This run is history: what happens now is another story, with a run of its own',
};

const exportReport: ActionModel = {
  action: 'exportReport',
  label: 'Export report',
  title: 'Opens the incident report as Markdown; it is saved only where you choose',
};

export const signOff: ActionModel = {
  action: 'signOff',
  label: 'Sign off…',
  title: 'Ends the run with your name, the time and a note; the clean-up goes on',
};

const verify: ActionModel = {
  action: 'verify',
  label: 'Verify now',
  title: 'Checks pods, rollout, endpoints and logs; changes nothing',
};

function rollBack({ run, current, recommended, previous }: PanelFacts): ActionModel {
  const onTarget = isWritten(run.rollback) && current?.replicaSetUid === run.rollback?.to.replicaSetUid;
  // An undo without a number would put the failing revision back that was just left.
  if (onTarget)
    return {
      action: 'rollBackToRevision',
      label: 'Choose an older revision…',
      title: 'This revision fails too: go further back',
    };
  const title = 'Shows what would change and asks before anything is written';
  const revision = recommended?.entry.revision;
  if (recommended?.entry.replicaSet.uid === previous?.replicaSetUid)
    return { action: 'rollBackToPrevious', label: `Roll back to ${revision}…`, title };
  return {
    action: 'rollBackToRevision',
    target: String(revision),
    label: `Roll back to ${revision}…`,
    title,
  };
}

function afterRollback({ run, items }: PanelFacts): ActionModel | undefined {
  const runs = (...steps: readonly StepId[]) => steps.some((id) => run.steps[id]?.state === 'running');
  if (runs(...stepsOf('verify', 'functionality'))) return undefined;
  const missing = missingItems(items);
  if (missing.length === 0) return runs('watch') ? undefined : signOff;
  const [first] = missing;
  if (first !== undefined && missing.every((item) => awaitsWord(run, item)))
    return {
      action: 'sign',
      target: first.id,
      label: 'Sign…',
      title: `Say who saw that this holds: ${first.title}`,
    };
  return run.steps.podsReady === undefined ? verify : { ...verify, label: 'Verify again' };
}

/** Whether nothing is left of it but a person's word. */
function awaitsWord({ signatures }: RunState, { id, signable, state }: ChecklistItem): boolean {
  return (
    signable && state === 'pending' && (id === 'users' || id === 'alerts') && signatures[id] === undefined
  );
}
