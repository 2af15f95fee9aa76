import type { Connections } from '../../cluster/connections.ts';
import type { ObjectKind, ObjectReference } from '../../domain/rollout/object-reference.ts';
import { loadedStore } from './loaded-store.ts';
import { isTarget, podOf, replicaSetOf, targetOf } from './target.ts';

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
  if (target === undefined) return undefined;
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

function isReference(value: unknown): value is ObjectReference {
  return isTarget(value) && 'kind' in value && typeof value.kind === 'string' && kinds.has(value.kind);
}

function namespaceOf(value: unknown): ObjectReference | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, context, namespace } = value as Readonly<Record<string, unknown>>;
  if (kind !== 'namespace' || typeof context !== 'string' || typeof namespace !== 'string') return undefined;
  return { context, namespace, kind: 'Namespace', name: namespace };
}
