/** A container's name and the image its template or pod asks for. */
export interface ContainerImage {
  readonly name: string;
  readonly image: string;
}

/** A Deployment's condition, as its controller writes it (`Progressing`, `Available`, `ReplicaFailure`). */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** RFC 3339. */
  readonly lastTransitionTime: string;
}

/** What the store keeps of a Deployment: enough for the tree and for health, never the whole object. */
export interface DeploymentRecord {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly generation: number;
  readonly observedGeneration: number;
  /** Replica counts: `desired` is spec.replicas, the others are status. */
  readonly desired: number;
  readonly total: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  /** Which pods are its own, in a query's spelling: `app=api`. */
  readonly selector: string;
  readonly paused: boolean;
  /** The annotation deployment.kubernetes.io/revision, 0 where it is missing or no number. */
  readonly revision: number;
  readonly images: readonly ContainerImage[];
  readonly conditions: readonly Condition[];
  /** RFC 3339. */
  readonly createdAt: string;
}

/** What the store keeps of a ReplicaSet, which is one revision of its Deployment. */
export interface ReplicaSetRecord {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** uid of the controlling Deployment. */
  readonly ownerUid: string;
  /** The annotation deployment.kubernetes.io/revision: 0 where missing, undefined where it is no int64. */
  readonly revision: number | undefined;
  /** The numbers that it had before, oldest first: a rollback to it gives it a new one. Empty for most. */
  readonly formerRevisions: readonly number[];
  readonly templateHash: string;
  /** kubernetes.io/change-cause of the ReplicaSet, else of its template. */
  readonly changeCause: string | undefined;
  readonly images: readonly ContainerImage[];
  readonly desired: number;
  readonly ready: number;
  /** RFC 3339. A ReplicaSet that is used again keeps it: it does not tell when the revision ran last. */
  readonly createdAt: string;
}

/** How a container ended the last time it ran. */
export interface LastTermination {
  readonly container: string;
  readonly reason: string;
  readonly exitCode: number;
  /** RFC 3339. */
  readonly finishedAt: string;
}

/** What keeps a pod from being Ready. The first seven do not pass without help; the others may. */
export type PodProblemKind =
  | 'crashLoop'
  | 'outOfMemory'
  | 'imagePull'
  | 'configuration'
  | 'startError'
  | 'evicted'
  | 'failed'
  | 'nodeLost'
  | 'unschedulable'
  | 'notReady';

export interface PodProblem {
  readonly kind: PodProblemKind;
  /** The container it was seen at, undefined where it is the whole pod's. */
  readonly container: string | undefined;
  /** Whether that is an init container. */
  readonly init: boolean;
  /** The image that cannot be pulled, the kubelet's or scheduler's sentence, the probe that has not passed. */
  readonly detail: string;
}

/** What the store keeps of a Pod. */
export interface PodRecord {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** uid of the controlling ReplicaSet. */
  readonly ownerUid: string;
  /** The word of `kubectl get pods` in its STATUS column: Running, CrashLoopBackOff, Init:Error, Terminating … */
  readonly state: string;
  /** The kubelet's sentence about the state, where it gives one. */
  readonly message: string | undefined;
  /** True where the pod can never become Ready in this state without help (a crash loop, an image that cannot be pulled …). */
  readonly failing: boolean;
  /** Undefined where nothing is known to be wrong, and for a pod that is being deleted. */
  readonly problem: PodProblem | undefined;
  /** Whether the pod ended for good (phase Failed or Succeeded): its ReplicaSet has replaced it. */
  readonly finished: boolean;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly restarts: number;
  readonly lastTermination: LastTermination | undefined;
  /** Names of the init containers, then of the containers. */
  readonly containers: readonly string[];
  readonly node: string | undefined;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** A Deployment with the ReplicaSets it controls and their Pods: the unit that health, tree and panel work on. */
export interface DeploymentRecords {
  readonly deployment: DeploymentRecord;
  readonly replicaSets: readonly ReplicaSetRecord[];
  readonly pods: readonly PodRecord[];
  /** Why its ReplicaSets may not be seen, in words; then `replicaSets` and `pods` are empty and tell nothing. */
  readonly revisionsUnseen?: string;
  /** Why its pods may not be seen, in words; then `pods` is empty and tells nothing. */
  readonly podsUnseen?: string;
}
