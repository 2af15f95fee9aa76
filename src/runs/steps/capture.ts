import { ApiError } from '../../cluster/errors/api-error.ts';
import { readPodMetrics } from '../../cluster/reads/metrics.ts';
import { currentRecord } from '../../domain/rollout/history.ts';
import type { DeploymentRecords, PodRecord } from '../../domain/rollout/records.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import { type PodUsage, podUsages } from '../../domain/usage/pod-usage.ts';
import { captureFailingLogs } from '../log-capture.ts';
import { CapturedLogs } from '../log-captured.ts';
import { captureResult, capturedEarlier, type Usage } from './capture-words.ts';
import { cannotTell, notSeen, seen, type StepHandler, type StepPlace } from './step-handler.ts';
import { whenLive } from './when-live.ts';

/** How often it is told how far the reading is. */
const mostLooks = 10;

/**
 * Keeps what is gone after the rollback: the last lines of the failing revision's pods and of their containers' runs before,
 * their restarts, and what they use. Carried out again it adds to what is kept, and loses nothing of it.
 */
export const capture: StepHandler = async (place, see, signal) => {
  const { connection, run, clock, settings } = place;
  const folder = settings.attachments;
  const records = await knownRecords(place, signal);
  if (records === undefined) return notSeen(place);
  if (records.podsUnseen !== undefined) return cannotTell(place, records.podsUnseen);
  const uid = failingReplicaSet(run, records);
  const pods = records.pods.filter(({ ownerUid }) => ownerUid === uid).toSorted(worstFirst);
  if (pods.length === 0) return nothingThere(place, (await CapturedLogs.open(folder))?.summary);
  const usage = readUsage(place, records, pods, signal);
  const captured = await captureFailingLogs({
    api: connection.api,
    clock,
    pods,
    revision: records.replicaSets.find((each) => each.uid === uid)?.revision,
    folder,
    signal,
    onProgress: ({ done, all }) => {
      // Each look is a record of the journal: a few tell enough.
      if (done % Math.ceil(all / mostLooks) === 0)
        see({ state: 'running', summary: `${done} of ${all} logs`, evidence: [] });
    },
  });
  return captureResult(place, pods, captured, await usage);
};

/** What is known at once: pods that are about to go cannot wait for a connection. */
async function knownRecords(
  { connection, run, clock }: StepPlace,
  signal: AbortSignal,
): Promise<DeploymentRecords | undefined> {
  const { store } = connection;
  const find = () => store.find(run.target.namespace, run.target.name);
  const known = find();
  if (known !== undefined && known.pods.length > 0) return known;
  return (await whenLive(store, clock, signal)) ? find() : undefined;
}

/** The one that is rolled back from; the current one as long as there is no rollback. */
function failingReplicaSet(
  { rollback }: RunState,
  { deployment, replicaSets }: DeploymentRecords,
): string | undefined {
  return rollback !== undefined && rollback.outcome?.kind !== 'notApplied'
    ? rollback.from.replicaSetUid
    : currentRecord(deployment, replicaSets)?.uid;
}

function worstFirst(a: PodRecord, b: PodRecord): number {
  return Number(b.failing) - Number(a.failing) || Number(a.ready) - Number(b.ready);
}

function nothingThere(place: StepPlace, earlier: CapturedLogs['summary'] | undefined) {
  if (earlier !== undefined) return capturedEarlier(place, earlier);
  const words = 'There is no pod of the failing revision: it has no log that could be kept.';
  return {
    state: 'warning',
    summary: 'no pods',
    detail: words,
    evidence: [seen(place, words, 'warning')],
  } as const;
}

/** What the pods use, where the metrics API tells; it may not hold up the logs, nor fail with them. */
async function readUsage(
  { connection }: StepPlace,
  { deployment }: DeploymentRecords,
  pods: readonly PodRecord[],
  signal: AbortSignal,
): Promise<Usage> {
  const { namespace, selector } = deployment;
  try {
    const metrics = await readPodMetrics(connection.api, { namespace, labelSelector: selector }, signal);
    const names = new Set(pods.map(({ name }) => name));
    const own: readonly PodUsage[] = podUsages([], metrics).filter(({ name }) => names.has(name));
    return { pods: new Map(own.map((each) => [each.name, each])), missing: undefined };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      pods: new Map(),
      missing: error.reason === 'notFound' ? 'the cluster has no metrics API' : error.message,
    };
  }
}
