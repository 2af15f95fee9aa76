import { ApiError } from '../cluster/errors/api-error.ts';
import type { Connection } from '../cluster/connections.ts';
import { type Permission, reviewPermissions } from '../cluster/permissions.ts';
import { readNode, readNodeUsage } from '../cluster/reads/nodes.ts';
import { nodeTrouble } from '../domain/rollout/node-pressure.ts';
import type { DeploymentRecords } from '../domain/rollout/records.ts';
import { podAdvice, type Trouble } from '../domain/runbook/advice.ts';
import type { Advice } from '../domain/runbook/checks.ts';
import { isWritten, type RunState } from '../domain/runbook/state.ts';

/** Most nodes that are looked at. */
const mostNodes = 5;
/** Advice may not keep a person waiting: what has not answered by then is not known. In ms. */
const timeoutMs = 3_000;

const getNodes: Permission = { verb: 'get', group: '', resource: 'nodes', clusterWide: true };
const getUsage: Permission = { ...getNodes, group: 'metrics.k8s.io' };

/** Where a deployment's trouble is looked into. */
export interface TroublePlace {
  readonly connection: Pick<Connection, 'api' | 'writer' | 'store'>;
  readonly settings: Pick<Trouble, 'verdict'>;
  readonly run: RunState;
}

/**
 * What to do next about a deployment that does not come up, from what the cluster shows of its pods now, and of their nodes
 * where that may be read. Empty where nothing is known to be wrong. Throws ApiError only where `signal` aborts.
 */
export async function troubleshoot(place: TroublePlace, signal: AbortSignal): Promise<readonly Advice[]> {
  const { connection, settings, run } = place;
  const records = connection.store.find(run.target.namespace, run.target.name);
  if (records === undefined) return [];
  const back = isWritten(run.rollback) ? run.rollback : undefined;
  const replicaSetUid = back?.to.replicaSetUid;
  return podAdvice({
    records,
    replicaSetUid,
    rolledBackFrom: back?.from.replicaSetUid,
    nodes: await nodesOf(connection, records, replicaSetUid, signal),
    verdict: (replicaSet) => settings.verdict(replicaSet),
  });
}

/** What is wrong with the nodes of the pods that are not ready, by name; those that may not be read are left out. */
async function nodesOf(
  { api, writer }: TroublePlace['connection'],
  { pods }: DeploymentRecords,
  replicaSetUid: string | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const stuck = pods.filter(
    ({ ready, terminating, ownerUid }) =>
      !ready && !terminating && (replicaSetUid === undefined || ownerUid === replicaSetUid),
  );
  const names = [...new Set(stuck.flatMap(({ node }) => node ?? []))].slice(0, mostNodes);
  if (names.length === 0) return new Map();
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const answers = await unlessFailed(reviewPermissions(writer, '', [getNodes, getUsage], within), signal);
  const may = (asked: Permission) =>
    answers?.some(({ permission, allowed }) => allowed && permission === asked);
  if (may(getNodes) !== true) return new Map();
  const found = await Promise.all(
    names.map(async (name) => {
      const [node, usage] = await Promise.all([
        unlessFailed(readNode(api, name, within), signal),
        may(getUsage) === true ? unlessFailed(readNodeUsage(api, name, within), signal) : undefined,
      ]);
      return node === undefined ? undefined : ([name, nodeTrouble(node, usage)] as const);
    }),
  );
  return new Map(found.filter((each) => each !== undefined));
}

/** Undefined where the cluster does not tell: forbidden, not installed, not in time. Throws where `signal` has aborted. */
async function unlessFailed<Value>(asked: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && !signal.aborted) return undefined;
    throw error;
  }
}
