/** What is about to be written to a cluster, said before it is sent. */
export interface WriteIntent {
  readonly kind: 'rollBack';
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly fromRevision: number;
  readonly toRevision: number;
  /** uid of the ReplicaSet that is put back: revisions are renumbered, this stays. */
  readonly toReplicaSet: string;
}

/** What became of it: `unknown` means that neither the answer nor a later look at the cluster could tell. */
export type WriteOutcome =
  | { readonly kind: 'applied'; readonly generation: number }
  | { readonly kind: 'notApplied'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };
