import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ExecLogins } from './exec-logins.ts';
import type { FallbackProxy } from './proxy.ts';

export { KubeconfigError } from './kubeconfig-error.ts';

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
  /** PEM, as `cert` and `key`. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
  readonly proxyUrl?: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** ms since the epoch; undefined where nothing says so. */
  readonly expiresAt?: number;
}

export interface LoginRequest {
  /** Credentials that were answered with 401, so that giving them again is no use. */
  readonly refused: Credentials | undefined;
  /** Ends a login that nobody waits for any more, and its command with it. */
  readonly signal: AbortSignal;
}

/** Gives the credentials. Throws ApiError 'credentials'. */
export type Login = (request: LoginRequest) => Promise<Credentials>;

/** A loaded kubeconfig. */
export interface Kubeconfig {
  /** The files that it was read from. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly contexts: readonly KubeContext[];
  /** All that decides about a context's connection, as text: two that are equal are the same connection. */
  identity(context: string): string;
  /** Runs login commands and refreshes tokens where the user entry asks for it. Throws ApiError 'credentials'. */
  credentials(context: string, request?: LoginRequest): Promise<Credentials>;
}

/** What reading a kubeconfig needs besides its files. */
export interface KubeconfigSurroundings {
  /** VS Code's proxy, for where neither the kubeconfig nor the environment names one. */
  readonly fallbackProxy: () => FallbackProxy | undefined;
  /** Why a file may not be used, in a sentence; undefined where it may. */
  readonly refusal: (file: string) => string | undefined;
}

/** The files that make up the kubeconfig: the setting, else KUBECONFIG's list, else ~/.kube/config. */
export function kubeconfigFiles(setting: string, environment: NodeJS.ProcessEnv): readonly string[] {
  if (setting !== '') return [setting.replace(/^~(?=[/\\]|$)/, homedir())];
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? [...new Set(listed)] : [join(homedir(), '.kube', 'config')];
}

/** Reads and merges the kubeconfig files, those that exist, as kubectl does. Throws KubeconfigError. */
export async function loadKubeconfig(
  files: readonly string[],
  parts: { readonly execLogins?: ExecLogins; readonly surroundings?: KubeconfigSurroundings } = {},
): Promise<Kubeconfig> {
  // Loaded on first need, with the parsers that it uses.
  const { ExecLogins, readKubeconfig } = await import('../http/transport.ts');
  return readKubeconfig(files, parts.execLogins ?? new ExecLogins(), parts.surroundings ?? noSurroundings);
}

const noSurroundings: KubeconfigSurroundings = { fallbackProxy: () => undefined, refusal: () => undefined };
