import { historyOf } from '../../domain/rollout/history.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import { allPods, podScope, revisionScope } from '../panel/log-scope-pick.ts';
import type { Surroundings } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { podOf, replicaSetOf } from './target.ts';

/** The logs that a row of the tree stands for: a pod's, a revision's, else all of the deployment. */
export async function logScopeOf(
  { connections }: Surroundings,
  { context, namespace, name }: RunTarget,
  argument: unknown,
): Promise<ShownScope> {
  const podUid = podOf(argument);
  const replicaSetUid = replicaSetOf(argument);
  if (podUid === undefined && replicaSetUid === undefined) return allPods;
  const { store } = await connections.connect(context);
  await loadedStore(store);
  const records = store.find(namespace, name);
  const pod = records?.pods.find(({ uid }) => uid === podUid);
  if (pod !== undefined) return podScope(pod.uid, pod.name);
  const entry =
    records === undefined
      ? undefined
      : historyOf(records).find(({ replicaSet }) => replicaSet.uid === replicaSetUid);
  return entry === undefined ? allPods : revisionScope(entry);
}
