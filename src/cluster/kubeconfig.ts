import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { ApiError } from './api-error.ts';

/** One context of the kubeconfig: where it leads and as whom. */
export interface KubeContext {
  readonly name: string;
  readonly cluster: string;
  readonly server: string;
  readonly user: string;
  /** The context's own namespace, `default` where it names none. */
  readonly namespace: string;
}

/** What a connection needs, ready for TLS and HTTP. */
export interface Credentials {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
  readonly proxyUrl?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A loaded kubeconfig. */
export interface Kubeconfig {
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly contexts: readonly KubeContext[];
  /**
   * Runs login commands and refreshes tokens where the user entry asks for it; what a command gave is kept until it expires,
   * unless it is asked for `anew`. Throws ApiError 'credentials'.
   */
  credentials(context: string, anew?: boolean): Promise<Credentials>;
}

/** Why there is no kubeconfig to work with. */
export class KubeconfigError extends Error {
  readonly reason: 'missing' | 'unreadable';

  constructor(reason: 'missing' | 'unreadable', message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'KubeconfigError';
    this.reason = reason;
  }
}

/** The files that make up the kubeconfig: the setting, else KUBECONFIG's list, else ~/.kube/config. */
export function kubeconfigFiles(setting: string, environment: NodeJS.ProcessEnv): readonly string[] {
  if (setting !== '') return [setting.replace(/^~(?=[/\\]|$)/, homedir())];
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}

/** Reads and merges the kubeconfig files, those that exist. Throws KubeconfigError. */
export async function loadKubeconfig(files: readonly string[]): Promise<Kubeconfig> {
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0)
    throw new KubeconfigError('missing', `There is no kubeconfig at ${files.join(', ')}.`);
  const { KubeConfig } = await import('./kubeconfig-library.ts');
  const merged = new KubeConfig();
  try {
    const each = present.map((file) => {
      const one = new KubeConfig();
      one.loadFromFile(file);
      return one;
    });
    // As kubectl merges: the first file to name something wins. The library would refuse a name that comes twice.
    merged.loadFromOptions({
      clusters: firstOfEachName(each.flatMap(({ clusters }) => clusters)),
      users: firstOfEachName(each.flatMap(({ users }) => users)),
      contexts: firstOfEachName(each.flatMap(({ contexts }) => contexts)),
      currentContext: each.find(({ currentContext }) => currentContext)?.currentContext ?? '',
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new KubeconfigError(
      'unreadable',
      `The kubeconfig ${present.join(', ')} cannot be read: ${words}`,
      error,
    );
  }
  return describe(merged, present);
}

function firstOfEachName<Named extends { readonly name: string }>(entries: readonly Named[]): Named[] {
  const seen = new Set<string>();
  return entries.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function describe(config: KubeConfig, files: readonly string[]): Kubeconfig {
  const contexts = config.getContexts().map((context) => ({
    name: context.name,
    cluster: context.cluster,
    server: config.getCluster(context.cluster)?.server ?? '',
    user: context.user,
    namespace: context.namespace ?? 'default',
  }));
  const copies = new Map<string, Promise<KubeConfig>>();
  return {
    files,
    contexts,
    currentContext: contexts.some(({ name }) => name === config.currentContext)
      ? config.currentContext
      : undefined,
    credentials: async (context, anew = false) => {
      if (anew) copies.delete(context);
      // Kept: the library remembers in it the token that a login command gave, and when it expires.
      let own = copies.get(context);
      if (own === undefined) copies.set(context, (own = ofContext(config, context)));
      return credentialsOf(await own, context);
    },
  };
}

/** A copy for one context: the library knows credentials of its current context only. */
async function ofContext(config: KubeConfig, contextName: string): Promise<KubeConfig> {
  const { KubeConfig } = await import('./kubeconfig-library.ts');
  const own = new KubeConfig();
  own.loadFromOptions({
    clusters: config.clusters,
    users: config.users,
    contexts: config.contexts,
    currentContext: contextName,
  });
  return own;
}

async function credentialsOf(own: KubeConfig, contextName: string): Promise<Credentials> {
  const cluster = own.getCurrentCluster();
  if (cluster === null)
    throw new ApiError(
      'credentials',
      `The context ${contextName} names a cluster that the kubeconfig does not have.`,
    );
  const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {};
  try {
    await own.applyToHTTPSOptions(options);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new ApiError('credentials', `The login of context ${contextName} failed: ${words}`, {
      cause: error,
    });
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (typeof value === 'string') headers[name] = value;
  if (typeof options.auth === 'string')
    headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return {
    headers,
    ...pem('ca', options.ca),
    ...pem('cert', options.cert),
    ...pem('key', options.key),
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
    ...(cluster.skipTLSVerify ? { rejectUnauthorized: false } : {}),
    ...(cluster.proxyUrl === undefined ? {} : { proxyUrl: cluster.proxyUrl }),
  };
}

/** PEM text as the library gives it: a string or the bytes of a file. */
function pem<Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } | object {
  if (Buffer.isBuffer(value)) return { [name]: value.toString('utf8') };
  return typeof value === 'string' ? { [name]: value } : {};
}
