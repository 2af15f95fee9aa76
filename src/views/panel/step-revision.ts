import { verdictSeen, whyRecommended } from '../../domain/rollout/return-preference.ts';
import { revisionRef } from '../../domain/runbook/previous-revision.ts';
import type { ActionModel, StepModel } from '../../shared/panel-model.ts';
import { numberWords } from '../revision-words.ts';
import type { PanelFacts } from './facts.ts';
import { historyTable } from './recommendation.ts';
import { kubectlLine } from './shell-lines.ts';

type Step = Omit<StepModel, 'open'>;

/** Phase 3: the revision to return to, out of the history, and why that one. */
export function revisionStep(facts: PanelFacts): Step {
  const { run, recommended, history, records } = facts;
  const { rollback } = run;
  const common = {
    id: 'revision',
    phase: 'revision',
    title: rollback === undefined ? 'Choose the revision' : `Revision ${rollback.to.revision} chosen`,
    does: 'Shows the revisions that are still there, what is known of each, and recommends one.',
    pods: [],
    evidence: [],
    advice: [],
    commands: commandsOf(facts),
    actions: [],
    ...(history.length > 0 ? { table: historyTable(facts) } : {}),
  };
  if (rollback !== undefined) {
    const { to, by, confirmedAt } = rollback;
    return {
      ...common,
      state: 'ok',
      summary: `${to.revision} · ${to.version}`,
      evidence: [{ text: `Revision ${to.revision} was chosen by ${by}`, tone: 'ok', at: confirmedAt }],
    };
  }
  if (recommended === undefined)
    return {
      ...common,
      state: 'failed',
      summary: 'none',
      detail:
        records?.revisionsUnseen ??
        'No rollout history found: there is no older ReplicaSet to return to. Deploy the wanted version again.',
    };
  const { revision, version } = revisionRef(recommended.entry.replicaSet);
  const number = numberWords(recommended.entry);
  return {
    ...common,
    state: 'todo',
    summary: `${revision} · ${version}`,
    detail: whyRecommended(number, recommended.verdict),
    evidence: verdictSeen(number, recommended.verdict, (ms) => new Date(ms).toISOString()),
    actions: actionsOf(facts, revision),
  };
}

function commandsOf({ run, place, recommended }: PanelFacts): readonly string[] {
  const history = `rollout history deployment/${run.target.name}`;
  const revision = run.rollback?.to.revision ?? recommended?.entry.revision;
  return [
    kubectlLine(place, history),
    ...(revision === undefined ? [] : [kubectlLine(place, `${history} --revision=${revision}`)]),
  ];
}

function actionsOf({ run, readOnly }: PanelFacts, revision: number): readonly ActionModel[] {
  const diff: ActionModel = {
    action: 'showDiff',
    target: String(revision),
    label: `Show diff to ${revision}`,
  };
  const choose: ActionModel = { action: 'rollBackToRevision', label: 'Choose another…' };
  return readOnly || run.end !== undefined ? [diff] : [diff, choose];
}
