import { deploymentRecord } from '../../../src/domain/rollout/deployment-record.ts';
import { historyOf } from '../../../src/domain/rollout/history.ts';
import type { DeploymentJson, ReplicaSetJson } from '../../../src/domain/rollout/json.ts';
import { replicaSetRecord } from '../../../src/domain/rollout/replica-set-record.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';

/** A revision's number and its change-cause. */
export type HistoryRow = readonly [number, string];

/** What `kubectl rollout history` prints of each Deployment of a namespace. */
export async function kubectlHistories(
  cluster: Cluster,
  namespace: string,
): Promise<ReadonlyMap<string, readonly HistoryRow[]>> {
  const printed = await cluster.kubectl(['rollout', 'history', 'deployment', '-n', namespace]);
  const parts = printed.split(/^deployment\.apps\/(\S+) $/m).slice(1);
  return new Map(
    Array.from({ length: parts.length / 2 }, (_, index) => {
      const [name = '', table = ''] = parts.slice(index * 2);
      const rows = [...table.matchAll(/^(-?\d+) +(.*)$/gm)];
      return [name, rows.map(([, number, cause = '']) => [Number(number), cause] as const)];
    }),
  );
}

/** What the tree shows of a Deployment, newest first. */
export function treeHistory(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): readonly HistoryRow[] {
  const own = replicaSets
    .map(replicaSetRecord)
    .filter(({ ownerUid }) => ownerUid === deployment.metadata?.uid);
  const entries = historyOf({ deployment: deploymentRecord(deployment), replicaSets: own, pods: [] });
  return entries.flatMap(({ revision, replicaSet }): readonly HistoryRow[] =>
    revision === undefined ? [] : [[revision, replicaSet.changeCause ?? '<none>']],
  );
}
