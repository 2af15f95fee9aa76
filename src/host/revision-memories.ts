import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from '../cluster/connections.ts';
import type { RevisionMemo } from '../domain/rollout/known-good.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { RevisionMemory } from '../runs/revision-memory.ts';
import { RevisionMemoryFile } from '../runs/revision-memory-file.ts';

/** Where connections come from. */
interface Connecting {
  onDidConnect(listener: (connection: Connection) => void): Ending;
}

/** What is remembered of the revisions of each connected context; it is watched for as long as the connection is. */
export class RevisionMemories {
  readonly #memories = new Map<string, RevisionMemory>();
  readonly #listeners = new Set<(context: string) => void>();
  readonly #connecting: Ending;
  readonly #folder: string;

  /** `folder` holds one file a context; it need not exist. */
  constructor(connections: Connecting, clock: Clock, folder: string, onUnstored: (error: unknown) => void) {
    this.#folder = folder;
    this.#connecting = connections.onDidConnect(({ context: { name }, store }) => {
      this.#memories.get(name)?.dispose();
      const memory = new RevisionMemory(store, clock, this.#file(name), onUnstored);
      this.#memories.set(name, memory);
      memory.onDidChange(() => {
        for (const listener of this.#listeners) listener(name);
      });
    });
  }

  /** Undefined where the context was not connected to. */
  of(context: string): RevisionMemory | undefined {
    return this.#memories.get(context);
  }

  /** Takes in what a run from another machine has seen of a context's revisions. Rejects where it cannot be stored. */
  async learn(context: string, memos: ReadonlyMap<string, RevisionMemo>): Promise<void> {
    if (memos.size === 0) return;
    const memory = this.#memories.get(context);
    if (memory === undefined) await this.#file(context).add(memos);
    else memory.learn(memos);
  }

  #file(context: string): RevisionMemoryFile {
    const hash = createHash('sha256').update(context).digest('hex').slice(0, 24);
    return new RevisionMemoryFile(join(this.#folder, `${hash}.json`));
  }

  /** Tells the context in which a revision is judged otherwise than before. */
  onDidChange(listener: (context: string) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** With the end of the connections: of these contexts, of all by default. */
  reset(contexts: Iterable<string> = [...this.#memories.keys()]): void {
    for (const context of contexts) {
      this.#memories.get(context)?.dispose();
      this.#memories.delete(context);
    }
  }

  dispose(): void {
    this.#connecting.dispose();
    this.reset();
  }
}
