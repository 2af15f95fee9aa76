import type { ApiServer } from '../../../src/cluster/api-server.ts';
import { watch } from '../../../src/cluster/watch/watch.ts';
import type { DeploymentJson } from '../../../src/domain/rollout/json.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { eventually } from '../../testbed/eventually.ts';

/** Every state of a namespace's Deployments, as the extension's own watch tells of them. */
export class RecordedDeployments {
  readonly #states = new Map<string, DeploymentJson[]>();
  readonly #deleted = new Set<string>();
  readonly #ending = new AbortController();

  constructor(api: ApiServer, namespace: string) {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    const fail = (error: Error): void => this.#ending.abort(error);
    const listener = {
      begin: () => undefined,
      upsert: (deployment: DeploymentJson) => this.#see(deployment),
      remove: (uid: string) => this.#deleted.add(uid),
      whole: () => undefined,
      live: () => undefined,
      // After a break some states would be missing.
      stale: fail,
      refused: fail,
    };
    const read = (deployment: DeploymentJson): DeploymentJson => deployment;
    void watch(api, realClock, { path, read }, listener, this.#ending.signal);
  }

  /** A Deployment's states so far, oldest first. Throws where the watch has broken off. */
  of(name: string): readonly DeploymentJson[] {
    this.#ending.signal.throwIfAborted();
    return this.#states.get(name) ?? [];
  }

  /** Whether the Deployment has been deleted after its last state. */
  isDeleted(name: string): boolean {
    return this.#deleted.has(this.of(name).at(-1)?.metadata?.uid ?? '');
  }

  /** Resolves once the newest state is such. */
  async until(name: string, what: string, isSo: (deployment: DeploymentJson) => boolean): Promise<void> {
    await eventually(`${what} of ${name}`, async () => {
      const newest = this.of(name).at(-1);
      return newest !== undefined && isSo(newest);
    });
  }

  close(): void {
    this.#ending.abort();
  }

  #see(deployment: DeploymentJson): void {
    const name = deployment.metadata?.name ?? '';
    this.#states.set(name, [...(this.#states.get(name) ?? []), deployment]);
  }
}
