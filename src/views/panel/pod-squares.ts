import type { PodRecord } from '../../domain/rollout/records.ts';
import type { PodSquares } from '../../shared/panel-model.ts';
import { shortPodName } from '../tree/pod-row.ts';
import type { PanelFacts } from './facts.ts';

/** Most squares of one revision that are drawn; the label tells the true number. */
const squaresShown = 40;

/** Old and new pods, by revision: the new one first. */
export function podSquares(facts: PanelFacts): readonly PodSquares[] {
  // None are drawn where they may not be seen: they would stand for pods that are not there.
  if (facts.records?.podsUnseen !== undefined) return [];
  const desired = facts.records?.deployment.desired ?? 0;
  const to = facts.run.rollback?.to.replicaSetUid ?? facts.current?.replicaSetUid;
  return facts.history
    .filter(({ replicaSet, pods }) => pods.length > 0 || replicaSet.uid === to)
    .toSorted((a, b) => Number(b.replicaSet.uid === to) - Number(a.replicaSet.uid === to))
    .map(({ revision, replicaSet, pods }) => {
      const live = pods.filter(({ finished }) => !finished);
      const missing = replicaSet.uid === to ? Math.max(0, desired - live.length) : 0;
      const awaited = Array.from(
        { length: missing },
        (_, index) => ({ name: `awaited ${index + 1}`, state: 'waiting', title: 'not created yet' }) as const,
      );
      return {
        label: `rev ${revision ?? '?'} · ${live.filter(({ ready }) => ready).length}/${replicaSet.uid === to ? desired : live.length}`,
        pods: [...live.map(square), ...awaited].slice(0, squaresShown),
      };
    });
}

function square(pod: PodRecord): PodSquares['pods'][number] {
  const state = pod.terminating ? 'gone' : pod.failing ? 'failing' : pod.ready ? 'ready' : 'waiting';
  return {
    name: shortPodName(pod.name),
    state,
    title: `${pod.name}: ${pod.state}${pod.ready ? ', ready' : ''}`,
  };
}
