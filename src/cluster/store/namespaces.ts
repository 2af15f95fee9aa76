import { ApiError } from '../errors/api-error.ts';
import type { ApiServer, ApiWriter } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';
import { type Permission, reviewPermissions } from '../permissions.ts';

/** Which namespaces to look at where the whole cluster may not be listed. */
export interface NamespaceSource {
  /** Those that the person or the kubeconfig names. */
  readonly named: readonly string[];
  /**
   * Tells the cluster's namespaces in which the user may list Deployments, where the user may list namespaces at all.
   * Throws ApiError.
   */
  find(found: (namespace: string) => void, signal: AbortSignal): Promise<void>;
}

const listDeployments: Permission = { verb: 'list', group: 'apps', resource: 'deployments' };
const reviewsAtOnce = 6;
/** More namespaces than that are not asked about, one by one. */
const mostAsked = 1000;

export function namespaceSource(
  api: ApiServer,
  writer: ApiWriter,
  named: readonly string[],
): NamespaceSource {
  return {
    named,
    async find(found, signal) {
      const names = await namespacesOf(api, signal);
      // One iterator that all share: each name is taken by one of them.
      const asked = names.filter((name) => !named.includes(name)).values();
      const ask = async () => {
        for (const namespace of asked) {
          const [answer] = await reviewPermissions(writer, namespace, [listDeployments], signal);
          if (answer?.allowed === true) found(namespace);
        }
      };
      await Promise.all(Array.from({ length: reviewsAtOnce }, ask));
    },
  };
}

/** Names of the cluster's namespaces; none where they may not be listed. Throws ApiError. */
export async function namespacesOf(api: ApiServer, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const body = await api.get('/api/v1/namespaces', { limit: String(mostAsked) }, { signal });
    const { items = [] } = jsonBody<{ items?: { metadata?: { name?: string } }[] }>(body);
    return items.flatMap(({ metadata }) => metadata?.name ?? []);
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'forbidden') return [];
    throw error;
  }
}

interface ContextNamespace {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** The namespaces that are named for a context: by the setting, by itself, by other contexts of its cluster and user. */
export function namedNamespaces(
  contexts: readonly ContextNamespace[],
  { cluster, user, namespace }: ContextNamespace,
  setting: readonly string[],
): readonly string[] {
  const others = contexts.filter((other) => other.cluster === cluster && other.user === user);
  return [...new Set([...setting, namespace, ...others.map((other) => other.namespace)])];
}
