import { healthOf } from '../../domain/rollout/health.ts';
import type { DeploymentRecord, DeploymentRecords } from '../../domain/rollout/records.ts';

/** What is read of a context's store. */
export interface Watched {
  deployments(): Iterable<DeploymentRecord>;
  records(uid: string): DeploymentRecords | undefined;
}

/** Which deployments are failing, over all open contexts; each change costs what changed, not the whole cluster. */
export class FailingDeployments {
  readonly #failing = new Map<string, Set<string>>();

  get count(): number {
    let count = 0;
    for (const uids of this.#failing.values()) count += uids.size;
    return count;
  }

  /** Takes a change of a context's store in. */
  see(
    context: string,
    store: Watched,
    { deployments }: { readonly deployments: ReadonlySet<string> | 'all' },
  ): void {
    const before = this.#failing.get(context);
    const failing = deployments === 'all' || before === undefined ? new Set<string>() : before;
    const changed =
      failing === before && deployments !== 'all'
        ? deployments
        : [...store.deployments()].map(({ uid }) => uid);
    for (const uid of changed) {
      const records = store.records(uid);
      if (records !== undefined && healthOf(records).state === 'degraded') failing.add(uid);
      else failing.delete(uid);
    }
    this.#failing.set(context, failing);
  }

  clear(): void {
    this.#failing.clear();
  }
}
