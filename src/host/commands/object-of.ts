import type { Connections } from '../../cluster/connections.ts';
import type { ObjectKind, ObjectReference } from '../../domain/rollout/object-reference.ts';
import { loadedStore } from './loaded-store.ts';
import { isTarget, podOf, replicaSetOf, targetOf, textField } from './target.ts';

const kinds: ReadonlySet<string> = new Set<ObjectKind>([
  'Namespace',
  'Deployment',
  'ReplicaSet',
  'Pod',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
]);

/**
 * The object that a row of the tree stands for: a namespace, a deployment, a revision's ReplicaSet, a pod, or what the row
 * names itself. Undefined from the palette. Throws where the row's object is gone.
 */
export async function objectOf(
  connections: Connections,
  argument: unknown,
): Promise<ObjectReference | undefined> {
  if (isReference(argument)) {
    const { context, namespace, kind, name } = argument;
    return { context, namespace, kind, name };
  }
  const namespace = namespaceOf(argument);
  if (namespace !== undefined) return namespace;
  const target = targetOf(argument);
  if (target === undefined) return workloadObject(connections, argument);
  const uid = podOf(argument) ?? replicaSetOf(argument);
  if (uid === undefined) return { ...target, kind: 'Deployment' };
  const { store } = await connections.connect(target.context);
  await loadedStore(store);
  const records = store.find(target.namespace, target.name);
  const kind = podOf(argument) === undefined ? 'ReplicaSet' : 'Pod';
  const found = (kind === 'Pod' ? records?.pods : records?.replicaSets)?.find((one) => one.uid === uid);
  if (found === undefined) throw new Error(`This ${kind} of ${target.name} is gone.`);
  return { context: target.context, namespace: target.namespace, kind, name: found.name };
}

/** A StatefulSet's, DaemonSet's or Rollout's row, or that of one of its pods, which knows them by uid. */
async function workloadObject(
  connections: Connections,
  argument: unknown,
): Promise<ObjectReference | undefined> {
  const context = textField(argument, 'context');
  const owner = textField(argument, 'workloadUid');
  const uid = owner ?? (textField(argument, 'kind') === 'workload' ? textField(argument, 'uid') : undefined);
  if (context === undefined || uid === undefined) return undefined;
  const { store } = await connections.connect(context);
  await loadedStore(store);
  const records = store.workload(uid);
  if (records === undefined) throw new Error('This row’s object is gone.');
  const { namespace, kind, name } = records.workload;
  if (owner === undefined) return { context, namespace, kind, name };
  const pod = records.pods.find((one) => one.uid === podOf(argument));
  if (pod === undefined) throw new Error(`This pod of ${name} is gone.`);
  return { context, namespace, kind: 'Pod', name: pod.name };
}

function isReference(value: unknown): value is ObjectReference {
  return isTarget(value) && 'kind' in value && typeof value.kind === 'string' && kinds.has(value.kind);
}

function namespaceOf(value: unknown): ObjectReference | undefined {
  const context = textField(value, 'context');
  const namespace = textField(value, 'namespace');
  if (textField(value, 'kind') !== 'namespace' || context === undefined || namespace === undefined)
    return undefined;
  return { context, namespace, kind: 'Namespace', name: namespace };
}
