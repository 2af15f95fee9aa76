import type { Evidence, StepModel } from '../../shared/panel-model.ts';
import { numberWords } from '../revision-words.ts';
import type { PanelFacts } from './facts.ts';
import { curlLine, kubectlLine } from './shell-lines.ts';

type Step = Omit<StepModel, 'open'>;

const empty = { pods: [], evidence: [], commands: [], actions: [] } as const;

/** Phase 1: who and where we are, and whether we may. */
export function accessStep({ run, place, cluster, server, user, store }: PanelFacts): Step {
  const { permissions, permissionsUnknown, target } = run;
  const common = { ...empty, id: 'access', phase: 'prerequisites', title: 'Cluster and permissions' };
  const commands = [kubectlLine(place, 'auth can-i patch deployments')];
  const where: Evidence = {
    text: `Context ${target.context}, cluster ${cluster}, server ${server}, user ${user}, namespace ${target.namespace}`,
    tone: 'plain',
  };
  const retry = { action: 'checkPrerequisites', label: 'Check again' } as const;
  if (permissions === undefined)
    return permissionsUnknown === undefined
      ? {
          ...common,
          commands,
          state: store.kind === 'stale' ? 'failed' : 'running',
          evidence: [where],
          ...(store.kind === 'stale' ? { detail: store.reason, actions: [retry] } : {}),
        }
      : {
          ...common,
          commands,
          state: 'failed',
          summary: 'cannot be told',
          detail: permissionsUnknown,
          evidence: [where],
          actions: [retry],
        };
  const granted = permissions.answers.filter(({ allowed }) => allowed).length;
  const all = permissions.answers.length;
  const answers = permissions.answers.map(({ words, allowed, reason }): Evidence => ({
    text: `${words}: ${allowed ? 'allowed' : `not allowed${reason === '' ? '' : ` (${reason})`}`}`,
    tone: allowed ? 'ok' : 'failed',
    at: permissions.at,
  }));
  return {
    ...common,
    commands,
    state: granted === all ? 'ok' : 'failed',
    summary: `${granted} of ${all} permissions`,
    ...(granted === all
      ? {}
      : {
          detail:
            'Without these permissions the rollback cannot be carried out. Ask for them, or switch to a context whose user has them.',
        }),
    evidence: [where, ...answers],
    actions: granted === all ? [] : [retry],
  };
}

/** Phase 2: what is wrong, as it is now and as it was when the run began. */
export function issueStep({ run, place, condition, health, endpoints, records }: PanelFacts): Step {
  const { issue, target } = run;
  const degraded = condition?.state === 'degraded';
  const pods = (condition?.failingPods ?? []).slice(0, 10).map((pod): Evidence => ({
    text: `${pod.name}: ${pod.state}, ${pod.restarts} restarts`,
    tone: 'failed',
  }));
  const evidence: Evidence[] = [
    ...(issue === undefined
      ? []
      : [{ text: `Seen: ${issue.words}`, tone: 'failed', at: issue.seenAt } as const]),
    ...(degraded && condition.words !== issue?.words
      ? [{ text: condition.words, tone: 'failed' } as const]
      : []),
    ...pods,
    ...(health?.evidence ?? []),
  ];
  const selector = records === undefined ? '' : ` deployment/${target.name}`;
  return {
    ...empty,
    id: 'issue',
    phase: 'issue',
    title: 'Issue confirmed',
    state: issue !== undefined || degraded ? 'ok' : condition === undefined ? 'todo' : 'skipped',
    summary:
      issue?.words.replace(/^Degraded: /, '') ??
      (degraded
        ? condition.words.replace(/^Degraded: /, '')
        : condition === undefined
          ? ''
          : 'no issue seen'),
    evidence,
    commands: [
      kubectlLine(place, `rollout status${selector}`),
      kubectlLine(place, 'get pods'),
      ...(endpoints.health === undefined ? [] : [curlLine(endpoints.health)]),
    ],
    actions:
      endpoints.health === undefined
        ? [{ action: 'configureEndpoints', label: 'Set the health address' }]
        : [],
  };
}

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
