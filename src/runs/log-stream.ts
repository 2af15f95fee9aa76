import type { LogSource } from '../domain/logs/line.ts';
import { LogPosition } from '../domain/logs/position.ts';
import type { StampedLine } from '../domain/logs/split.ts';
import type { PodRecord } from '../domain/rollout/records.ts';
import type { ContainerLogs, LogEnd, LogFlow } from '../ports/container-logs.ts';

/** How one container's log is at present. `idle` has not begun, or was stopped while hidden. */
export type LogStreamState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | LogFlow
  | Exclude<LogEnd, { kind: 'aborted' }>;

export interface LogStreamListener {
  lines(source: LogSource, lines: readonly StampedLine[]): void;
  changed(): void;
}

/** The log of one container over the life of a session: opened, ended, opened again when the container restarts. */
export class LogStream {
  readonly source: LogSource;
  readonly #logs: ContainerLogs;
  readonly #listener: LogStreamListener;
  readonly #position: LogPosition;
  readonly #tailLines: number | undefined;
  #state: LogStreamState = { kind: 'idle' };
  #abort: AbortController | undefined;
  /** What the pod looked like when the stream was opened last. */
  #openedFor: PodRecord | undefined;

  /** Begins with the last `tailLines` lines (all where undefined), or at `since`. */
  constructor(
    source: LogSource,
    start: { readonly tailLines?: number; readonly since?: string },
    logs: ContainerLogs,
    listener: LogStreamListener,
  ) {
    this.source = source;
    this.#logs = logs;
    this.#listener = listener;
    this.#position = new LogPosition(start.since);
    this.#tailLines = start.tailLines;
  }

  get state(): LogStreamState {
    return this.#state;
  }

  /** True while it holds a connection, or tries to. */
  get open(): boolean {
    return this.#abort !== undefined;
  }

  /** True where opening it may show more than it did: it never ran, or its pod has changed since in a way that matters. */
  wantsOpening(pod: PodRecord): boolean {
    if (this.open) return false;
    switch (this.#state.kind) {
      case 'idle':
        return true;
      case 'waiting':
        return pod !== this.#openedFor;
      case 'ended':
      case 'noPrevious':
        return pod.restarts !== this.#openedFor?.restarts;
      default:
        return false;
    }
  }

  opens(pod: PodRecord): void {
    const abort = new AbortController();
    this.#abort = abort;
    this.#openedFor = pod;
    this.#state = { kind: 'connecting' };
    void this.#follow(abort);
  }

  /** Ends the connection; the position is kept, so that `opens` goes on where it was. */
  stop(): void {
    const open = this.#abort;
    this.#abort = undefined;
    if (open) this.#state = { kind: 'idle' };
    open?.abort();
  }

  /** Lets a waiting container be asked for again though its pod looks the same. */
  retry(): void {
    if (this.#state.kind === 'waiting' && !this.open) this.#openedFor = undefined;
  }

  async #follow(abort: AbortController): Promise<void> {
    const tail = this.#tailLines === undefined ? {} : { tailLines: this.#tailLines };
    const start = { position: this.#position, ...tail };
    const end = await this.#logs
      .follow(
        this.source,
        start,
        {
          lines: (lines) => {
            if (!abort.signal.aborted) this.#listener.lines(this.source, lines);
          },
          flow: (flow) => {
            if (!abort.signal.aborted) this.#become(flow);
          },
        },
        abort.signal,
      )
      .catch((error: unknown): LogEnd => ({ kind: 'failed', message: String(error) }));
    if (abort.signal.aborted) return;
    this.#abort = undefined;
    this.#become(end.kind === 'aborted' ? { kind: 'ended' } : end);
  }

  #become(state: LogStreamState): void {
    this.#state = state;
    this.#listener.changed();
  }
}
