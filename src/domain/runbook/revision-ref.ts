/** A revision as it was when it was spoken of: its number may change, its ReplicaSet's uid does not. */
export interface RevisionRef {
  readonly revision: number;
  readonly replicaSetUid: string;
  readonly replicaSetName: string;
  /** Image tags, short: `v2.3.1`. */
  readonly version: string;
}
