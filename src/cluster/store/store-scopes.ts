import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { ApiError } from '../errors/api-error.ts';
import type { KindWatch } from './kind-watch.ts';
import type { NamespaceSource } from './namespaces.ts';
import {
  connecting,
  type NamespaceScope,
  type StoreScope,
  type StoreState,
  together,
  type Unseen,
} from './store-state.ts';

/** A watch of one kind, whatever its rows. */
type AnyKindWatch = Pick<
  KindWatch<never, never>,
  | 'divided'
  | 'stateIn'
  | 'states'
  | 'unseen'
  | 'unseenIn'
  | 'start'
  | 'cover'
  | 'leave'
  | 'restart'
  | 'retry'
  | 'end'
>;

export interface WatchedKinds {
  readonly deployments: AnyKindWatch;
  readonly replicaSets: AnyKindWatch;
  readonly pods: AnyKindWatch;
  /** Their state is not the store's: it does its work without them. */
  readonly others: readonly AnyKindWatch[];
}

/** Each namespace costs a watch, so a connection of about 0.2 MB, for each kind. */
const mostNamespaces = 50;
const findLimitMs = 60_000;
/** How long after a refusal it is asked again whether permission has been given meanwhile. */
const retryAfterMs = 5 * 60_000;

/** Where the kinds are looked at: decides between the cluster and namespaces, and says how well all of it is seen. */
export class StoreScopes {
  readonly #clock: Clock;
  readonly #namespaces: NamespaceSource;
  readonly #kinds: WatchedKinds;
  readonly #seen: () => Iterable<string>;
  readonly #changed: () => void;
  readonly #ending = new AbortController();
  #found = new Set<string>();
  /** Ends the search for namespaces that is under way. */
  #finding: AbortController | undefined;
  #searched = false;
  #retrying: Ending | undefined;
  #said = '';

  /** `seen` gives the namespaces that have Deployments, as far as is known. */
  constructor(
    clock: Clock,
    namespaces: NamespaceSource,
    kinds: WatchedKinds,
    seen: () => Iterable<string>,
    changed: () => void,
  ) {
    this.#clock = clock;
    this.#namespaces = namespaces;
    this.#kinds = kinds;
    this.#seen = seen;
    this.#changed = changed;
  }

