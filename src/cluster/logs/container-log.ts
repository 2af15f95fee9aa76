import type { LogSource } from '../../domain/logs/line.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContainerLogs, LogEnd, LogListener, LogStart } from '../../ports/container-logs.ts';
import type { StampedLine } from '../../domain/logs/split.ts';
import type { ApiServer } from '../api-server.ts';
import { ContainerFollow } from './container-follow.ts';
import { apiErrorOf, endOfError } from './log-end.ts';
import { LogBody, openLog } from './log-request.ts';

/** The logs of one cluster's containers, through the API server's log endpoint. */
export function containerLogs(api: ApiServer, clock: Clock): ContainerLogs {
  return {
    follow: (source, start, listener, signal) =>
      followContainerLog(api, clock, source, start, listener, signal),
  };
}

/**
 * Follows one container's log until it ends. A cut connection is opened again after 0.25 s, doubled up to 5 s, from the last
 * line seen; what a run that ended meanwhile still had to say is read from its previous log first.
 */
export function followContainerLog(
  api: ApiServer,
  clock: Clock,
  source: LogSource,
  start: LogStart,
  listener: LogListener,
  signal: AbortSignal,
): Promise<LogEnd> {
  return new ContainerFollow(api, clock, source, start, listener, signal).run();
}

/** How the reading of a log as it is went. */
export interface LogReading {
  readonly end: LogEnd;
  /** True where `maxBytes` was reached, or the connection cut, before the end of the log. */
  readonly truncated: boolean;
}

/** Reads one container's log as it is now, or the previous run's where the source says so; once, without waiting. */
export async function readContainerLog(
  api: ApiServer,
  source: LogSource,
  start: LogStart,
  maxBytes: number,
  lines: (lines: readonly StampedLine[]) => void,
  signal: AbortSignal,
): Promise<LogReading> {
  const body = new LogBody(start, lines);
  const request = { follow: false, previous: source.previous, limitBytes: maxBytes };
  let bytes = 0;
  try {
    for await (const chunk of await openLog(api, source, start, request, signal)) {
      bytes += chunk.length;
      body.push(chunk);
    }
  } catch (thrown) {
    if (signal.aborted) return { end: { kind: 'aborted' }, truncated: bytes > 0 };
    const error = apiErrorOf(thrown);
    const end = endOfError(error, source.previous) ?? { kind: 'failed', message: error.message };
    return { end, truncated: bytes > 0 };
  }
  const truncated = bytes >= maxBytes;
  if (!truncated) body.end();
  return { end: { kind: 'ended' }, truncated };
}
