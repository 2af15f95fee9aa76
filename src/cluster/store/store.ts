import type {
  DeploymentRecord,
  DeploymentRecords,
  PodRecord,
  ReplicaSetRecord,
} from '../../domain/rollout/records.ts';
import type { WorkloadRecord, WorkloadRecords } from '../../domain/rollout/workload-record.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { ApiServer } from '../api-server.ts';
import { ChangeTeller, type StoreChange } from './change-teller.ts';
import { KindWatch } from './kind-watch.ts';
import { NameIndex } from './name-index.ts';
import type { NamespaceSource } from './namespaces.ts';
import { StartQueue } from '../watch/start-queue.ts';
import { StoreScopes } from './store-scopes.ts';
import type { StoreScope, StoreState } from './store-state.ts';
import { Table } from './table.ts';
import {
  argoRolloutKind,
  daemonSetKind,
  deploymentKind,
  podKind,
  replicaSetKind,
  statefulSetKind,
} from './watched-kinds.ts';

export type { StoreChange } from './change-teller.ts';
export type { StoreState } from './store-state.ts';

/**
 * The Deployments of one cluster with their ReplicaSets and Pods, and its StatefulSets, DaemonSets and Argo Rollouts,
 * kept true by a watch for each kind, as slim records.
 */
export class ClusterStore {
  readonly #changes: ChangeTeller;
  readonly #scopes: StoreScopes;
  readonly #deployments = new Table<DeploymentRecord>();
  readonly #names = new NameIndex<DeploymentRecord>();
  readonly #replicaSets = new Table<ReplicaSetRecord>(({ ownerUid }) => ownerUid);
  readonly #pods = new Table<PodRecord>(({ ownerUid }) => ownerUid);
  readonly #statefulSets = new Table<WorkloadRecord>();
  readonly #daemonSets = new Table<WorkloadRecord>();
  readonly #rollouts = new Table<WorkloadRecord>();
  readonly #others = [this.#statefulSets, this.#daemonSets, this.#rollouts];

  /** `namespaces` are looked at one by one where the user may not list the whole cluster. */
  constructor(api: ApiServer, clock: Clock, namespaces: NamespaceSource) {
    const changes = (this.#changes = new ChangeTeller(clock));
    const state = () => this.#scopes.changed();
    const starts = new StartQueue(6);
    const owned = (uid: string) => this.#tell(uid);
    const workload = { row: ({ uid }: WorkloadRecord) => changes.workload(uid), state };
    this.#scopes = new StoreScopes(
      clock,
      namespaces,
      {
        deployments: new KindWatch(deploymentKind, this.#deployments, api, clock, starts, {
          row: (row) => this.#see(row),
          state,
        }),
        replicaSets: new KindWatch(replicaSetKind, this.#replicaSets, api, clock, starts, {
          row: ({ ownerUid }) => owned(ownerUid),
          state,
        }),
        pods: new KindWatch(podKind, this.#pods, api, clock, starts, {
          row: ({ ownerUid }) => owned(this.#replicaSets.get(ownerUid)?.ownerUid ?? ownerUid),
          state,
        }),
        others: [
          new KindWatch(statefulSetKind, this.#statefulSets, api, clock, starts, workload),
          new KindWatch(daemonSetKind, this.#daemonSets, api, clock, starts, workload),
          new KindWatch(argoRolloutKind, this.#rollouts, api, clock, starts, workload),
        ],
      },
      () => this.#names.namespaces(),
      () => changes.state(),
    );
    this.#scopes.start();
  }

  get state(): StoreState {
    return this.#scopes.state;
  }

  /** Where it looks: in the whole cluster, or in namespaces, each with a state of its own; and what it may not see there. */
  get scope(): StoreScope {
    return this.#scopes.scope;
  }

  deployments(): IterableIterator<DeploymentRecord> {
    return this.#deployments.all();
  }

  find(namespace: string, name: string): DeploymentRecords | undefined {
    const deployment = this.#names.get(namespace, name);
    return deployment === undefined ? undefined : this.#with(deployment);
  }

  records(uid: string): DeploymentRecords | undefined {
    const deployment = this.#deployments.get(uid);
    return deployment === undefined ? undefined : this.#with(deployment);
  }

  /** StatefulSets, DaemonSets and Argo Rollouts: those that the user may list, of the kinds that the cluster has. */
  *workloads(): Generator<WorkloadRecord> {
    for (const table of this.#others) yield* table.all();
  }

  workload(uid: string): WorkloadRecords | undefined {
    const workload = this.#workload(uid);
    if (workload === undefined) return undefined;
    const ofSets = this.#replicaSets.ownedBy(uid).flatMap((set) => this.#pods.ownedBy(set.uid));
    return { workload, pods: [...this.#pods.ownedBy(uid), ...ofSets] };
  }

  onDidChange(listener: (change: StoreChange) => void): Ending {
    return this.#changes.onDidChange(listener);
  }

  /** Lists everything again, e.g. after a new login. */
  refresh(): void {
    this.#scopes.refresh();
  }

  dispose(): void {
    this.#scopes.dispose();
    this.#changes.dispose();
  }

  #with(deployment: DeploymentRecord): DeploymentRecords {
    const replicaSets = this.#replicaSets.ownedBy(deployment.uid);
    return {
      deployment,
      replicaSets,
      pods: replicaSets.flatMap(({ uid }) => this.#pods.ownedBy(uid)),
      ...this.#scopes.unseenParts(deployment.namespace),
    };
  }

  #workload(uid: string): WorkloadRecord | undefined {
    return this.#statefulSets.get(uid) ?? this.#daemonSets.get(uid) ?? this.#rollouts.get(uid);
  }

  /** A Deployment as it is now, or was when it went. */
  #see(deployment: DeploymentRecord): void {
    const { uid } = deployment;
    const now = this.#deployments.get(uid);
    if (now === undefined) this.#names.delete(deployment);
    else if (this.#names.set(now)) this.#scopes.cover();
    this.#changes.deployment(uid);
  }

  /** Tells of a change below `owner`. Where that is not known yet its coming will be told itself. */
  #tell(owner: string): void {
    if (this.#deployments.get(owner) !== undefined) this.#changes.deployment(owner);
    else if (this.#workload(owner) !== undefined) this.#changes.workload(owner);
  }
}
