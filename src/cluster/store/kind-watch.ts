import type { Clock } from '../../ports/clock.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';
import type { StartQueue } from '../watch/start-queue.ts';
import { connecting, refusalWords, type StoreState, type Unseen } from './store-state.ts';
import type { Table } from './table.ts';
import { watch, type WatchedObject, type WatchListener } from '../watch/watch.ts';
import { listPath, type WatchedKind } from './watched-kinds.ts';

/** Who is told what changes. */
export interface KindListener<Row> {
  /** The row is new, has changed, or is gone: this is how it is or was. */
  row(row: Row): void;
  /** The state of a watch is another, or a list is whole. */
  state(): void;
}

interface Place {
  state: StoreState;
  readonly ending: AbortController;
}

/** One kind of object kept true in a table: in the whole cluster or, where that is forbidden, namespace by namespace. */
export class KindWatch<
  Json extends WatchedObject,
  Row extends { readonly uid: string; readonly namespace: string },
> {
  readonly #kind: WatchedKind<Json, Row>;
  readonly #table: Table<Row>;
  readonly #api: ApiServer;
  readonly #clock: Clock;
  readonly #starts: StartQueue;
  readonly #listener: KindListener<Row>;
  /** By namespace, undefined for the whole cluster. */
  readonly #places = new Map<string | undefined, Place>();

  constructor(
    kind: WatchedKind<Json, Row>,
    table: Table<Row>,
    api: ApiServer,
    clock: Clock,
    starts: StartQueue,
    listener: KindListener<Row>,
  ) {
    this.#kind = kind;
    this.#table = table;
    this.#api = api;
    this.#clock = clock;
    this.#starts = starts;
    this.#listener = listener;
  }

  /** Whether the whole cluster may not be seen, so that it is looked at in namespaces. */
  get divided(): boolean {
    const { state } = this.#places.get(undefined) ?? {};
    return state?.kind === 'refused' && state.error.reason === 'forbidden';
  }

  /** How well the kind is seen in a namespace. A namespace that is not looked at is connected to, as far as is known. */
  stateIn(namespace: string | undefined): StoreState {
    const place = this.#places.get(this.divided ? namespace : undefined);
    return place?.state ?? connecting;
  }

  /** The state of each watch that counts. */
  states(): readonly StoreState[] {
    return [...this.#places]
      .filter(([namespace]) => !this.divided || namespace !== undefined)
      .map(([, { state }]) => state);
  }

  /** Where the kind may not be seen. */
  unseen(): readonly Unseen[] {
    return [...this.#places].flatMap(([namespace, { state }]) => {
      if (state.kind !== 'refused' || (this.divided && namespace === undefined)) return [];
      return [{ resource: this.#kind.resource, namespace, words: this.#words(state.error, namespace) }];
    });
  }

  /** Why the kind may not be seen in a namespace, in words; undefined where it may, or is not known yet. */
  unseenIn(namespace: string): string | undefined {
    const state = this.stateIn(namespace);
    return state.kind === 'refused'
      ? this.#words(state.error, this.divided ? namespace : undefined)
      : undefined;
  }

  /** Looks at the whole cluster, from the beginning; what was seen stays until the new list is whole. */
  start(): void {
    this.end();
    this.#places.clear();
    this.#watch(undefined, connecting);
  }

  /** Looks at these namespaces too, where it looks at namespaces. */
  cover(namespaces: Iterable<string>): void {
    if (!this.divided) return;
    for (const namespace of namespaces) if (!this.#places.has(namespace)) this.#watch(namespace, connecting);
  }

  /** Looks no longer at namespaces other than these. */
  leave(others: ReadonlySet<string>): void {
    for (const [namespace, { ending }] of this.#places) {
      if (namespace === undefined || others.has(namespace)) continue;
      ending.abort();
      this.#places.delete(namespace);
      this.#empty(namespace);
    }
  }

  /** Lists everything again. Where it looks at namespaces it goes on with them, unless the whole cluster may be seen now. */
  async restart(signal: AbortSignal): Promise<void> {
    const whole = !this.divided || (await this.#allowed(signal));
    if (signal.aborted) return;
    if (whole) return this.start();
    for (const namespace of this.#places.keys())
      if (namespace !== undefined) this.#watch(namespace, connecting);
  }

  /** Looks again where it was refused: permission may have been given since. */
  async retry(signal: AbortSignal): Promise<void> {
    const whole = this.divided && (await this.#allowed(signal));
    if (signal.aborted) return;
    if (whole) return this.start();
    for (const [namespace, { state }] of this.#places)
      // Refused until it is known to be allowed, so that a retry in vain changes no words.
      if (state.kind === 'refused' && !(this.divided && namespace === undefined))
        this.#watch(namespace, state);
  }

  end(): void {
    for (const { ending } of this.#places.values()) ending.abort();
  }

  #watch(namespace: string | undefined, state: StoreState): void {
    this.#places.get(namespace)?.ending.abort();
    const place: Place = { state, ending: new AbortController() };
    this.#places.set(namespace, place);
    const { fields, read } = this.#kind;
    const target = { path: listPath(this.#kind, namespace), fields, read };
    const { signal } = place.ending;
    this.#starts.add((begun) => {
      if (signal.aborted) return begun();
      signal.addEventListener('abort', begun, { once: true });
      void watch(this.#api, this.#clock, target, this.#fill(namespace, place, begun), signal);
    });
  }

  #fill(namespace: string | undefined, place: Place, begun: () => void): WatchListener<Row> {
    const table = this.#table;
    const { signal } = place.ending;
    let unlisted = new Set<string>();
    const remove = (uid: string) => this.#remove(uid);
    const become = (state: StoreState) => {
      begun();
      if (signal.aborted) return;
      place.state = state;
      this.#listener.state();
    };
    return {
      begin: () => {
        unlisted = table.uidsIn(namespace);
      },
      upsert: (row) => {
        if (unlisted.size > 0) unlisted.delete(row.uid);
        const before = table.set(row);
        if (before === row) return;
        if (before !== undefined && table.ownerOf(before) !== table.ownerOf(row)) this.#listener.row(before);
        this.#listener.row(row);
      },
      remove,
      whole: () => {
        unlisted.forEach(remove);
        unlisted.clear();
      },
      live: () => become({ kind: 'live' }),
      stale: (error, since) => become({ kind: 'stale', since, error }),
      refused: (error) => void this.#refused(namespace, error, become, signal),
    };
  }

  #words(error: ApiError, namespace: string | undefined): string {
    const { plural, resource } = this.#kind;
    return `${plural} cannot be seen: ${refusalWords(error, resource, namespace)}`;
  }

  #remove(uid: string): void {
    const row = this.#table.delete(uid);
    if (row !== undefined) this.#listener.row(row);
  }

  #empty(namespace: string | undefined): void {
    for (const uid of this.#table.uidsIn(namespace)) this.#remove(uid);
  }

  async #refused(
    namespace: string | undefined,
    error: ApiError,
    become: (state: StoreState) => void,
    signal: AbortSignal,
  ): Promise<void> {
    // Nothing of what may no longer be seen stays: it would be taken for true.
    this.#empty(namespace);
    const absent = this.#kind.optional && namespace === undefined && !(await this.#served(error, signal));
    become(absent ? { kind: 'live' } : { kind: 'refused', error });
  }

  /** Whether the cluster has the kind at all. Permission is checked before: without it, 403 is answered for what is not there. */
  async #served(error: ApiError, signal: AbortSignal): Promise<boolean> {
    if (error.reason === 'notFound') return false;
    const [plural] = this.#kind.resource.split('.');
    try {
      const { resources } = jsonBody<{ resources?: { name?: string }[] }>(
        await this.#api.get(this.#kind.api, {}, { signal }),
      );
      return resources?.some(({ name }) => name === plural) ?? false;
    } catch (thrown) {
      // What cannot be known is taken to be there: then the namespaces tell.
      return !(thrown instanceof ApiError && thrown.reason === 'notFound');
    }
  }

  async #allowed(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#api.get(listPath(this.#kind, undefined), { limit: '1' }, { signal });
      return true;
    } catch (thrown) {
      if (thrown instanceof ApiError) return false; // As before; the watches say what else is wrong.
      throw thrown;
    }
  }
}
