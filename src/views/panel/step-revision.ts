import type { Evidence, StepModel } from '../../shared/panel-model.ts';
import { numberWords } from '../revision-words.ts';
import type { PanelFacts } from './facts.ts';
import { kubectlLine } from './shell-lines.ts';

type Step = Omit<StepModel, 'open'>;

const empty = { pods: [], evidence: [], commands: [], actions: [] } as const;

/** Phase 3: the revision to return to. */
export function revisionStep({ run, place, previous, history, readOnly, records }: PanelFacts): Step {
  const { rollback, target } = run;
  const chosen = rollback?.to ?? previous;
  const common = {
    ...empty,
    id: 'revision',
    phase: 'revision',
    title: rollback === undefined ? 'Revision to return to' : `Revision ${rollback.to.revision} chosen`,
    commands: [kubectlLine(place, `rollout history deployment/${target.name}`)],
  };
  if (chosen === undefined)
    return {
      ...common,
      state: 'failed',
      summary: 'none',
      detail:
        records?.revisionsUnseen ??
        'No rollout history found: there is no older ReplicaSet to return to. Deploy the wanted version again.',
    };
  const others = history.map(({ revision, replicaSet, current }): Evidence => ({
    text: `${numberWords({ revision, replicaSet })}${current ? ', current' : ''}: ${replicaSet.images.map(({ image }) => image).join(', ')}${replicaSet.changeCause === undefined ? '' : ` “${replicaSet.changeCause}”`}`,
    tone: 'plain',
  }));
  return {
    ...common,
    state: rollback === undefined ? 'todo' : 'ok',
    summary: `${chosen.revision} · ${chosen.version}`,
    evidence: others,
    actions:
      rollback === undefined && history.length > 1
        ? [
            { action: 'showDiff', label: 'Show diff' },
            ...(readOnly ? [] : [{ action: 'rollBackToRevision', label: 'Choose another…' } as const]),
          ]
        : [],
  };
}
