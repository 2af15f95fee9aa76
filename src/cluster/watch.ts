import type { Clock } from '../ports/clock.ts';
import { ApiError } from './api-error.ts';
import type { ApiServer, Query } from './api-server.ts';
import { jsonBody } from './json-body.ts';
import { jsonLines } from './json-lines.ts';

/** An object of the API with what every object has. */
export interface WatchedObject {
  readonly metadata?: {
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly annotations?: Record<string, string>;
  };
}

/** Who is told what a watch sees. Calls come in order; a `replace` is the whole list, everything else is gone. */
export interface WatchListener {
  replace(objects: readonly WatchedObject[]): void;
  upsert(object: WatchedObject): void;
  remove(object: WatchedObject): void;
  /** The list is whole and events flow. */
  live(): void;
  /** The cluster cannot be seen at present; the watch goes on trying. */
  stale(error: ApiError): void;
  /** Reading is not allowed: the watch has ended. */
  refused(error: ApiError): void;
}

export interface WatchTarget {
  /** e.g. `/apis/apps/v1/deployments` or `/apis/apps/v1/namespaces/x/deployments`. */
  readonly path: string;
  readonly fieldSelector?: string;
}

interface WatchEvent {
  readonly type: string;
  readonly object: WatchedObject & { readonly code?: number; readonly message?: string };
}

/** The API server sends a bookmark about once a minute: a watch without a byte for longer is taken for dead. */
const silenceMs = 75_000;
const shortestPauseMs = 250;
const longestPauseMs = 10_000;
const pageSize = 500;
const initialEventsEnd = 'k8s.io/initial-events-end';

/**
 * Lists and then watches until `signal` aborts: streamed list (WatchList) where the API server has it, pages where not;
 * lists again after 410 Gone; reconnects from the last version seen. Source: Kubernetes API concepts, "Efficient
 * detection of changes" and "Streaming lists".
 */
export async function watch(
  api: ApiServer,
  clock: Clock,
  target: WatchTarget,
  listener: WatchListener,
  signal: AbortSignal,
) {
  const state: WatchState = { version: undefined, streamedLists: true };
  let pauseMs = shortestPauseMs;
  while (!signal.aborted) {
    const began = clock.now();
    try {
      await once(api, clock, target, listener, state, signal);
    } catch (thrown) {
      const error =
        thrown instanceof ApiError ? thrown : new ApiError('badResponse', String(thrown), { cause: thrown });
      if (signal.aborted) return;
      if (error.reason === 'gone') state.version = undefined;
      else if (error.reason === 'forbidden' || error.reason === 'notFound') return listener.refused(error);
      else if (
        state.streamedLists &&
        state.version === undefined &&
        (error.reason === 'badRequest' || error.reason === 'invalid')
      )
        state.streamedLists = false; // An API server without WatchList: pages then.
      else listener.stale(error);
      pauseMs = (error.retryAfterSeconds ?? 0) * 1000 || pauseMs;
    }
    if (clock.now() - began > longestPauseMs) pauseMs = shortestPauseMs;
    // A signal's abort ends the loop above; nothing else makes this sleep fail.
    await clock.sleep(pauseMs, signal).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

interface WatchState {
  /** resourceVersion to go on from; undefined means list first. */
  version: string | undefined;
  streamedLists: boolean;
}

async function once(
  api: ApiServer,
  clock: Clock,
  target: WatchTarget,
  listener: WatchListener,
  state: WatchState,
  signal: AbortSignal,
): Promise<void> {
  let listing: WatchedObject[] | undefined;
  const query: Record<string, string> = { ...selector(target), watch: '1', allowWatchBookmarks: 'true' };
  if (state.version === undefined && state.streamedLists) {
    listing = [];
    Object.assign(query, { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' });
  } else {
    state.version ??= await listPages(api, target, listener, signal);
    query['resourceVersion'] = state.version;
  }
  const silence = new AbortController();
  const tooQuiet = () => silence.abort();
  let alarm = clock.after(silenceMs, tooQuiet);
  try {
    const stream = await api.stream(target.path, query, {
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (listing === undefined) listener.live();
    for await (const line of jsonLines(stream)) {
      if (signal.aborted) return; // The rest of a chunk comes even after the stop.
      alarm.dispose();
      alarm = clock.after(silenceMs, tooQuiet);
      const event = jsonBody<WatchEvent>(line);
      if (event.type === 'ERROR') throw errorOfEvent(event);
      const version = event.object.metadata?.resourceVersion;
      if (listing === undefined) {
        tell(listener, event);
        if (version !== undefined) state.version = version;
      } else if (event.type !== 'BOOKMARK') listing.push(event.object);
      else if (event.object.metadata?.annotations?.[initialEventsEnd] === 'true') {
        listener.replace(listing);
        listener.live();
        listing = undefined;
        state.version = version;
      }
    }
    if (listing !== undefined && !signal.aborted)
      throw new ApiError('badResponse', `The answer of ${api.server} ended before the list was whole.`);
  } catch (thrown) {
    if (!silence.signal.aborted) throw thrown;
    throw new ApiError('timedOut', `${api.server} has sent nothing for ${silenceMs / 1000} s.`, {
      cause: thrown,
    });
  } finally {
    alarm.dispose();
  }
}

async function listPages(
  api: ApiServer,
  target: WatchTarget,
  listener: WatchListener,
  signal: AbortSignal,
): Promise<string> {
  const objects: WatchedObject[] = [];
  let next = '';
  for (;;) {
    const query = {
      ...selector(target),
      limit: String(pageSize),
      ...(next === '' ? {} : { continue: next }),
    };
    const page = jsonBody<{
      items?: WatchedObject[];
      metadata?: { continue?: string; resourceVersion?: string };
    }>(await api.get(target.path, query, { signal, timeoutMs: 60_000 }));
    objects.push(...(page.items ?? []));
    next = page.metadata?.continue ?? '';
    if (next !== '') continue;
    signal.throwIfAborted();
    listener.replace(objects);
    return page.metadata?.resourceVersion ?? '0';
  }
}

function selector(target: WatchTarget): Query {
  return target.fieldSelector === undefined ? {} : { fieldSelector: target.fieldSelector };
}

function errorOfEvent({ object }: WatchEvent): ApiError {
  const reason = object.code === 410 ? 'gone' : 'serverError';
  return new ApiError(reason, object.message ?? 'The watch ended with an error.', {
    status: object.code ?? 500,
  });
}

function tell(listener: WatchListener, event: WatchEvent): void {
  if (event.type === 'ADDED' || event.type === 'MODIFIED') listener.upsert(event.object);
  else if (event.type === 'DELETED') listener.remove(event.object);
}
