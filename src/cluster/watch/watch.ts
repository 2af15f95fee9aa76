import type { Clock } from '../../ports/clock.ts';
import { apiError, ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';
import { connectionError } from '../errors/connection-error.ts';
import type { WatchedObject, WatchListener, WatchTarget } from './watch-listener.ts';
import { WatchConnection, type WatchState } from './watch-connection.ts';

export type { WatchedObject, WatchListener, WatchTarget };

const shortestPauseMs = 250;
const longestPauseMs = 10_000;
/** However long an API server asks to wait: it may recover sooner than it thinks. */
const longestAskedPauseMs = 120_000;

/**
 * Lists and then watches until `signal` aborts: streamed list (WatchList) where the API server has it, pages where not;
 * lists again after 410 Gone; reconnects from the last version seen, also from connections that have silently gone dead.
 * Source: Kubernetes API concepts, "Efficient detection of changes" and "Streaming lists".
 */
export async function watch<Json extends WatchedObject, Row>(
  api: ApiServer,
  clock: Clock,
  target: WatchTarget<Json, Row>,
  listener: WatchListener<Row>,
  signal: AbortSignal,
): Promise<void> {
  const state: WatchState = { version: undefined, streamedLists: true, trueAt: undefined };
  let pauseMs = shortestPauseMs;
  while (!signal.aborted) {
    const began = clock.now();
    let askedPauseMs = 0;
    try {
      await new WatchConnection(api, clock, target, listener, state).run(signal);
    } catch (thrown) {
      const error = inWords(thrown, api.server, target.path);
      if (signal.aborted) return;
      if (error.reason === 'gone') state.version = undefined;
      else if (error.reason === 'forbidden' || error.reason === 'notFound') return listener.refused(error);
      else if (
        state.streamedLists &&
        state.version === undefined &&
        (error.reason === 'badRequest' || error.reason === 'invalid')
      )
        state.streamedLists = false; // An API server without WatchList: pages then.
      else listener.stale(error, state.trueAt);
      askedPauseMs = Math.min((error.retryAfterSeconds ?? 0) * 1000, longestAskedPauseMs);
    }
    if (clock.now() - began > longestPauseMs) pauseMs = shortestPauseMs;
    // A signal's abort ends the loop above; nothing else makes this sleep fail.
    await clock.sleep(Math.max(pauseMs, askedPauseMs), signal).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** Reading an object that is none stumbles over what it lacks. */
function inWords(thrown: unknown, server: string, path: string): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof TypeError)
    return apiError('wrongShape', { detail: `in what ${path} answers` }, { cause: thrown });
  return connectionError(thrown, { server });
}
