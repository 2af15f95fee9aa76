import type { LogSource } from '../domain/logs/line.ts';
import type { LogPosition } from '../domain/logs/position.ts';
import type { StampedLine } from '../domain/logs/split.ts';

/** Why the reading of a container's log is over. */
export type LogEnd =
  /** The container has ended (or its previous run was read) and its log was read to the end. */
  | { readonly kind: 'ended' }
  /** There is no log yet, with the kubelet's reason: `waiting to start: ContainerCreating`. Ask again when the pod changes. */
  | { readonly kind: 'waiting'; readonly message: string }
  /** `previous` was asked for and the container has not run before. */
  | { readonly kind: 'noPrevious'; readonly message: string }
  /** The pod is deleted. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'forbidden'; readonly message: string }
  /** The API server refuses for another reason, and would again. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The caller stopped it. */
  | { readonly kind: 'aborted' };

/** How a followed log is at present: its lines flow, or its connection is cut and tried again. */
export type LogFlow = { readonly kind: 'live' } | { readonly kind: 'stale'; readonly message: string };

export interface LogListener {
  /** Lines that were not seen before, in the container's order. */
  lines(lines: readonly StampedLine[]): void;
  flow(flow: LogFlow): void;
}

export interface LogStart {
  /** Where to begin; it moves with what is read, and a later call with it goes on from there. */
  readonly position: LogPosition;
  /** How many of the last lines to begin with, where the position gives no time; all of them where undefined. */
  readonly tailLines?: number;
}

/** The logs of containers, as the API server serves them. */
export interface ContainerLogs {
  /**
   * Follows one container, across cut connections, until it ends, its pod is gone, or `signal` aborts. Does not reject for
   * what a cluster can do: that is the end it resolves with.
   */
  follow(source: LogSource, start: LogStart, listener: LogListener, signal: AbortSignal): Promise<LogEnd>;
}
