import { currentRecord } from '../rollout/history.ts';
import type { DeploymentRecords } from '../rollout/records.ts';
import type { RunState } from './state.ts';

/**
 * Whether somebody has deployed another revision since this run's rollback ended: that is another story, with a run of its
 * own, which a person begins. The bad revision put back is not: it is this run's failure come again. False while the controller has not yet seen
 * the newest spec.
 */
export function isSuperseded(
  { rollback }: RunState,
  { deployment, replicaSets }: DeploymentRecords,
): boolean {
  if (rollback?.outcome?.kind !== 'applied' || rollback.end === undefined) return false;
  if (deployment.generation <= rollback.outcome.generation) return false;
  if (deployment.observedGeneration < deployment.generation) return false;
  const uid = currentRecord(deployment, replicaSets)?.uid;
  return uid !== undefined && uid !== rollback.to.replicaSetUid && uid !== rollback.from.replicaSetUid;
}
