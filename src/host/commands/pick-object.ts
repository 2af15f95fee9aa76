import type * as vscode from 'vscode';
import type { Connections } from '../../cluster/connections.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import type { ObjectKind, ObjectReference } from '../../domain/rollout/object-reference.ts';
import { podRow } from '../../views/tree/pod-row.ts';
import { revisionRow } from '../../views/tree/revision-row.ts';
import { sightOf } from '../../views/tree/row.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickFrom } from '../pick-from.ts';

interface Item extends vscode.QuickPickItem {
  readonly object?: ObjectReference;
}

/**
 * Lets the person choose a deployment, and then it or what is around it: its namespace, its revisions' ReplicaSets, its
 * pods, whichever of these kinds are asked for. Undefined when dismissed.
 */
export async function pickObject(
  connections: Connections,
  title: string,
  kinds: readonly ObjectKind[],
): Promise<ObjectReference | undefined> {
  const target = await pickDeployment(connections, title);
  if (target === undefined) return undefined;
  const { store } = await connections.connect(target.context);
  await loadedStore(store);
  const records = store.find(target.namespace, target.name);
  const { context, namespace } = target;
  const object = (kind: ObjectKind, name: string): ObjectReference => ({ context, namespace, kind, name });
  const sight = sightOf(store.state, Date.now());
  if (records === undefined) throw new Error(`${target.name} is not there any more.`);
  const history = historyOf(records);
  const numbers = new Map(history.map(({ replicaSet, revision }) => [replicaSet.uid, revision]));
  const items: readonly Item[] = [
    {
      label: `$(layers-active) ${target.name}`,
      description: kinds.includes('Namespace')
        ? 'the deployment with its ReplicaSets and pods'
        : 'the deployment',
      object: object('Deployment', target.name),
    },
    {
      label: `$(folder) ${namespace}`,
      description: 'everything in the namespace',
      object: object('Namespace', namespace),
    },
    ...records.pods.map((pod): Item => {
      const { icon, description } = podRow(pod, numbers.get(pod.ownerUid), sight);
      return {
        label: `$(${icon?.codicon ?? 'circle'}) ${pod.name}`,
        description: `Pod · ${description}`,
        object: object('Pod', pod.name),
      };
    }),
    ...history.map((entry): Item => {
      const row = revisionRow(entry, records, sight);
      return {
        label: `$(history) ${entry.replicaSet.name}`,
        description: `ReplicaSet of revision ${row.label} · ${row.description}`,
        object: object('ReplicaSet', entry.replicaSet.name),
      };
    }),
  ];
  const offered = items.filter((item) => item.object !== undefined && kinds.includes(item.object.kind));
  const chosen = await pickFrom(offered, {
    title: `${title}: ${target.name}`,
    placeHolder: 'Of what?',
    matchOnDescription: true,
  });
  return chosen?.object;
}