  start(): void {
    for (const kind of this.#all()) kind.start();
  }

  get state(): StoreState {
    const { deployments, replicaSets, pods } = this.#kinds;
    const decisive = deployments.states();
    if (decisive.every(isRefused)) {
      const [first] = decisive;
      if (!deployments.divided) return first ?? connecting;
      return this.#finding === undefined ? { kind: 'refused', error: this.#refusedEverywhere() } : connecting;
    }
    return together([...decisive, ...replicaSets.states(), ...pods.states()]);
  }

  get scope(): StoreScope {
    const { deployments, replicaSets, pods, others } = this.#kinds;
    const unseen = [replicaSets, pods, ...others].flatMap((kind) => kind.unseen());
    if (!deployments.divided) return { kind: 'cluster', unseen };
    const wanted = this.#wanted();
    const namespaces = wanted.map((namespace): NamespaceScope => {
      const state = this.#stateIn(namespace);
      const here = isRefused(state) ? deployments.unseen() : unseen;
      const fits = (each: Unseen) => each.namespace === undefined || each.namespace === namespace;
      return { namespace, state, unseen: here.filter(fits) };
    });
    const someSeen = namespaces.some(({ state }) => !isRefused(state));
    return {
      kind: 'namespaces',
      finding: this.#finding !== undefined,
      leftOut: [...this.#found].filter((name) => !wanted.includes(name)).length,
      // kubectl takes it where a context names none: that it is refused says nothing where others are seen.
      namespaces: namespaces.filter(
        ({ namespace, state }) => !(someSeen && namespace === 'default' && isRefused(state)),
      ),
    };
  }

  /** What of a Deployment in this namespace may not be seen, in words. */
  unseenParts(namespace: string): Pick<DeploymentRecords, 'revisionsUnseen' | 'podsUnseen'> {
    const revisionsUnseen = this.#kinds.replicaSets.unseenIn(namespace);
    // Without its ReplicaSets nothing tells which pods are a Deployment's.
    const podsUnseen = this.#kinds.pods.unseenIn(namespace) ?? revisionsUnseen;
    return {
      ...(revisionsUnseen === undefined ? {} : { revisionsUnseen }),
      ...(podsUnseen === undefined ? {} : { podsUnseen }),
    };
  }

  /** Takes in that a watch's state is another, or that a namespace is known that was not. */
  changed(): void {
    this.cover();
    void this.#find();
    if (this.#retrying === undefined && this.#all().some((kind) => kind.divided || kind.unseen().length > 0))
      this.#retrying = this.#clock.after(retryAfterMs, () => void this.#again('retry'));
    const said = inWords(this.state, this.scope);
    if (said === this.#said) return;
    this.#said = said;
    this.#changed();
  }

  /** Sees to it that every kind that is looked at by namespace is so in all namespaces that are known. */
  cover(): void {
    const divided = this.#all().filter((kind) => kind.divided);
    if (divided.length === 0) return;
    const wanted = this.#wanted();
    for (const kind of divided) kind.cover(wanted);
  }

  refresh(): void {
    void this.#again('restart');
  }

  dispose(): void {
    this.#ending.abort();
    this.#finding?.abort();
    this.#retrying?.dispose();
    for (const kind of this.#all()) kind.end();
  }

  #all(): readonly AnyKindWatch[] {
    const { deployments, replicaSets, pods, others } = this.#kinds;
    return [deployments, replicaSets, pods, ...others];
  }

  /** The namespaces to look at, those that a person named first: at most `mostNamespaces`, sorted. */
  #wanted(): readonly string[] {
    const wanted = new Set<string>();
    for (const names of [this.#namespaces.named, this.#found, this.#seen()])
      for (const name of names) {
        if (wanted.size === mostNamespaces) break;
        wanted.add(name);
      }
    return [...wanted].toSorted();
  }

  #stateIn(namespace: string): StoreState {
    const { deployments, replicaSets, pods } = this.#kinds;
    const decisive = deployments.stateIn(namespace);
    if (isRefused(decisive)) return decisive;
    return together([decisive, replicaSets.stateIn(namespace), pods.stateIn(namespace)]);
  }

  async #again(how: 'restart' | 'retry'): Promise<void> {
    this.#retrying?.dispose();
    this.#retrying = undefined;
    this.#finding?.abort();
    this.#searched = false;
    const { signal } = this.#ending;
    await Promise.all(this.#all().map((kind) => kind[how](signal)));
    if (!signal.aborted) this.changed();
  }

  /** Looks for more namespaces, once, where Deployments are looked at by namespace. */
  async #find(): Promise<void> {
    if (this.#searched || !this.#kinds.deployments.divided) return;
    this.#searched = true;
    const search = (this.#finding = new AbortController());
    const limit = this.#clock.after(findLimitMs, () => search.abort());
    const found = new Set<string>();
    try {
      await this.#namespaces.find((namespace) => {
        found.add(namespace);
        this.#found.add(namespace);
        this.cover();
      }, search.signal);
      this.#found = found;
    } catch (error) {
      // What was found stays. Why the cluster cannot be asked is said by the watches, which ask it too.
      if (!(error instanceof ApiError)) throw error;
    } finally {
      limit.dispose();
      if (this.#finding === search) this.#finding = undefined;
    }
    if (this.#ending.signal.aborted || this.#finding !== undefined) return;
    const wanted = new Set(this.#wanted());
    for (const kind of this.#all()) kind.leave(wanted);
    this.changed();
  }

  #refusedEverywhere(): ApiError {
    const { deployments } = this.#kinds;
    const [namespace = '', ...more] = this.#wanted();
    const state = deployments.stateIn(namespace);
    const first = isRefused(state) ? deployments.unseenIn(namespace) : undefined;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return new ApiError(
      'forbidden',
      `${first ?? 'Deployments cannot be seen'}${others}, and in the whole cluster.`,
    );
  }
}

/** All that is said of a state and a scope, to tell whether it is still the same. */
function inWords(state: StoreState, scope: StoreScope): string {
  return JSON.stringify([state, scope], (_, value: unknown) =>
    value instanceof Error ? value.message : value,
  );
}

function isRefused(state: StoreState): state is Extract<StoreState, { kind: 'refused' }> {
  return state.kind === 'refused';
}
