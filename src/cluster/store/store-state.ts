import type { ApiError } from '../errors/api-error.ts';

/** Whether what the store holds is what the cluster holds now. */
export type StoreState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** `since`: ms since the epoch, when it was last true; undefined where nothing was ever seen. */
  | { readonly kind: 'stale'; readonly since: number | undefined; readonly error: ApiError }
  | { readonly kind: 'refused'; readonly error: ApiError };

/** A kind of object that this user may not see, in one namespace or in the whole cluster. */
export interface Unseen {
  /** `pods`, `replicasets.apps`. */
  readonly resource: string;
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined;
  /** `Pods cannot be seen: list pods is forbidden in namespace shop`. */
  readonly words: string;
}

/** One namespace of those that are looked at one by one. */
export interface NamespaceScope {
  readonly namespace: string;
  readonly state: StoreState;
  /** Where Deployments are refused they stand alone here. */
  readonly unseen: readonly Unseen[];
}

/** Where the store looks. */
export type StoreScope =
  | { readonly kind: 'cluster'; readonly unseen: readonly Unseen[] }
  /** The user may not list Deployments in the whole cluster. */
  | {
      readonly kind: 'namespaces';
      readonly namespaces: readonly NamespaceScope[];
      /** Whether more namespaces are still being looked for. */
      readonly finding: boolean;
      /** How many namespaces are not looked at since there are too many. */
      readonly leftOut: number;
    };

export const connecting: StoreState = { kind: 'connecting' };
const live: StoreState = { kind: 'live' };

/** Several states as one, refused ones aside: stale since the first of them was, else connecting, and live only where all are. */
export function together(states: readonly StoreState[]): StoreState {
  const stale = states.filter((state) => state.kind === 'stale');
  const [first] = stale;
  if (first !== undefined)
    return {
      ...first,
      // Undefined, which is never, comes before every time.
      since: stale.some(({ since }) => since === undefined)
        ? undefined
        : Math.min(...stale.map(({ since }) => since ?? Infinity)),
    };
  return states.some(({ kind }) => kind === 'connecting') ? connecting : live;
}

/** `list pods is forbidden in namespace shop`; another refusal in the API server's own words. */
export function refusalWords(error: ApiError, resource: string, namespace: string | undefined): string {
  if (error.reason !== 'forbidden') return error.message;
  // The authorizer names the verb: `User "jane" may not watch pods in namespace "shop"`.
  const verb = /may not (\w+) /.exec(error.message)?.[1] ?? 'list';
  const place = namespace === undefined ? 'the whole cluster' : `namespace ${namespace}`;
  return `${verb} ${resource} is forbidden in ${place}`;
}
