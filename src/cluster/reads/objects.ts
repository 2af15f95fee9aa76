import type { ObjectKind, ObjectReference } from '../../domain/rollout/object-reference.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';
import { exactBody } from '../http/json-body.ts';
import { watch, type WatchedObject } from '../watch/watch.ts';

type Named = Omit<ObjectReference, 'context'>;

const resources: Readonly<Record<ObjectKind, { readonly group: string; readonly resource: string }>> = {
  Namespace: { group: '/api/v1', resource: 'namespaces' },
  Pod: { group: '/api/v1', resource: 'pods' },
  Deployment: { group: '/apis/apps/v1', resource: 'deployments' },
  ReplicaSet: { group: '/apis/apps/v1', resource: 'replicasets' },
  StatefulSet: { group: '/apis/apps/v1', resource: 'statefulsets' },
  DaemonSet: { group: '/apis/apps/v1', resource: 'daemonsets' },
  Rollout: { group: '/apis/argoproj.io/v1alpha1', resource: 'rollouts' },
};

function collectionPath({ kind, namespace }: Named): string {
  const { group, resource } = resources[kind];
  return kind === 'Namespace'
    ? `${group}/${resource}`
    : `${group}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}

/** One object as it is now, whole, raw and exact. Throws ApiError. */
export async function readObject<Json extends object>(
  api: ApiServer,
  object: Named,
  signal: AbortSignal,
): Promise<Json> {
  return exactBody<Json>(
    await api.get(`${collectionPath(object)}/${encodeURIComponent(object.name)}`, {}, { signal }),
  );
}

/** What a watch of one object tells. */
export interface ObjectListener {
  /** It is there, made anew or changed. */
  changed(): void;
  /** It is not there, or not any more. */
  gone(): void;
  /** Changes are not seen at present, or never will be where watching is not allowed. */
  blind(error: ApiError): void;
  /** Changes are seen. */
  live(): void;
}

/** Tells of each change of one object until `signal` aborts or watching is refused. What it is now, a reading says. */
export function followObject(
  api: ApiServer,
  clock: Clock,
  object: Named,
  listener: ObjectListener,
  signal: AbortSignal,
): Promise<void> {
  let listed = false;
  return watch(
    api,
    clock,
    {
      path: collectionPath(object),
      fieldSelector: `metadata.name=${object.name}`,
      fields: {},
      read: ({ metadata }: WatchedObject) => metadata?.uid,
    },
    {
      begin: () => (listed = false),
      upsert() {
        listed = true;
        listener.changed();
      },
      remove: () => listener.gone(),
      whole() {
        if (!listed) listener.gone();
      },
      live: () => listener.live(),
      stale: (error) => listener.blind(error),
      refused: (error) => listener.blind(error),
    },
    signal,
  );
}
