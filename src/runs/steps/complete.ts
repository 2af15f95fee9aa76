import { readDeployment, readReplicaSets } from '../../cluster/reads/deployments.ts';
import { rolloutStatus } from '../../domain/rollout/status.ts';
import { currentReplicaSet } from '../../domain/rollout/undo.ts';
import { overtakenAdvice } from '../../domain/runbook/advice.ts';
import type { Advice } from '../../domain/runbook/checks.ts';
import { troubleshoot } from '../troubleshooting.ts';
import { wantedRevision } from './pods-ready.ts';
import { seen, type StepHandler } from './step-handler.ts';

/** Whether the deployment is complete, and on the revision that was put back: read afresh. */
export const complete: StepHandler = async (place, _see, signal) => {
  const { connection, run } = place;
  const deployment = await readDeployment(connection.api, run.target, signal);
  const current = currentReplicaSet(deployment, await readReplicaSets(connection.api, deployment, signal));
  const uid = current?.metadata?.uid ?? '';
  const name = current?.metadata?.name ?? 'none';
  const wanted = wantedRevision(run);
  if (wanted !== undefined && wanted.replicaSetUid !== uid) {
    const words = `The deployment runs ReplicaSet ${name}, not the one that was put back.`;
    const evidence = [seen(place, words, 'failed')];
    return { state: 'failed', summary: 'another revision runs', evidence, advice: overtakenAdvice() };
  }
  const status = rolloutStatus(deployment, { replicaSetName: name });
  const words = `${status.error?.message ?? status.message} (ReplicaSet ${name})`;
  if (status.done) return { state: 'ok', summary: 'complete', evidence: [seen(place, words, 'ok')] };
  return {
    state: 'failed',
    summary: 'not complete',
    evidence: [seen(place, words, 'failed')],
    advice: [...(await troubleshoot(place, signal)), describe],
  };
};

const describe: Advice = {
  words: 'Describe the deployment: its conditions say what it waits for.',
  action: 'describeDeployment',
};
