import type { LogScope, LogSource } from '../domain/logs/line.ts';
import type { StampedLine } from '../domain/logs/split.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import type { ContainerLogs } from '../ports/container-logs.ts';
import { containersInScope, type LivePods, type ScopedContainer } from './log-pods.ts';
import { LogStream, type LogStreamState } from './log-stream.ts';

const defaultTailLines = 200;
/** What all containers together begin with: more would be dropped before it is seen. */
const allTailLines = 10_000;
/** How long the stream of a pod that is gone may still deliver its last lines. */
const drainMs = 3_000;
/** A container that waits is asked for again when its pod changes, and this often where nothing tells. */
const waitingRetryMs = 30_000;

/** Lines per container to begin with, or a time (RFC 3339 UTC). */
export type LogSessionStart = { readonly tailLines: number } | { readonly since: string };

export interface LogStreamsOptions {
  readonly logs: ContainerLogs;
  readonly clock: Clock;
  readonly pods: LivePods;
  readonly scope: LogScope;
  readonly previous: boolean;
  readonly start: LogSessionStart | undefined;
  readonly maxStreams: number;
}

export interface LogStreamsListener {
  /** A source that was not there before; its lines come later. */
  source(source: LogSource, containers: number): void;
  lines(source: LogSource, lines: readonly StampedLine[]): void;
  /** A stream's state has changed: `reconcile` may have something to do. */
  changed(): void;
}

/** One stream per container in scope, opened and ended as the pods come, restart and go. */
export class LogStreams {
  readonly #options: LogStreamsOptions;
  readonly #listener: LogStreamsListener;
  readonly #streams = new Map<string, LogStream>();
  readonly #leaving = new Map<string, Ending>();
  #retryTimer: Ending | undefined;
  #leftOut = 0;
  #podSeen = false;

  constructor(options: LogStreamsOptions, listener: LogStreamsListener) {
    this.#options = options;
    this.#listener = listener;
  }

  get states(): LogStreamState[] {
    return [...this.#streams.values()].map(({ state }) => state);
  }

  /** How many hold a connection. */
  get open(): number {
    return [...this.#streams.values()].filter(({ open }) => open).length;
  }

  /** Containers without a stream because there are too many. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** True where no pod can come any more: the one that was asked for is gone. */
  get podGone(): boolean {
    return this.#options.scope.kind === 'pod' && this.#podSeen && this.#streams.size === 0;
  }

  /** Makes the streams what the pods call for. `tail`: containers that are new here begin with their last lines only. */
  reconcile(tail: boolean): void {
    const wanted = containersInScope(this.#options.pods.pods(), this.#options.scope);
    this.#podSeen ||= wanted.length > 0;
    this.#letGo(wanted);
    this.#leftOut = 0;
    let open = this.open;
    for (const container of wanted) {
      const stream = this.#streams.get(container.key);
      if (stream && !stream.wantsOpening(container.pod)) continue;
      if (open >= this.#options.maxStreams) {
        this.#leftOut++;
        continue;
      }
      (stream ?? this.#add(container, tail ? wanted.length : undefined)).opens(container.pod);
      open++;
    }
    this.#retryWaiting();
  }

  /** Ends all connections; the positions are kept. */
  stop(): void {
    for (const stream of this.#streams.values()) stream.stop();
    for (const timer of this.#leaving.values()) timer.dispose();
    this.#leaving.clear();
    this.#retryTimer?.dispose();
    this.#retryTimer = undefined;
  }

  /** `among`: how many containers begin together, each with its share of the last lines; undefined for all lines. */
  #add({ key, pod, container }: ScopedContainer, among: number | undefined): LogStream {
    const { pods, start, previous, logs } = this.#options;
    const { uid: podUid, namespace, name } = pod;
    const source = { podUid, namespace, pod: name, container, revision: pods.revisionOf(pod), previous };
    const stream = new LogStream(
      source,
      startOf(start, previous ? (among ?? 1) : among),
      logs,
      this.#listener,
    );
    this.#streams.set(key, stream);
    this.#listener.source(source, pod.containers.length);
    return stream;
  }

  /** Streams of pods that are gone end when they have said everything, or after a while. */
  #letGo(wanted: readonly ScopedContainer[]): void {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, stream] of this.#streams) {
      if (keys.has(key)) {
        // A list that was read again can lack its pods for a moment.
        this.#leaving.get(key)?.dispose();
        this.#leaving.delete(key);
      } else if (!stream.open) this.#remove(key);
      else if (!this.#leaving.has(key)) {
        const timer = this.#options.clock.after(drainMs, () => this.#remove(key));
        this.#leaving.set(key, timer);
      }
    }
  }

  #remove(key: string): void {
    this.#streams.get(key)?.stop();
    this.#streams.delete(key);
    this.#leaving.get(key)?.dispose();
    this.#leaving.delete(key);
    this.#listener.changed();
  }

  #retryWaiting(): void {
    if (this.#retryTimer || !this.states.some(({ kind }) => kind === 'waiting')) return;
    this.#retryTimer = this.#options.clock.after(waitingRetryMs, () => {
      this.#retryTimer = undefined;
      for (const stream of this.#streams.values()) stream.retry();
      this.#listener.changed();
    });
  }
}

function startOf(
  start: LogSessionStart | undefined,
  among: number | undefined,
): { readonly tailLines?: number; readonly since?: string } {
  if (start && 'since' in start) return { since: start.since };
  if (among === undefined) return {};
  const share = Math.max(10, Math.min(defaultTailLines, Math.floor(allTailLines / among)));
  return { tailLines: start?.tailLines ?? share };
}
