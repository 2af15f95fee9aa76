import { historyOf } from '../domain/rollout/history.ts';
import type { DeploymentRecords } from '../domain/rollout/records.ts';

/** Old and new pods in words: `rev 9: 2/3 ready, rev 8: 1 left`. */
export function podsByRevision(records: DeploymentRecords): string {
  const { ready, desired } = records.deployment;
  if (records.podsUnseen !== undefined) return `${ready}/${desired} ready`;
  return historyOf(records)
    .filter(({ current, pods }) => current || pods.length > 0)
    .map(({ revision, current, pods }) => {
      const live = pods.filter(({ terminating, finished }) => !terminating && !finished);
      const ready = live.filter((pod) => pod.ready).length;
      const going = pods.length - live.length;
      const ending = going > 0 ? `, ${going} ending` : '';
      return current
        ? `rev ${revision ?? '?'}: ${ready}/${records.deployment.desired} ready${ending}`
        : `rev ${revision ?? '?'}: ${live.length} left${ending}`;
    })
    .join('; ');
}
