import type { LogSource } from '../../domain/logs/line.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContainerLogs, LogEnd, LogStart } from '../../ports/container-logs.ts';
import type { StampedLine } from '../../domain/logs/split.ts';
import type { ApiServer } from '../api-server.ts';
import { ContainerFollow } from './container-follow.ts';
import { apiErrorOf, endOfError } from './log-end.ts';
import { LogBody, openLog } from './log-request.ts';
import { OpenFollows } from './open-follows.ts';

/** The logs of one cluster's containers, through the API server's log endpoint. */
export function containerLogs(api: ApiServer, clock: Clock): ContainerLogs {
  const open = new OpenFollows(clock);
  return {
    follow: (source, start, listener, signal) =>
      new ContainerFollow({ api, clock, open, source, start, listener, signal }).run(),
  };
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
