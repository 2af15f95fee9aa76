import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError } from '../cluster/errors/api-error.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { readContainerLog } from '../cluster/logs/container-log.ts';
import { LogPosition } from '../domain/logs/position.ts';
import type { PodRecord } from '../domain/rollout/records.ts';
import type { Clock } from '../ports/clock.ts';
import { type CaptureOrigin, type CaptureSummary, readIndex, summaryOf } from './log-capture-index.ts';
import { CaptureStore, type HeldSource } from './log-capture-store.ts';

export interface CaptureLimits {
  /** How many of the last lines of each container, and of its previous run, are asked for. */
  readonly lines: number;
  /** What the whole capture may take, in bytes; beyond it the oldest lines of all sources are cut. */
  readonly bytes: number;
  /** How much of one log is read before fewer lines are asked for, in bytes. */
  readonly readBytes: number;
  /** How long one log may take, in ms. */
  readonly readMs: number;
}

const captureLimits: CaptureLimits = {
  lines: 5_000,
  bytes: 64 * 1024 * 1024,
  readBytes: 256 * 1024 * 1024,
  readMs: 60_000,
};

const readAtOnce = 8;

export interface CaptureOptions {
  readonly api: ApiServer;
  readonly clock: Clock;
  /** The pods of one ReplicaSet. */
  readonly pods: readonly PodRecord[];
  /** Its revision, for the lines' labels. */
  readonly revision: number | undefined;
  /** Made where it is missing. What was captured into it before and can be read no more stays. */
  readonly folder: string;
  readonly limits?: Partial<CaptureLimits>;
  readonly signal: AbortSignal;
  /** Told after each log. */
  readonly onProgress?: (progress: CaptureProgress) => void;
}

export interface CaptureProgress {
  /** Logs that were read or refused, of `all`. */
  readonly done: number;
  readonly all: number;
  readonly bytes: number;
}

/**
 * Reads the last lines of all containers of the pods, and of each container's run before, and stores them as files of `folder`
 * (0600). What cannot be read is said in the summary and is no error. Each log is on the disk as soon as it is read. Throws
 * ApiError `aborted` when the signal aborts, and what the disk refuses.
 */
export async function captureFailingLogs(options: CaptureOptions): Promise<CaptureSummary> {
  const { clock, pods, revision, folder, signal, onProgress } = options;
  const limits = { ...captureLimits, ...options.limits };
  const store = new CaptureStore(folder, limits.bytes, new Date(clock.now()).toISOString());
  await keepEarlier(store, folder);
  const containers = pods.flatMap((pod) => runsOf(pod, revision));
  const all = containers.flat().length;
  let done = 0;
  const queue = containers.values();
  const readers = Array.from({ length: readAtOnce }, async () => {
    for (const runs of queue)
      for (const source of runs) {
        await captureOne(options, limits, store, source);
        if (signal.aborted) throw new ApiError('aborted', 'Stopped.');
        onProgress?.({ done: ++done, all, bytes: store.bytes });
      }
  });
  // All of them, also where one has failed: nothing of this capture may write any more when the next one begins.
  for (const reader of await Promise.allSettled(readers))
    if (reader.status === 'rejected') throw reader.reason;
  await store.save();
  return summaryOf(store.index);
}

/** What is read of each container, one after the other: its run before, then the present one. */
function runsOf(pod: PodRecord, revision: number | undefined): CaptureOrigin[][] {
  const { uid: podUid, namespace, name, ownerUid: replicaSetUid } = pod;
  return pod.containers.map((container) => {
    const source = { podUid, namespace, pod: name, container, revision, replicaSetUid, previous: false };
    return pod.restarts > 0 ? [{ ...source, previous: true }, source] : [source];
  });
}

async function captureOne(
  options: CaptureOptions,
  limits: CaptureLimits,
  store: CaptureStore,
  source: CaptureOrigin,
): Promise<void> {
  const held = store.begin(source);
  // Fewer lines each time where they are so long that reading them all would take too much.
  for (let tailLines = limits.lines; ; tailLines = Math.floor(tailLines / 10)) {
    const limit = AbortSignal.timeout(limits.readMs);
    const { end, truncated } = await readContainerLog(
      options.api,
      source,
      { position: new LogPosition(), tailLines },
      limits.readBytes,
      (lines) => store.add(held, lines),
      AbortSignal.any([options.signal, limit]),
    );
    if (options.signal.aborted) return;
    if (end.kind === 'ended' && truncated && tailLines >= 10) {
      store.clear(held);
      held.problem = `Its lines are so long that only the last ${Math.floor(tailLines / 10)} were read.`;
      continue;
    }
    if (end.kind === 'aborted') held.problem = `It was not read to its end within ${limits.readMs / 1000} s.`;
    else if ('message' in end) held.problem = end.message;
    else if (end.kind === 'gone') held.problem = 'The pod was gone before its log was read.';
    if (end.kind === 'noPrevious') return store.drop(held);
    for (const other of store.sources.filter((one) => isOfSameRun(one, held))) store.drop(other);
    const earlier = store.earlier(held);
    // A pod that is gone by now says nothing against what it said before.
    if (earlier !== undefined) store.drop(held.count > 0 ? earlier : held);
    return store.save(store.sources.includes(held) ? held : undefined);
  }
}

async function keepEarlier(store: CaptureStore, folder: string): Promise<void> {
  const index = await readIndex(folder);
  for (const indexed of index?.sources ?? [])
    store.adopt(indexed, await readFile(join(folder, indexed.file), 'utf8'));
}

/**
 * True where `held` has the lines that were read as the other run's of its container: of a container that waits for its restart
 * both are the same, and what was captured earlier as the present run may be the one before by now.
 */
function isOfSameRun(other: HeldSource, held: HeldSource): boolean {
  const { podUid, container, previous } = held.source;
  const { source } = other;
  if (source.podUid !== podUid || source.container !== container || source.previous === previous)
    return false;
  const [oldest, newest] = [other.oldest, other.lines.at(-1)];
  return oldest !== undefined && newest !== undefined && held.has(oldest.text) && held.has(newest.text);
}
