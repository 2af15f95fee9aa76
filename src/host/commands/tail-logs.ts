import { historyOf } from '../../domain/rollout/history.ts';
import { allPods, podScope, revisionScope } from '../panel/log-scope-pick.ts';
import type { ShownScope } from '../panel/panel-logs.ts';
import type { Command, Surroundings } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { podOf, replicaSetOf, targetOf } from './target.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';

/** Opens the runbook's log for a deployment, a revision or a pod. */
export const tailLogs: Command = {
  id: 'tailLogs',
  doing: 'Tail the logs',
  async run(surroundings, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(surroundings.connections, 'Tail Logs'));
    if (target !== undefined)
      await surroundings.panels.open(target, { logs: await scopeOf(surroundings, target, argument) });
  },
};

async function scopeOf(
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
  return entry === undefined ? allPods : revisionScope(entry.replicaSet.uid, entry.revision);
}
