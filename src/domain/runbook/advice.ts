import { currentRecord, historyOf, type RevisionEntry } from '../rollout/history.ts';
import { imageTags } from '../rollout/image-tag.ts';
import { hasRun, type RevisionVerdict } from '../rollout/known-good.ts';
import { byPreference } from '../rollout/return-preference.ts';
import type { DeploymentRecords, PodProblemKind, PodRecord, ReplicaSetRecord } from '../rollout/records.ts';
import { causeAdvice, nodeAdvice } from './cause-advice.ts';
import type { Advice } from './checks.ts';

/** A deployment that does not come up, as far as it is known. */
export interface Trouble {
  readonly records: DeploymentRecords;
  /** The ReplicaSet whose pods should run; the current one where undefined. */
  readonly replicaSetUid: string | undefined;
  /** The ReplicaSet that was rolled back from; undefined before the rollback. */
  readonly rolledBackFrom: string | undefined;
  /** What is wrong with the nodes of its pods, in words, empty where nothing is; nodes that may not be read are not in it. */
  readonly nodes: ReadonlyMap<string, string>;
  verdict(replicaSet: ReplicaSetRecord): RevisionVerdict;
}

/** What to do next where pods do not become ready: each cause in words with the look that shows it, then where else to go. */
export function podAdvice(trouble: Trouble): readonly Advice[] {
  const { records } = trouble;
  if (records.podsUnseen !== undefined) return [{ words: records.podsUnseen, action: 'describeDeployment' }];
  const uid = trouble.replicaSetUid ?? currentRecord(records.deployment, records.replicaSets)?.uid;
  const stuck = records.pods.filter(
    ({ ownerUid, ready, terminating, finished, failing }) =>
      ownerUid === uid && !ready && !terminating && (!finished || failing),
  );
  const causes = Map.groupBy(stuck, ({ problem }) => problem?.kind);
  const ofPods = [...causes].flatMap(([kind, pods]) =>
    kind === undefined ? [] : causeAdvice(trouble.rolledBackFrom !== undefined, kind, pods),
  );
  return [
    ...creationAdvice(records),
    ...ofPods,
    ...nodeAdvice(trouble.nodes, stuck),
    ...elsewhere(trouble, uid, causes),
  ];
}

/** Where pods cannot even be created. */
function creationAdvice({ deployment }: DeploymentRecords): readonly Advice[] {
  const failure = deployment.conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (failure === undefined) return [];
  const words = failure.message.includes('exceeded quota')
    ? 'The namespace’s quota admits no more pods: raise it, or end what else uses it.'
    : 'Its pods cannot be created: the events of its ReplicaSet name what refuses them.';
  return [{ words, action: 'showEvents' }];
}

/** Problems of the version itself, which another version may not have. */
const versionKinds: ReadonlySet<PodProblemKind | undefined> = new Set<PodProblemKind>([
  'crashLoop',
  'outOfMemory',
  'imagePull',
  'configuration',
  'startError',
  'failed',
  'notReady',
]);

/** After a rollback whose revision fails too. */
function elsewhere(
  trouble: Trouble,
  uid: string | undefined,
  causes: ReadonlyMap<PodProblemKind | undefined, readonly PodRecord[]>,
): readonly Advice[] {
  const { rolledBackFrom } = trouble;
  const kinds = [...causes.keys()].filter((kind) => versionKinds.has(kind));
  if (rolledBackFrom === undefined || kinds.length === 0) return [];
  const further = furtherBack(trouble, [uid, rolledBackFrom], kinds.includes('imagePull'));
  if (further === undefined)
    return [
      {
        words:
          'The previous version fails too, and there is no other to go back to: what has changed beside the version? Else deploy a repaired one.',
        action: 'showYaml',
      },
    ];
  const { revision, replicaSet } = further;
  // A pod whose probe has not passed may still be starting.
  const fails = kinds.every((kind) => kind === 'notReady')
    ? 'Where these pods do not become ready either'
    : 'The previous version fails too';
  return [
    {
      words: `${fails}: go further back to revision ${revision} (${imageTags(replicaSet.images)}).`,
      action: 'rollBackToRevision',
      target: String(revision),
    },
  ];
}

/** The best of the other revisions, never one that was only seen failing; of images that are there where that is the trouble. */
function furtherBack(
  { records, verdict }: Trouble,
  tried: readonly (string | undefined)[],
  needsImage: boolean,
): RevisionEntry | undefined {
  const others = historyOf(records)
    .filter(({ undoTo, replicaSet }) => undoTo !== undefined && !tried.includes(replicaSet.uid))
    .map((entry) => ({ ...entry, verdict: verdict(entry.replicaSet) }));
  const fit = others.filter(
    (each) => each.verdict.kind !== 'failed' || each.verdict.goodBefore !== undefined,
  );
  const seen = fit.filter((each) => hasRun(each.verdict));
  return byPreference(needsImage && seen.length > 0 ? seen : fit)[0];
}

/** The deployment runs another ReplicaSet than it should. */
export function overtakenAdvice(): readonly Advice[] {
  const words =
    'Somebody or something has put another template in place: its managed fields say who. What puts it back again must be stopped first.';
  return [
    { words, action: 'showYaml' },
    { words: 'The events show what happened since.', action: 'showEvents' },
  ];
}

/** Lines of level error in the logs since the rollback. */
export function errorLinesAdvice(pods: readonly string[]): readonly Advice[] {
  const [pod] = pods;
  const words =
    'Read the lines in their place: errors that were there while it was healthy may not matter, new ones do.';
  return [{ words, action: 'showLogs', ...(pod === undefined ? {} : { target: pod }) }];
}

/** An address does not answer well; what the pods say comes first. */
export function endpointAdvice(
  records: DeploymentRecords | undefined,
  trouble: readonly Advice[],
): readonly Advice[] {
  if (trouble.length > 0) return trouble;
  const ready = records?.pods.some((pod) => pod.ready && !pod.terminating) ?? false;
  const words = ready
    ? 'Its pods are ready, and the address does not answer well: see what they log at that time; else it is between them and the address (Service, Ingress, DNS), or the address itself.'
    : 'No pod of it is ready: the address cannot answer before one is.';
  return [
    { words, action: ready ? 'showLogs' : 'describeDeployment' },
    { words: 'Where the address is wrong, set another.', action: 'configureEndpoints' },
  ];
}
