import type { Clock } from '../../ports/clock.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ApiServer, Query } from '../api-server.ts';
import { jsonBody, parsedBody } from '../http/json-body.ts';
import { eventParser, initialEventsEnd } from './event-parser.ts';
import { JsonLines } from './json-lines.ts';
import { Turns } from './turns.ts';
import type { WatchedObject, WatchListener, WatchTarget } from './watch-listener.ts';
import { type Listening, pulseOf } from './watch-pulse.ts';

/** What a watch knows from one connection to the next. */
export interface WatchState {
  /** resourceVersion to go on from; undefined means list first. */
  version: string | undefined;
  /** Whether the API server streams lists (WatchList): on by default from Kubernetes 1.34 on, and at 1.32. */
  streamedLists: boolean;
  /** When what was told was last known to be true, ms since the epoch. */
  trueAt: number | undefined;
}

interface WatchEvent<Json> {
  readonly type: string;
  readonly object: Json & { readonly code?: number; readonly message?: string };
}

/** The API server sends a bookmark about once a minute: without one for longer a watch is opened anew, to be sure. */
const bookmarkMs = 75_000;
const pageSize = 500;
/** All watches of this process have one thread. */
const turns = new Turns();

/** One connection of a watch, from its list or version on, until it ends in peace, or throws ApiError. */
export class WatchConnection<Json extends WatchedObject, Row> implements Listening {
  readonly #api: ApiServer;
  readonly #clock: Clock;
  readonly #target: WatchTarget<Json, Row>;
  readonly #listener: WatchListener<Row>;
  readonly #state: WatchState;
  readonly #given = new AbortController();
  #listing = false;
  #heardAt: number;
  aliveAt: number;

  constructor(
    api: ApiServer,
    clock: Clock,
    target: WatchTarget<Json, Row>,
    listener: WatchListener<Row>,
    state: WatchState,
  ) {
    this.#api = api;
    this.#clock = clock;
    this.#target = target;
    this.#listener = listener;
    this.#state = state;
    this.#heardAt = this.aliveAt = clock.now();
  }

  async run(stop: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stop, this.#given.signal]);
    const beating = pulseOf(this.#api, this.#clock).add(this);
    try {
      await this.#read(signal);
    } catch (thrown) {
      if (!this.#given.signal.aborted) throw thrown;
      const { reason } = this.#given.signal;
      if (reason instanceof ApiError) throw reason;
    } finally {
      beating.dispose();
    }
  }

  giveUp(error: ApiError): void {
    this.#given.abort(error);
  }

  async hasMissed(signal: AbortSignal): Promise<boolean> {
    const { version: resourceVersion } = this.#state;
    if (resourceVersion === undefined) {
      const query = { ...this.#selector, limit: '1', timeoutSeconds: '4' };
      await this.#api.get(this.#target.path, query, { signal });
      this.aliveAt = this.#clock.now();
      return false;
    }
    // A second, short watch from the same version on tells what the first should have told.
    const query = { ...this.#selector, watch: '1', resourceVersion, timeoutSeconds: '1' };
    const body = await this.#api.get(this.#target.path, query, { signal });
    const missed = body
      .split('\n')
      .filter((line) => line !== '')
      .some((line) => jsonBody<WatchEvent<Json>>(line).type !== 'BOOKMARK');
    if (missed) return true;
    this.aliveAt = this.#state.trueAt = this.#clock.now();
    if (this.aliveAt - this.#heardAt > bookmarkMs) this.#given.abort('renew');
    return false;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { path } = this.#target;
    const query: Record<string, string> = { ...this.#selector, watch: '1', allowWatchBookmarks: 'true' };
    this.#listing = this.#state.version === undefined && this.#state.streamedLists;
    if (this.#listing)
      Object.assign(query, { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' });
    else query['resourceVersion'] = this.#state.version ??= await this.#listPages(signal);
    const stream = await this.#api.stream(path, query, { signal });
    this.#heard();
    if (this.#listing) this.#listener.begin();
    else this.#listener.live();
    const parse = eventParser(this.#target.fields);
    const lines = new JsonLines();
    for await (const chunk of stream) {
      this.#heard();
      for (const line of lines.of(chunk)) {
        if (signal.aborted) return; // The rest of a chunk comes even after the stop.
        this.#take(
          parsedBody<WatchEvent<Json>>(
            () => parse(line),
            () => line.toString('utf8'),
          ),
        );
        const turn = turns.worked(line.length);
        if (turn !== undefined) await turn;
      }
    }
    if (this.#listing && !signal.aborted)
      throw new ApiError('badResponse', `The answer of ${this.#api.server} ended before the list was whole.`);
  }

  #take(event: WatchEvent<Json>): void {
    if (event.type === 'ERROR') throw errorOfEvent(event.object);
    this.#tell(event);
    const { metadata } = event.object;
    if (this.#listing) {
      if (metadata?.annotations?.[initialEventsEnd] !== 'true') return;
      this.#listing = false;
      this.#listener.whole();
      this.#listener.live();
    }
    this.#state.version = metadata?.resourceVersion ?? this.#state.version;
    this.#state.trueAt = this.#heardAt;
  }

  async #listPages(signal: AbortSignal): Promise<string> {
    this.#listener.begin();
    let next = '';
    for (;;) {
      const query = {
        ...this.#selector,
        limit: String(pageSize),
        ...(next === '' ? {} : { continue: next }),
      };
      const body = await this.#api.get(this.#target.path, query, { signal, timeoutMs: 60_000 });
      this.#heard();
      const page = jsonBody<{
        items?: Json[];
        metadata?: { continue?: string; resourceVersion?: string };
      }>(body);
      for (const object of page.items ?? []) {
        signal.throwIfAborted();
        this.#tell({ type: 'ADDED', object });
      }
      await turns.worked(body.length);
      next = page.metadata?.continue ?? '';
      if (next !== '') continue;
      signal.throwIfAborted();
      this.#listener.whole();
      return page.metadata?.resourceVersion ?? '0';
    }
  }

  #tell({ type, object }: WatchEvent<Json>): void {
    if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return;
    const row = type === 'DELETED' ? undefined : this.#target.read(object);
    if (row === undefined) this.#listener.remove(object.metadata?.uid ?? '');
    else this.#listener.upsert(row);
  }

  #heard(): void {
    this.#heardAt = this.aliveAt = this.#clock.now();
  }

  get #selector(): Query {
    const { fieldSelector } = this.#target;
    return fieldSelector === undefined ? {} : { fieldSelector };
  }
}

function errorOfEvent({ code, message }: WatchEvent<object>['object']): ApiError {
  const reason = code === 410 ? 'gone' : 'serverError';
  return new ApiError(reason, message ?? 'The watch ended with an error.', { status: code ?? 500 });
}
