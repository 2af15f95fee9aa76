import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ApiError } from '../errors/api-error.ts';
import type { Credentials, LoginRequest } from './kubeconfig.ts';
import { execInfo } from './exec-credential.ts';
import type { ExecLogins } from './exec-logins.ts';
import { impersonationHeaders } from './impersonation.ts';
import type { OidcLogin } from './oidc-provider.ts';
import { type FallbackProxy, proxyFor } from './proxy.ts';
import type { ClusterEntry, UserEntry } from './schema.ts';
import { serverUrl } from './server-url.ts';
import { clusterProblems, userProblems } from './validate.ts';

/** One context with its entries, paths made absolute. */
export interface ResolvedContext {
  readonly name: string;
  readonly cluster: { readonly name: string; readonly entry: ClusterEntry | undefined };
  readonly user: { readonly name: string; readonly entry: UserEntry | undefined };
}

export interface LoginParts {
  readonly execLogins: ExecLogins;
  readonly fallbackProxy: () => FallbackProxy | undefined;
  readonly oidc: OidcLogin;
}

interface Given {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly expiresAt?: number;
}

/**
 * The credentials of a context. Files are read with each call, so that what rotates in them is seen. Throws ApiError
 * 'credentials' with kubectl's words. Source: client-go, tools/clientcmd/client_config.go, ClientConfig.
 */
export async function credentialsOf(
  context: ResolvedContext,
  parts: LoginParts,
  request: LoginRequest,
): Promise<Credentials> {
  try {
    return await resolved(context, parts, request);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (request.signal.aborted) throw new ApiError('aborted', 'The login was stopped.', { cause: error });
    const words = error instanceof Error ? error.message : String(error);
    throw new ApiError('credentials', `The login of context ${context.name} failed: ${words}.`, {
      cause: error,
    });
  }
}

async function resolved(
  context: ResolvedContext,
  parts: LoginParts,
  request: LoginRequest,
): Promise<Credentials> {
  const { cluster, user } = usable(context);
  const server = serverUrl(cluster.server);
  const proxyUrl = proxyFor(server, cluster['proxy-url'], process.env, parts.fallbackProxy());
  const proxy = proxyUrl === undefined ? {} : { proxyUrl };
  const headers = impersonationHeaders(user);
  // Over plain HTTP kubectl sends no credentials at all, and neither do we.
  if (server.protocol === 'http:') return { headers, ...proxy };
  const ca = await dataOrFile(cluster['certificate-authority-data'], cluster['certificate-authority']);
  const given = await givenBy(context, parts, request, ca);
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(given.certificate === undefined ? {} : { cert: given.certificate }),
    ...(given.key === undefined ? {} : { key: given.key }),
    ...(cluster['tls-server-name'] === '' ? {} : { servername: cluster['tls-server-name'] }),
    ...(cluster['insecure-skip-tls-verify'] ? { rejectUnauthorized: false } : {}),
  };
  refuseBadPem(tls);
  const basic = user.username !== '' || user.password !== '';
  const authorization = basic
    ? `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`
    : given.token === undefined
      ? undefined
      : `Bearer ${given.token}`;
  return {
    headers: { ...headers, ...(authorization === undefined ? {} : { Authorization: authorization }) },
    ...tls,
    ...proxy,
    ...(given.expiresAt === undefined ? {} : { expiresAt: given.expiresAt }),
  };
}

function usable({ name, cluster, user }: ResolvedContext): { cluster: ClusterEntry; user: UserEntry } {
  if (cluster.entry === undefined)
    throw new Error(`it names the cluster "${cluster.name}", which the kubeconfig does not have`);
  if (user.entry === undefined)
    throw new Error(`it names the user "${user.name}", which the kubeconfig does not have`);
  const problems = [...clusterProblems(cluster.name, cluster.entry), ...userProblems(user.name, user.entry)];
  if (problems.length > 0)
    throw new ApiError('credentials', `kubectl refuses the context ${name}: ${problems.join('; ')}.`);
  return { cluster: cluster.entry, user: user.entry };
}

/** What identifies the user: certificate and token of the entry; a login command only where it has none of its own. */
async function givenBy(
  context: ResolvedContext,
  { execLogins, oidc }: LoginParts,
  { refused, signal }: LoginRequest,
  ca: string | undefined,
): Promise<Given> {
  const { cluster, user } = usable(context);
  const basic = user.username !== '' || user.password !== '';
  const [token, certificate, key] = await Promise.all([
    tokenOf(user),
    dataOrFile(user['client-certificate-data'], user['client-certificate']),
    dataOrFile(user['client-key-data'], user['client-key']),
  ]);
  if (basic && token !== undefined)
    throw new Error('username/password or bearer token may be set, but not both');
  const own: Given = {
    ...(token === undefined ? {} : { token }),
    ...(certificate === undefined || key === undefined ? {} : { certificate, key }),
  };
  const provider = user['auth-provider'];
  if (provider)
    return token === undefined && !basic
      ? { ...own, ...(await oidc.token(context.user.name, provider, (given) => isTokenOf(refused, given))) }
      : own;
  if (!user.exec || basic || token !== undefined || certificate !== undefined) return own;
  const info = execInfo(user.exec, cluster, ca);
  const isRefused = (given: Given) =>
    refused !== undefined &&
    given.certificate === refused.cert &&
    (given.token === undefined || isTokenOf(refused, given.token));
  return execLogins.credential(user.exec, info, isRefused, signal);
}

function isTokenOf(credentials: Credentials | undefined, token: string): boolean {
  return credentials?.headers['Authorization'] === `Bearer ${token}`;
}

/** A token file comes before the token, which is used where the file cannot be read. Source: client-go, transport. */
async function tokenOf({ token, tokenFile }: UserEntry): Promise<string | undefined> {
  if (tokenFile === '') return token || undefined;
  try {
    const read = (await readFile(tokenFile, 'utf8')).trim();
    if (read !== '') return read;
  } catch (error) {
    if (token === '') throw error;
  }
  if (token === '') throw new Error(`read empty token from file "${tokenFile}"`);
  return token;
}

async function dataOrFile(data: string, file: string): Promise<string | undefined> {
  if (data !== '') return Buffer.from(data, 'base64').toString('utf8');
  return file === '' ? undefined : readFile(file, 'utf8');
}

function refuseBadPem(tls: { readonly ca?: string; readonly cert?: string; readonly key?: string }): void {
  if (tls.ca !== undefined && !tls.ca.includes('-----BEGIN CERTIFICATE-----'))
    throw new Error('unable to load root certificates: there is no PEM certificate in certificate-authority');
  try {
    createSecureContext(tls);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`its certificate or key cannot be used (${words})`, { cause: error });
  }
}
