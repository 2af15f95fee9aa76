import { type ArgoRolloutJson, argoRolloutRecord } from '../domain/rollout/argo-rollout-record.ts';
import { type DaemonSetJson, daemonSetRecord } from '../domain/rollout/daemon-set-record.ts';
import { deploymentRecord } from '../domain/rollout/deployment-record.ts';
import type { DeploymentJson, PodJson, ReplicaSetJson } from '../domain/rollout/json.ts';
import { podRecord } from '../domain/rollout/pod-record.ts';
import type {
  DeploymentRecord,
  DeploymentRecords,
  PodRecord,
  ReplicaSetRecord,
} from '../domain/rollout/records.ts';
import { replicaSetRecord } from '../domain/rollout/replica-set-record.ts';
import { type StatefulSetJson, statefulSetRecord } from '../domain/rollout/stateful-set-record.ts';
import type { WorkloadKind, WorkloadRecord, WorkloadRecords } from '../domain/rollout/workload-record.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import type { ApiError } from './api-error.ts';
import type { ApiServer } from './api-server.ts';
import { Table } from './table.ts';
import { watch, type WatchListener, type WatchedObject } from './watch.ts';

/** Whether what the store holds is what the cluster holds now. */
export type StoreState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** `since`: ms since the epoch, when it was last true; undefined where nothing was ever seen. */
  | { readonly kind: 'stale'; readonly since: number | undefined; readonly error: ApiError }
  | { readonly kind: 'refused'; readonly error: ApiError };

export interface StoreChange {
  /** uids of the Deployments with a change in themselves, their ReplicaSets or Pods; `all` after a new list. */
  readonly deployments: ReadonlySet<string> | 'all';
  /** The same of StatefulSets, DaemonSets and Argo Rollouts. */
  readonly workloads: ReadonlySet<string> | 'all';
}

/** Changes are told together, at most this often: a crash loop of 300 pods is one change. */
const tellAfterMs = 50;

