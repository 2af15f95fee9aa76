import type { Clock } from '../ports/clock.ts';
import { apiError, ApiError } from './api-error.ts';
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

/**
 * Who is told what a watch sees, in order. A list comes as `begin`, its rows as `upsert`, then `whole`: only then is gone
 * what was not among them. A list that is cut off begins again.
 */
export interface WatchListener<Row> {
  /** A list begins: what is held stays until it is `whole`. */
  begin(): void;
  /** A row that is there, listed or changed. */
  upsert(row: Row): void;
  /** An object that is not there, or no longer one to keep, by its uid; it may never have been told of. */
  remove(uid: string): void;
  /** What was not told of since `begin` is gone. */
  whole(): void;
  /** The list is whole and events flow. */
  live(): void;
  /**
   * The cluster cannot be seen at present; the watch goes on trying. `since`: ms since the epoch, when what was told was
   * last known to be true; undefined where no list was ever whole.
   */
  stale(error: ApiError, since: number | undefined): void;
  /** Reading is not allowed: the watch has ended. */
  refused(error: ApiError): void;
}

/** What is watched, and what is kept of each object. */
export interface WatchTarget<Json extends WatchedObject, Row> {
  /** e.g. `/apis/apps/v1/deployments` or `/apis/apps/v1/namespaces/x/deployments`. */
  readonly path: string;
  readonly fieldSelector?: string;
  /** The row that is kept of an object of the path's kind; undefined for an object that is not kept. */
  readonly read: (json: Json) => Row | undefined;
}

interface WatchEvent<Json> {
  readonly type: string;
  readonly object: Json & { readonly code?: number; readonly message?: string };
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
    try {
      await once(api, clock, target, listener, state, signal);
    } catch (thrown) {
      const error =
        thrown instanceof ApiError
          ? thrown
          : apiError('wrongShape', { detail: `in what ${target.path} answers` }, { cause: thrown });
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
  /** When what was told was last known to be true, ms since the epoch. */
  trueAt: number | undefined;
}

async function once<Json extends WatchedObject, Row>(
  api: ApiServer,
  clock: Clock,
  target: WatchTarget<Json, Row>,
  listener: WatchListener<Row>,
  state: WatchState,
  signal: AbortSignal,
): Promise<void> {
  let listing = false;
  const query: Record<string, string> = { ...selector(target), watch: '1', allowWatchBookmarks: 'true' };
  if (state.version === undefined && state.streamedLists) {
    listing = true;
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
    if (listing) listener.begin();
    else listener.live();
    for await (const line of jsonLines(stream)) {
      if (signal.aborted) return; // The rest of a chunk comes even after the stop.
      alarm.dispose();
      alarm = clock.after(silenceMs, tooQuiet);
      const event = jsonBody<WatchEvent<Json>>(line);
      if (event.type === 'ERROR') throw errorOfEvent(event.object);
      tell(listener, target, event);
      if (listing && event.object.metadata?.annotations?.[initialEventsEnd] !== 'true') continue;
      if (listing) {
        listener.whole();
        listener.live();
      }
      listing = false;
      state.trueAt = clock.now();
      state.version = event.object.metadata?.resourceVersion ?? state.version;
    }
    if (listing && !signal.aborted)
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

async function listPages<Json extends WatchedObject, Row>(
  api: ApiServer,
  target: WatchTarget<Json, Row>,
  listener: WatchListener<Row>,
  signal: AbortSignal,
): Promise<string> {
  listener.begin();
  let next = '';
  for (;;) {
    const query = {
      ...selector(target),
      limit: String(pageSize),
      ...(next === '' ? {} : { continue: next }),
    };
    const page = jsonBody<{
      items?: Json[];
      metadata?: { continue?: string; resourceVersion?: string };
    }>(await api.get(target.path, query, { signal, timeoutMs: 60_000 }));
    signal.throwIfAborted();
    for (const object of page.items ?? []) tell(listener, target, { type: 'ADDED', object });
    next = page.metadata?.continue ?? '';
    if (next !== '') continue;
    listener.whole();
    return page.metadata?.resourceVersion ?? '0';
  }
}

function selector({ fieldSelector }: { readonly fieldSelector?: string }): Query {
  return fieldSelector === undefined ? {} : { fieldSelector };
}

function errorOfEvent({ code, message }: WatchEvent<object>['object']): ApiError {
  const reason = code === 410 ? 'gone' : 'serverError';
  return new ApiError(reason, message ?? 'The watch ended with an error.', { status: code ?? 500 });
}

function tell<Json extends WatchedObject, Row>(
  listener: WatchListener<Row>,
  { read }: WatchTarget<Json, Row>,
  { type, object }: WatchEvent<Json>,
): void {
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return;
  const row = type === 'DELETED' ? undefined : read(object);
  if (row === undefined) listener.remove(object.metadata?.uid ?? '');
  else listener.upsert(row);
}
