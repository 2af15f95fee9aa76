/** A change of a Deployment other than a rollback. */
export type Operation =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** `restartedAt`: RFC 3339, what the pods carry as an annotation afterwards. */
  | { readonly kind: 'restart'; readonly restartedAt: string }
  | { readonly kind: 'scale'; readonly fromReplicas: number; readonly toReplicas: number };

interface RollBack {
  readonly kind: 'rollBack';
  readonly fromRevision: number;
  readonly toRevision: number;
  /** uid of the ReplicaSet that is put back: revisions are renumbered, this stays. */
  readonly toReplicaSet: string;
}

interface Place {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The Deployment's metadata.generation that the write is made for; runs of before do not say it. */
  readonly generation?: number;
}

/** What is about to be written to a cluster, said before it is sent. */
export type WriteIntent = Place & (RollBack | Operation);
export type RollbackIntent = Place & RollBack;
export type OperationIntent = Place & Operation;

/** What became of it: `unknown` means that neither the answer nor a later look at the cluster could tell. */
export type WriteOutcome =
  | { readonly kind: 'applied'; readonly generation: number }
  | { readonly kind: 'notApplied'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };
