import type { Connection } from '../../cluster/connections.ts';
import { readDeployment, readReplicaSets } from '../../cluster/reads/deployments.ts';
import { deploymentRecord } from '../../domain/rollout/deployment-record.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import type { DeploymentJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import { imagesNeverRun } from '../../domain/rollout/known-good.ts';
import { type QuotaVerdict, quotaVerdict } from '../../domain/rollout/quota.ts';
import { byPreference } from '../../domain/rollout/return-preference.ts';
import { type Reference, referencesOf } from '../../domain/rollout/references.ts';
import { replicaSetRecord } from '../../domain/rollout/replica-set-record.ts';
import { mayEndFirst } from '../../domain/rollout/strategy.ts';
import { equalTemplates } from '../../domain/rollout/template-equality.ts';
import { controlledReplicaSets } from '../../domain/rollout/controlled-replica-sets.ts';
import { readNeeds, type RevisionNeeds } from '../revision-needs.ts';
import { type Candidate, isLacking, judged, type Looked, nothingToReturnTo } from './returnable-words.ts';
import type { StepHandler, StepPlace } from './step-handler.ts';

/** Most revisions whose needs are looked at: the best ones. */
const mostLookedAt = 5;

/** Whether there is a revision to return to that differs from the current one, and has all that its pods need. */
export const returnable: StepHandler = async (place, _see, signal) => {
  const { connection, run, settings } = place;
  const deployment = await readDeployment(connection.api, run.target, signal);
  const replicaSets = controlledReplicaSets(
    deployment,
    await readReplicaSets(connection.api, deployment, signal),
  );
  const found = byPreference(candidatesOf(deployment, replicaSets, (each) => settings.verdict(each)));
  if (found.length === 0) return nothingToReturnTo(place, replicaSets.length > 1);
  const looked = await lookedAt(
    connection,
    deployment,
    replicaSets,
    found.slice(0, mostLookedAt),
    place,
    signal,
  );
  const best = looked.find((each) => !isLacking(each)) ?? looked[0];
  return best === undefined ? nothingToReturnTo(place, true) : judged(place, best, looked, deployment);
};

function candidatesOf(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
  verdict: StepPlace['settings']['verdict'],
): readonly Candidate[] {
  const byUid = new Map(replicaSets.map((json) => [json.metadata?.uid ?? '', json]));
  const records = {
    deployment: deploymentRecord(deployment),
    replicaSets: replicaSets.map(replicaSetRecord),
    pods: [],
  };
  return historyOf(records).flatMap(({ replicaSet, undoTo }) => {
    const json = byUid.get(replicaSet.uid);
    if (json === undefined || undoTo === undefined) return [];
    if (equalTemplates(json.spec?.template, deployment.spec?.template)) return [];
    return [{ replicaSet, revision: undoTo, json, verdict: verdict(replicaSet) }];
  });
}

async function lookedAt(
  connection: Connection,
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
  candidates: readonly Candidate[],
  { run, settings }: StepPlace,
  signal: AbortSignal,
): Promise<readonly Looked[]> {
  const templates = candidates.map(({ json }) => json.spec?.template ?? {});
  const needs = await readNeeds(connection, run.target.namespace, templates, signal);
  const all = replicaSets.map(replicaSetRecord);
  const present = replicaSets.map(({ spec, status }) => ({
    template: spec?.template ?? {},
    pods: status?.replicas ?? 0,
  }));
  const quotaOf = (target: (typeof templates)[number]): QuotaVerdict =>
    needs.quotas === undefined
      ? { exceeded: [], tight: [], unknown: ['ResourceQuotas cannot be listed.'] }
      : quotaVerdict(needs.quotas, {
          target,
          desired: deployment.spec?.replicas ?? 1,
          present,
          mayEndFirst: mayEndFirst(deployment),
        });
  return candidates.map((each) => {
    const template = each.json.spec?.template ?? {};
    return {
      ...each,
      ...referencesFound(needs, referencesOf(template)),
      neverRun: imagesNeverRun(each.replicaSet, all, (one) => settings.verdict(one)),
      quota: quotaOf(template),
    };
  });
}

function referencesFound(
  needs: RevisionNeeds,
  references: readonly Reference[],
): Pick<Looked, 'there' | 'gone' | 'unknown'> {
  return {
    there: references.filter((each) => needs.of(each) === 'there'),
    gone: references.filter((each) => needs.of(each) === 'gone'),
    unknown: references.filter((each) => needs.of(each) === 'unknown'),
  };
}
