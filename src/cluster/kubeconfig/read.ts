import type { Kubeconfig, KubeconfigSurroundings, KubeContext, LoginRequest } from './kubeconfig.ts';
import { credentialsOf, type ResolvedContext } from './credentials.ts';
import { ExecLogins } from './exec-logins.ts';
import { KubeconfigError } from './kubeconfig-error.ts';
import { type MergedKubeconfig, mergeKubeconfigs, resolvedCluster, resolvedUser } from './merge.ts';
import { OidcLogin } from './oidc-provider.ts';
import { noUser } from './schema.ts';
import { serverUrl } from './server-url.ts';

/** Loaded with this file, on first need. */
export { ExecLogins };

const asked: LoginRequest = { refused: undefined, signal: new AbortController().signal };

/** Tokens that change by themselves: a new one is no other connection. */
const rotating = new Set(['id-token', 'refresh-token', 'access-token', 'expiry']);

/** Reads and merges the kubeconfig files, those that exist, as kubectl does. Throws KubeconfigError. */
export async function readKubeconfig(
  files: readonly string[],
  execLogins: ExecLogins,
  { fallbackProxy, refusal }: KubeconfigSurroundings,
): Promise<Kubeconfig> {
  const [refused] = files.flatMap((file) => refusal(file) ?? []);
  if (refused !== undefined) throw new KubeconfigError('unreadable', refused);
  let merged: MergedKubeconfig;
  try {
    merged = await mergeKubeconfigs(files);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new KubeconfigError('unreadable', `The kubeconfig ${words}`, error);
  }
  if (merged.files.length === 0)
    throw new KubeconfigError('missing', `There is no kubeconfig at ${files.join(', ')}.`);
  const oidc = new OidcLogin((user) => merged.users.get(user)?.file, fallbackProxy);
  const resolved = new Map([...merged.contexts.keys()].map((name) => [name, resolve(merged, name)]));
  const of = (name: string): ResolvedContext => {
    const context = resolved.get(name);
    if (context === undefined) throw new Error(`The kubeconfig has no context ${name}.`);
    return context;
  };
  return {
    files: merged.files,
    currentContext: merged.contexts.has(merged.currentContext) ? merged.currentContext : undefined,
    contexts: [...resolved.values()].map((context) => kubeContext(merged, context)),
    identity: (name) =>
      JSON.stringify([of(name), kubeContext(merged, of(name))], (key, value: unknown) =>
        rotating.has(key) ? undefined : value,
      ),
    credentials: async (name, request = asked) =>
      credentialsOf(of(name), { execLogins, fallbackProxy, oidc }, request),
  };
}

function resolve({ contexts, clusters, users }: MergedKubeconfig, name: string): ResolvedContext {
  const { cluster = '', user = '' } = contexts.get(name)?.entry ?? {};
  const foundCluster = clusters.get(cluster);
  const foundUser = users.get(user);
  return {
    name,
    cluster: { name: cluster, entry: foundCluster && resolvedCluster(foundCluster) },
    user: { name: user, entry: foundUser ? resolvedUser(foundUser) : user === '' ? noUser : undefined },
  };
}

function kubeContext(merged: MergedKubeconfig, { name, cluster, user }: ResolvedContext): KubeContext {
  return {
    name,
    cluster: cluster.name,
    server: shownServer(cluster.entry?.server ?? ''),
    user: user.name,
    namespace: merged.contexts.get(name)?.entry.namespace || 'default',
  };
}

/** As requests use it; what is no address stays as it is written, and the login says what is wrong with it. */
function shownServer(server: string): string {
  try {
    return serverUrl(server).href.replace(/\/$/, '');
  } catch {
    return server;
  }
}