/** The Deployments of one cluster with their ReplicaSets and Pods, kept true by three watches, as slim records. */
export class ClusterStore {
  readonly #api: ApiServer;
  readonly #clock: Clock;
  readonly #fallbackNamespace: string;
  readonly #deployments = new Table<DeploymentRecord>(() => undefined);
  readonly #replicaSets = new Table<ReplicaSetRecord>(({ ownerUid }) => ownerUid);
  readonly #pods = new Table<PodRecord>(({ ownerUid }) => ownerUid);
  readonly #workloads: Readonly<Record<WorkloadKind, Table<WorkloadRecord>>> = {
    StatefulSet: new Table(() => undefined),
    DaemonSet: new Table(() => undefined),
    Rollout: new Table(() => undefined),
  };
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #watching = new AbortController();
  #lacking = new Set<string>();
  #stale: { readonly since: number | undefined; readonly error: ApiError } | undefined;
  #refused: ApiError | undefined;
  #namespace: string | undefined;
  #changed: Set<string> | 'all' = new Set();
  #changedWorkloads: Set<string> | 'all' = new Set();
  #telling: Ending | undefined;

  /** `fallbackNamespace` is watched alone where the user may not list the whole cluster. */
  constructor(api: ApiServer, clock: Clock, fallbackNamespace: string) {
    this.#api = api;
    this.#clock = clock;
    this.#fallbackNamespace = fallbackNamespace;
    this.#start(undefined);
  }

  get state(): StoreState {
    if (this.#refused !== undefined) return { kind: 'refused', error: this.#refused };
    if (this.#stale !== undefined) return { kind: 'stale', ...this.#stale };
    return this.#lacking.size > 0 ? { kind: 'connecting' } : { kind: 'live' };
  }

  /** The one namespace that can be seen, where the user may not list the whole cluster; else undefined. */
  get onlyNamespace(): string | undefined {
    return this.#namespace;
  }

  deployments(): IterableIterator<DeploymentRecord> {
    return this.#deployments.all();
  }

  find(namespace: string, name: string): DeploymentRecords | undefined {
    for (const deployment of this.#deployments.all())
      if (deployment.namespace === namespace && deployment.name === name) return this.#with(deployment);
    return undefined;
  }

  records(uid: string): DeploymentRecords | undefined {
    const deployment = this.#deployments.get(uid);
    return deployment === undefined ? undefined : this.#with(deployment);
  }

  /** StatefulSets, DaemonSets and Argo Rollouts: those that the user may list, of the kinds that the cluster has. */
  *workloads(): Generator<WorkloadRecord> {
    for (const table of Object.values(this.#workloads)) yield* table.all();
  }

  workload(uid: string): WorkloadRecords | undefined {
    for (const table of Object.values(this.#workloads)) {
      const workload = table.get(uid);
      if (workload === undefined) continue;
      const ofSets = this.#replicaSets.ownedBy(uid).flatMap((set) => this.#pods.ownedBy(set.uid));
      return { workload, pods: [...this.#pods.ownedBy(uid), ...ofSets] };
    }
    return undefined;
  }

  onDidChange(listener: (change: StoreChange) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Lists everything again, e.g. after a new login. */
  refresh(): void {
    this.#watching.abort();
    this.#start(undefined);
  }

  dispose(): void {
    this.#watching.abort();
    this.#telling?.dispose();
    this.#listeners.clear();
  }

  #with(deployment: DeploymentRecord): DeploymentRecords {
    const replicaSets = this.#replicaSets.ownedBy(deployment.uid);
    return { deployment, replicaSets, pods: replicaSets.flatMap(({ uid }) => this.#pods.ownedBy(uid)) };
  }

  #start(namespace: string | undefined): void {
    this.#watching = new AbortController();
    this.#namespace = namespace;
    this.#refused = undefined;
    this.#stale = undefined;
    const { signal } = this.#watching;
    const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
    const run = <Json extends WatchedObject, Row extends { readonly uid: string }>(
      path: string,
      table: Table<Row>,
      read: (json: Json) => Row | undefined,
      owner: (row: Row) => string | undefined,
    ) => {
      this.#lacking.add(path);
      const listener = this.#listener(path, table, owner, signal);
      void watch(this.#api, this.#clock, { path, read }, listener, signal);
    };
    const runOther = <Json extends WatchedObject>(
      kind: WorkloadKind,
      path: string,
      read: (json: Json) => WorkloadRecord,
    ) => {
      const listener = this.#otherListener(this.#workloads[kind]);
      void watch(this.#api, this.#clock, { path, read }, listener, signal);
    };
    // What the API server sends on a path is of that path's kind: the record makers read it with care.
    this.#lacking.clear();
    run(
      `/apis/apps/v1${place}/deployments`,
      this.#deployments,
      (json: DeploymentJson) => deploymentRecord(json),
      ({ uid }) => uid,
    );
    run(
      `/apis/apps/v1${place}/replicasets`,
      this.#replicaSets,
      (json: ReplicaSetJson) => replicaSetRecord(json),
      ({ ownerUid }) => ownerUid,
    );
    run(
      `/api/v1${place}/pods`,
      this.#pods,
      (json: PodJson) => podRecord(json),
      ({ ownerUid }) =>
        this.#replicaSets.get(ownerUid)?.ownerUid ?? (this.#isWorkload(ownerUid) ? ownerUid : undefined),
    );
    runOther('StatefulSet', `/apis/apps/v1${place}/statefulsets`, (json: StatefulSetJson) =>
      statefulSetRecord(json),
    );
    runOther('DaemonSet', `/apis/apps/v1${place}/daemonsets`, (json: DaemonSetJson) => daemonSetRecord(json));
    runOther('Rollout', `/apis/argoproj.io/v1alpha1${place}/rollouts`, (json: ArgoRolloutJson) =>
      argoRolloutRecord(json),
    );
  }

  /** Of a kind that the store can do without: where it is forbidden or unknown there is nothing of it. */
  #otherListener(table: Table<WorkloadRecord>): WatchListener<WorkloadRecord> {
    const whole = () => {
      table.whole();
      this.#changedWorkloads = 'all';
      this.#tellSoon();
    };
    return {
      begin: () => table.begin(),
      upsert: (row) => {
        table.set(row);
        this.#tell(row.uid);
      },
      remove: (uid) => {
        const row = table.delete(uid);
        if (row !== undefined) this.#tell(row.uid, true);
      },
      whole,
      live: () => undefined,
      // The watches of what matters say so too.
      stale: () => undefined,
      refused: () => {
        table.begin();
        whole();
      },
    };
  }

  #listener<Row extends { readonly uid: string }>(
    path: string,
    table: Table<Row>,
    deploymentOf: (row: Row) => string | undefined,
    signal: AbortSignal,
  ): WatchListener<Row> {
    return {
      begin: () => table.begin(),
      upsert: (row) => {
        table.set(row);
        this.#tell(deploymentOf(row));
      },
      remove: (uid) => {
        const row = table.delete(uid);
        if (row !== undefined) this.#tell(deploymentOf(row));
      },
      whole: () => {
        table.whole();
        this.#tellAll();
      },
      live: () => {
        this.#lacking.delete(path);
        if (this.#lacking.size > 0) return;
        this.#stale = undefined;
        this.#tellAll();
      },
      stale: (error, since) => {
        if (signal.aborted) return;
        // True as a whole was only what was true of every kind.
        const before = this.#lacking.size === 0 ? since : this.#stale?.since;
        this.#lacking.add(path);
        this.#stale = { since: earlier(before, since), error };
        this.#tellAll();
      },
      refused: (error) => {
        if (signal.aborted) return;
        this.#watching.abort();
        if (this.#namespace === undefined && error.reason === 'forbidden')
          return this.#start(this.#fallbackNamespace);
        this.#refused = error;
        this.#tellAll();
      },
    };
  }

  /** `uid` is the Deployment's or another workload's; undefined where no known one is concerned. */
  #tell(uid: string | undefined, isWorkload = uid !== undefined && this.#isWorkload(uid)): void {
    if (!uid) return;
    const changed = isWorkload ? this.#changedWorkloads : this.#changed;
    if (changed !== 'all') changed.add(uid);
    this.#tellSoon();
  }

  #isWorkload(uid: string): boolean {
    return Object.values(this.#workloads).some((table) => table.get(uid) !== undefined);
  }

  #tellAll(): void {
    this.#changed = 'all';
    this.#changedWorkloads = 'all';
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#telling ??= this.#clock.after(tellAfterMs, () => {
      const change = { deployments: this.#changed, workloads: this.#changedWorkloads };
      this.#changed = new Set();
      this.#changedWorkloads = new Set();
      this.#telling = undefined;
      for (const listener of this.#listeners) listener(change);
    });
  }
}

/** Undefined, which is never, comes before every time. */
function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.min(a, b);
}
