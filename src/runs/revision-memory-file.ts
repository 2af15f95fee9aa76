import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RevisionMemo } from '../domain/rollout/known-good.ts';
import type { ReplicaSetRecord } from '../domain/rollout/records.ts';

/** What stands for a revision: its number changes with an undo, its ReplicaSet and its template stay. */
export function revisionKey({ uid, templateHash }: Pick<ReplicaSetRecord, 'uid' | 'templateHash'>): string {
  return `${uid}/${templateHash}`;
}

/** Most revisions that are kept; those that were seen longest ago go first. */
const most = 10_000;

/** Tells the parts apart that this process writes at the same time. */
let parts = 0;

/** What is remembered of a cluster's revisions, on the disk: uids, template hashes, times and causes, nothing else. */
export class RevisionMemoryFile {
  readonly #path: string;
  #writing: Promise<void> = Promise.resolve();
  #next: ReadonlyMap<string, RevisionMemo> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Empty where there is no file or it is not ours: what was seen is then seen anew. Throws where it may not be read. */
  async read(): Promise<ReadonlyMap<string, RevisionMemo>> {
    try {
      return memosIn(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch (error) {
      if (error instanceof SyntaxError) return new Map(); // Torn by a full disk; nothing depends on it.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
      throw error;
    }
  }

  /** Adds to what is on the disk, where another window may have written meanwhile. Many calls at once are one write. */
  add(memos: ReadonlyMap<string, RevisionMemo>): Promise<void> {
    if (this.#next !== undefined) return this.#writing;
    this.#next = memos;
    const write = async () => {
      const now = this.#next ?? memos;
      this.#next = undefined;
      await this.#write(now);
    };
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  async #write(memos: ReadonlyMap<string, RevisionMemo>): Promise<void> {
    const all = new Map(await this.read());
    for (const [key, memo] of memos) all.set(key, latest(all.get(key), memo));
    const kept = [...all].toSorted(([, a], [, b]) => seenAt(b) - seenAt(a)).slice(0, most);
    await mkdir(dirname(this.#path), { recursive: true });
    // Whole or not at all: a window that closes in the middle leaves what was there before.
    const part = `${this.#path}.${process.pid}-${parts++}`;
    await writeFile(part, JSON.stringify({ version: 1, revisions: Object.fromEntries(kept) }), {
      mode: 0o600,
    });
    await rename(part, this.#path);
  }
}

/** Two memories of one revision as one. */
export function latest(a: RevisionMemo = {}, b: RevisionMemo): RevisionMemo {
  const goodAt = Math.max(a.goodAt ?? 0, b.goodAt ?? 0);
  const ranAt = Math.min(a.ranAt ?? Infinity, b.ranAt ?? Infinity);
  const failed = (a.failedAt ?? 0) > (b.failedAt ?? 0) ? a : b;
  return {
    ...(ranAt < Infinity ? { ranAt } : {}),
    ...(goodAt > 0 ? { goodAt } : {}),
    ...(failed.failedAt === undefined ? {} : { failedAt: failed.failedAt, failure: failed.failure ?? '' }),
  };
}

function seenAt({ ranAt = 0, goodAt = 0, failedAt = 0 }: RevisionMemo): number {
  return Math.max(ranAt, goodAt, failedAt);
}

function memosIn(parsed: unknown): ReadonlyMap<string, RevisionMemo> {
  const revisions =
    typeof parsed === 'object' && parsed !== null && 'revisions' in parsed ? parsed.revisions : undefined;
  const memos = new Map<string, RevisionMemo>();
  if (typeof revisions !== 'object' || revisions === null) return memos;
  for (const [key, value] of Object.entries(revisions)) {
    const memo = memoIn(value);
    if (memo !== undefined) memos.set(key, memo);
  }
  return memos;
}

function memoIn(value: unknown): RevisionMemo | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { ranAt, goodAt, failedAt, failure } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof ranAt === 'number' ? { ranAt } : {}),
    ...(typeof goodAt === 'number' ? { goodAt } : {}),
    ...(typeof failedAt === 'number' ? { failedAt } : {}),
    ...(typeof failure === 'string' ? { failure } : {}),
  };
}
