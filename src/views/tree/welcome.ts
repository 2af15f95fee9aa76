import { type ClusterSight, withoutAddress } from './notices.ts';

/**
 * Which welcome stands in place of the rows, as the conditions of `viewsWelcome` in package.json name it; undefined where
 * there are rows to see.
 */
export type Welcome =
  'unreachable' | 'login' | 'certificate' | 'forbidden' | 'failing' | 'nothing' | 'nothingInNamespaces';

/** What is known of one open context. */
export interface SeenContext {
  readonly context: string;
  readonly server: string;
  readonly sight: ClusterSight;
  /** Whether its login goes on just now, which a row tells. */
  readonly loggingIn: boolean;
  /** The namespaces that are shown; empty for all. */
  readonly namespaces: readonly string[];
  /** How many deployments and other workloads are known, also those that a filter hides. */
  readonly total: number;
  /** Whether rows tell of a part that may not be seen. */
  readonly partly: boolean;
}

/** The welcome that says the same of every open context; undefined where one of them has something else to show. */
export function welcomeOf(contexts: readonly SeenContext[]): Welcome | undefined {
  const welcomes = new Set(contexts.map(welcomeTo));
  const [only] = welcomes;
  return welcomes.size === 1 ? only : undefined;
}

function welcomeTo({ sight, loggingIn, namespaces, total, partly }: SeenContext): Welcome | undefined {
  if (loggingIn || sight.kind === 'connecting') return undefined;
  if (sight.kind === 'refused') return welcomeAfter(sight.error.reason);
  if (total > 0) return undefined;
  if (sight.kind === 'stale') return welcomeAfter(sight.error.reason);
  if (partly) return undefined;
  return namespaces.length === 0 ? 'nothing' : 'nothingInNamespaces';
}

function welcomeAfter(reason: string): Exclude<Welcome, 'nothing' | 'nothingInNamespaces'> {
  switch (reason) {
    case 'forbidden':
    case 'certificate':
    case 'unreachable':
      return reason;
    case 'timedOut':
      return 'unreachable';
    case 'unauthorized':
    case 'credentials':
      return 'login';
    default:
      return 'failing';
  }
}

/** Beside the view's title, since a welcome's own words are the same everywhere: `prod-eu1: The cluster refuses …`. */
export function welcomeTitle(contexts: readonly SeenContext[]): string {
  return contexts
    .map(({ context, server, sight, namespaces }) => {
      if ('error' in sight) return `${context}: ${withoutAddress(sight.error.message, server)}`;
      return namespaces.length === 0 ? context : `${context} / ${namespaces.join(', ')}`;
    })
    .join(' · ');
}

const shortWords: Readonly<Record<ReturnType<typeof welcomeAfter>, string>> = {
  unreachable: 'cannot be reached',
  login: 'login not accepted',
  certificate: 'certificate not accepted',
  forbidden: 'not permitted',
  failing: 'cannot be read',
};

/** Why an open context cannot be seen, in two or three words and in full; undefined where it can. */
export function problemOf(
  seen: SeenContext | undefined,
): { readonly words: string; readonly message: string } | undefined {
  if (seen === undefined || !('error' in seen.sight)) return undefined;
  const { reason, message, hint } = seen.sight.error;
  return { words: shortWords[welcomeAfter(reason)], message: `${message} ${hint}` };
}

/** What is wrong with an open context, in full. */
export function problemWords({ context, server, sight }: SeenContext): string | undefined {
  if (!('error' in sight)) return undefined;
  const { message, hint } = sight.error;
  return [`${context} (${server})`, message, hint].filter((words) => words !== '').join('\n');
}
