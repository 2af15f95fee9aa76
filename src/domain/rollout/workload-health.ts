import type { Health } from './health.ts';
import { mainProblem, problemWords, shortCause } from './pod-problem-words.ts';
import type { WorkloadRecords } from './workload-record.ts';

/** The health of a StatefulSet, DaemonSet or Argo Rollout: pods that cannot become ready come before what its status says. */
export function healthOfWorkload({ workload, pods }: WorkloadRecords): Health {
  const { status, desired, ready } = workload;
  // A pod that ended for good has been replaced, once enough others are ready.
  const failingPods = pods.filter(
    (pod) => pod.failing && !pod.terminating && !(pod.finished && ready >= desired),
  );
  const kind = mainProblem(failingPods);
  if (status.state === 'scaledToZero' || kind === undefined)
    return { ...status, since: undefined, failingPods };
  return {
    state: 'degraded',
    words: `Degraded: ${problemWords(failingPods)}`,
    cause: shortCause(kind),
    since: undefined,
    failingPods,
  };
}
