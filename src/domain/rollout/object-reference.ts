/** Kinds of objects that a person can look at. */
export type ObjectKind =
  'Namespace' | 'Deployment' | 'ReplicaSet' | 'Pod' | 'StatefulSet' | 'DaemonSet' | 'Rollout';

/** One object of one cluster by name. A Namespace's name is in `namespace` and `name`. */
export interface ObjectReference {
  readonly context: string;
  readonly namespace: string;
  readonly kind: ObjectKind;
  readonly name: string;
}
