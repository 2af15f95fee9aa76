import type { DeploymentRecord, DeploymentRecords } from '../../domain/rollout/records.ts';
import type { WorkloadRecord, WorkloadRecords } from '../../domain/rollout/workload-record.ts';
import { byNumber, byText } from '../../domain/rollout/order.ts';
import { noFilter, textTest, type TreeFilter } from './filter.ts';
import { deploymentMember, workloadMember, type Member } from './member.ts';
import { compareSiblings, type MemberKind, type SortOrder } from './order.ts';

/** What is read of a cluster's store. */
export interface OutlineSource {
  deployments(): Iterable<DeploymentRecord>;
  records(uid: string): DeploymentRecords | undefined;
  /** StatefulSets, DaemonSets and Argo Rollouts. */
  workloads(): Iterable<WorkloadRecord>;
  workload(uid: string): WorkloadRecords | undefined;
}

/** uids of what came, went or changed. */
export interface OutlineChange {
  readonly deployments: ReadonlySet<string>;
  readonly workloads: ReadonlySet<string>;
}

/** What the person wants to see, and in which order. */
export interface Arrangement {
  readonly filter: TreeFilter;
  readonly sort: SortOrder;
  /** The namespaces to show; empty for all. */
  readonly namespaces: readonly string[];
}

export const plainArrangement: Arrangement = { filter: noFilter, sort: 'failing', namespaces: [] };

/** A namespace as the tree shows it. */
export interface NamespaceOutline {
  /** Those that the filter lets through, in order. */
  readonly members: readonly Member[];
  readonly total: number;
  /** How many there are of each kind, hidden ones too. */
  readonly kinds: ReadonlyMap<MemberKind, number>;
  /** How many are failing, hidden ones too. */
  readonly failing: number;
}

interface Group {
  readonly members: Map<string, Member>;
  outline: NamespaceOutline | undefined;
}

/**
 * Which rows the tree of one cluster has and in which order, kept up with what changes: a change costs what changed and
 * its namespace's order, never the whole cluster.
 */
export class Outline {
  readonly #source: OutlineSource;
  readonly #members = new Map<string, Member>();
  readonly #groups = new Map<string, Group>();
  #arrangement: Arrangement;

  constructor(source: OutlineSource, arrangement: Arrangement) {
    this.#source = source;
    this.#arrangement = arrangement;
    this.#begin();
  }

  /** Takes in what changed. Gives the namespaces that it is or was in. */
  see({ deployments, workloads }: OutlineChange): ReadonlySet<string> {
    const namespaces = new Set<string>();
    for (const uid of deployments) this.#takeDeployment(uid, namespaces);
    for (const uid of workloads) this.#takeWorkload(uid, namespaces);
    return namespaces;
  }

  /** Shows more, less, or in another order. */
  arrange(arrangement: Arrangement): void {
    this.#arrangement = arrangement;
    this.#begin();
  }

  /** Names of the namespaces with something to show, failing ones first where that is the order. */
  namespaces(): readonly string[] {
    const failingFirst = this.#arrangement.sort === 'failing';
    return [...this.#groups.keys()]
      .map((name) => ({ name, ...this.namespace(name) }))
      .filter(({ members }) => members.length > 0)
      .toSorted(
        (a, b) =>
          (failingFirst ? byNumber(Number(a.failing === 0), Number(b.failing === 0)) : 0) ||
          byText(a.name, b.name),
      )
      .map(({ name }) => name);
  }

  namespace(name: string): NamespaceOutline {
    const group = this.#groups.get(name);
    if (group === undefined) return nothing;
    return (group.outline ??= outlineOf([...group.members.values()], this.#arrangement));
  }

  /** Sums over all namespaces that are to be seen. */
  totals(): { readonly total: number; readonly shown: number; readonly failing: number } {
    const sum = { total: 0, shown: 0, failing: 0 };
    for (const name of this.#groups.keys()) {
      const { members, total, failing } = this.namespace(name);
      sum.total += total;
      sum.shown += members.length;
      sum.failing += failing;
    }
    return sum;
  }

  #begin(): void {
    this.#members.clear();
    this.#groups.clear();
    this.see({
      deployments: new Set([...this.#source.deployments()].map(({ uid }) => uid)),
      workloads: new Set([...this.#source.workloads()].map(({ uid }) => uid)),
    });
  }

  #takeDeployment(uid: string, namespaces: Set<string>): void {
    const records = this.#source.records(uid);
    this.#take(uid, records && deploymentMember(records), namespaces);
  }

  #takeWorkload(uid: string, namespaces: Set<string>): void {
    const records = this.#source.workload(uid);
    this.#take(uid, records && workloadMember(records), namespaces);
  }

  #take(uid: string, now: Member | undefined, namespaces: Set<string>): void {
    const before = this.#members.get(uid);
    if (before !== undefined) {
      this.#members.delete(uid);
      this.#change(before.namespace, namespaces, (members) => members.delete(uid));
    }
    if (now === undefined || !this.#isSeen(now.namespace)) return;
    this.#members.set(uid, now);
    this.#change(now.namespace, namespaces, (members) => members.set(uid, now));
  }

  #change(namespace: string, changed: Set<string>, change: (members: Group['members']) => void): void {
    const group = this.#groups.get(namespace) ?? { members: new Map(), outline: undefined };
    this.#groups.set(namespace, group);
    change(group.members);
    group.outline = undefined;
    if (group.members.size === 0) this.#groups.delete(namespace);
    changed.add(namespace);
  }

  #isSeen(namespace: string): boolean {
    const { namespaces } = this.#arrangement;
    return namespaces.length === 0 || namespaces.includes(namespace);
  }
}

const nothing: NamespaceOutline = { members: [], total: 0, kinds: new Map(), failing: 0 };

function outlineOf(all: readonly Member[], { filter, sort }: Arrangement): NamespaceOutline {
  const passes = textTest(filter);
  const members = all.filter(
    (member) => (!filter.failingOnly || member.state === 'degraded') && passes(() => member.texts()),
  );
  return {
    members: members.toSorted(compareSiblings(sort)),
    total: all.length,
    kinds: new Map([...Map.groupBy(all, ({ kind }) => kind)].map(([kind, { length }]) => [kind, length])),
    failing: all.filter(({ state }) => state === 'degraded').length,
  };
}
