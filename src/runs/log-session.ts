import type { LogLine, LogScope, LogSource } from '../domain/logs/line.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import type { ContainerLogs } from '../ports/container-logs.ts';
import type { LivePods } from './log-pods.ts';
import { LogPump, mergeWindowMs } from './log-pump.ts';
import { summarise, type LogSessionStatus } from './log-status.ts';
import { LogStreams, type LogSessionStart } from './log-streams.ts';

const defaultMaxStreams = 300;
/** How long the first lines wait for streams that are still being opened, and how much longer for each of many. */
const openingMs = 1_000;
const openingMsPerStream = 5;
/** Changes of pods and streams are looked at together. */
const settleMs = 50;
const statusEveryMs = 200;

export interface LogSessionOptions {
  readonly logs: ContainerLogs;
  readonly clock: Clock;
  readonly pods: LivePods;
  readonly scope: LogScope;
  /** Shows the last run before the present one of each container, instead of following. */
  readonly previous?: boolean;
  /** Where to begin: by default the last 200 lines of each container, fewer of more than 50. Later pods: the first line. */
  readonly start?: LogSessionStart;
  /** How many containers are followed at once: 300 by default. */
  readonly maxStreams?: number;
  /** What was captured of pods that are gone: it stands in its place in time among what is followed. */
  readonly captured?: CapturedLines;
}

/** Lines in time order that name their sources by identity. */
export interface CapturedLines {
  readonly sources: readonly LogSource[];
  readonly lines: Iterable<LogLine>;
}

/** A stream's source as it is announced, before or with its first line. */
export interface SessionSource {
  readonly source: LogSource;
  /** How many containers its pod has. */
  readonly containers: number;
  /** Its lines were captured before its pod went. */
  readonly captured?: true;
}

export interface LogBatch {
  /** Sources that are new since the batch before; lines name them by identity. */
  readonly sources: readonly SessionSource[];
  /** Index of the first of them among all sources of the session. */
  readonly from: number;
  readonly lines: readonly LogLine[];
}

/** The logs of a scope, live: streams that come and go with the pods, merged in time order, delivered under credit. */
export class LogSession {
  readonly #clock: Clock;
  readonly #previous: boolean;
  readonly #maxStreams: number;
  readonly #pump: LogPump;
  readonly #streams: LogStreams;
  readonly #sources: SessionSource[] = [];
  readonly #batchListeners = new Set<(batch: LogBatch) => void>();
  readonly #statusListeners = new Set<(status: LogSessionStatus) => void>();
  readonly #subscription: Ending;
  #announced = 0;
  #visible = true;
  #disposed = false;
  /** True until every stream of the beginning has answered. */
  #opening = true;
  #state: Pick<LogSessionStatus, 'state' | 'since'>;
  #settleTimer: Ending | undefined;
  #statusTimer: Ending | undefined;

  constructor(options: LogSessionOptions) {
    this.#clock = options.clock;
    this.#previous = options.previous ?? false;
    this.#maxStreams = options.maxStreams ?? defaultMaxStreams;
    this.#state = { state: 'waiting', since: this.#time() };
    const { start, captured = { sources: [], lines: [] } } = options;
    this.#pump = new LogPump(this.#clock, (lines) => this.#deliver(lines), captured.lines);
    this.#sources.push(...capturedSources(captured.sources));
    const streams = { ...options, start, previous: this.#previous, maxStreams: this.#maxStreams };
    this.#streams = new LogStreams(streams, {
      source: (source, containers) => void this.#sources.push({ source, containers }),
      lines: (source, lines) => {
        this.#pump.push(source, lines);
        this.#statusSoon();
      },
      changed: () => this.#changed(),
    });
    this.#subscription = options.pods.onDidChange(() => this.#changed());
    this.#begin();
  }

  /** Batches come at most every 30 ms, and never more lines than credit was given for. */
  onBatch(listener: (batch: LogBatch) => void): Ending {
    this.#batchListeners.add(listener);
    return { dispose: () => void this.#batchListeners.delete(listener) };
  }

  /** Told when the status may have changed, at most five times a second. */
  onStatus(listener: (status: LogSessionStatus) => void): Ending {
    this.#statusListeners.add(listener);
    return { dispose: () => void this.#statusListeners.delete(listener) };
  }

  /** Allows so many more lines to be delivered. While there is no credit 20,000 lines wait; older ones are dropped and counted. */
  addCredit(lines: number): void {
    if (!this.#disposed) this.#pump.addCredit(lines);
  }

  /** Shows more that was captured, of pods that are gone by now: it comes as soon as credit allows, later than its time. */
  showCaptured({ sources, lines }: CapturedLines): void {
    if (this.#disposed) return;
    this.#sources.push(...capturedSources(sources));
    this.#pump.addBacklog(lines);
  }

  /** Hidden, it holds no stream; shown again, each goes on where it was. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible || this.#disposed) return;
    this.#visible = visible;
    if (visible) this.#begin();
    else this.#streams.stop();
    this.#changed();
  }

  status(): LogSessionStatus {
    const { states, open, leftOut, podGone } = this.#streams;
    const { state, message } = summarise({
      states,
      leftOut,
      podGone,
      visible: this.#visible,
      previous: this.#previous,
      maxStreams: this.#maxStreams,
    });
    if (state !== this.#state.state) this.#state = { state, since: this.#time() };
    const { received, dropped } = this.#pump;
    return { streams: open, received, dropped, state, since: this.#state.since, message };
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription.dispose();
    this.#streams.stop();
    this.#settleTimer?.dispose();
    this.#statusTimer?.dispose();
    this.#pump.dispose();
    this.#batchListeners.clear();
    this.#statusListeners.clear();
  }

  #begin(): void {
    this.#opening = true;
    this.#streams.reconcile(true);
    const { open } = this.#streams;
    this.#pump.holdUntil(this.#clock.now() + openingMs + openingMsPerStream * Math.max(0, open - 20));
    this.#changed();
  }

  #changed(): void {
    if (this.#disposed) return;
    this.#statusSoon();
    this.#settleTimer ??= this.#clock.after(settleMs, () => {
      this.#settleTimer = undefined;
      if (!this.#visible) return;
      this.#streams.reconcile(false);
      this.#endOpening();
    });
  }

  /** Once every stream has answered, lines wait for the merge's window alone. */
  #endOpening(): void {
    if (!this.#opening || this.#streams.states.some(({ kind }) => kind === 'connecting')) return;
    this.#opening = false;
    this.#pump.holdUntil(this.#clock.now() + mergeWindowMs);
  }

  #deliver(lines: readonly LogLine[]): void {
    const from = this.#announced;
    const sources = this.#sources.slice(from);
    this.#announced = this.#sources.length;
    for (const listener of this.#batchListeners) listener({ sources, from, lines });
    this.#statusSoon();
  }

  #statusSoon(): void {
    if (this.#disposed) return;
    this.#statusTimer ??= this.#clock.after(statusEveryMs, () => {
      this.#statusTimer = undefined;
      const status = this.status();
      for (const listener of this.#statusListeners) listener(status);
    });
  }

  #time(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

function capturedSources(sources: readonly LogSource[]): readonly SessionSource[] {
  const containers = new Map<string, Set<string>>();
  for (const { podUid, container } of sources)
    containers.set(podUid, (containers.get(podUid) ?? new Set()).add(container));
  return sources.map((source) => ({
    source,
    containers: containers.get(source.podUid)?.size ?? 1,
    captured: true,
  }));
}
