import { createHash, randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Connections } from '../cluster/connections.ts';
import type { ReplicaSetRecord } from '../domain/rollout/records.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import { runId } from '../domain/runbook/run-id.ts';
import type { Clock } from '../ports/clock.ts';
import { JournalFile } from '../runs/journal-file.ts';
import { Run } from '../runs/run.ts';
import { Runbook } from '../runs/runbook.ts';
import type { RevisionMemories } from './revision-memories.ts';
import { showError } from './error-message.ts';
import {
  endpointsSetting,
  isProtectedSetting,
  isReadOnlySetting,
  kubectlFileSetting,
  readyTimeoutSetting,
} from './settings.ts';

/** One runbook a deployment, opened from its journal when it is first asked for. */
export class Runbooks {
  readonly #connections: Connections;
  readonly #memories: RevisionMemories;
  readonly #clock: Clock;
  readonly #folder: string;
  readonly #open = new Map<string, { readonly target: RunTarget; readonly opening: Promise<Runbook> }>();

  /** `folder` holds the journals; it need not exist. */
  constructor(connections: Connections, memories: RevisionMemories, clock: Clock, folder: string) {
    this.#connections = connections;
    this.#memories = memories;
    this.#clock = clock;
    this.#folder = folder;
  }

  /** Throws where the kubeconfig lacks the context, or the journal cannot be read. */
  async of(target: RunTarget): Promise<Runbook> {
    const key = runKey(target);
    for (;;) {
      const open = this.#open.get(key) ?? { target, opening: this.#make(target) };
      this.#open.set(key, open);
      try {
        const runbook = await open.opening;
        // Else the kubeconfig changed meanwhile: this one's connection has ended.
        if (this.#open.get(key) === open) return runbook;
      } catch (error) {
        if (this.#open.get(key) === open) this.#open.delete(key);
        throw error;
      }
    }
  }

  /** Their connections have ended: the runs of these contexts, of all by default, go on from their journals with new ones. */
  reset(contexts?: ReadonlySet<string>): void {
    for (const [key, { target, opening }] of this.#open) {
      if (contexts?.has(target.context) === false) continue;
      this.#open.delete(key);
      void opening.then(
        (runbook) => runbook.dispose(),
        () => undefined,
      );
    }
  }

  dispose(): void {
    this.reset();
  }

  async #make({ context, namespace, name }: RunTarget): Promise<Runbook> {
    const target = { context, namespace, name };
    const connection = await this.#connections.connect(context);
    const file = join(
      this.#folder,
      `${createHash('sha256').update(runKey(target)).digest('hex').slice(0, 24)}.jsonl`,
    );
    const by = userInfo().username;
    const id = runId(new Date(this.#clock.now()).toISOString(), name, randomBytes(2).toString('hex'));
    const run = await Run.open(target, { id, by }, new JournalFile(file), this.#clock, (error) =>
      showError(`What happens to ${name} cannot be stored`, error),
    );
    const settings = {
      endpoints: () => endpointsSetting(target),
      readyWithinMs: readyTimeoutSetting,
      kubeconfig: kubectlFileSetting,
      verdict: (replicaSet: Pick<ReplicaSetRecord, 'uid' | 'templateHash'>) =>
        this.#memories.of(context)?.verdict(replicaSet) ?? ({ kind: 'unknown' } as const),
      isReadOnly: () => isReadOnlySetting(context),
      isProtected: () => isProtectedSetting(context),
    };
    const runbook = new Runbook(run, connection, settings, by, this.#clock);
    // Watching goes on by itself; what it sees is in the run, and so is what goes wrong with it.
    runbook.resume().catch((error: unknown) => showError(`The run of ${name} cannot go on`, error));
    return runbook;
  }
}

/** What tells one deployment from all others. */
export function runKey({ context, namespace, name }: RunTarget): string {
  return JSON.stringify([context, namespace, name]);
}
