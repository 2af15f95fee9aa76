import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { Credentials } from '../kubeconfig/kubeconfig.ts';

/** The system asks after an idle connection after so long, then each second; dead is what does not answer ten times. */
const keepAliveMs = 5_000;

/** Milliseconds; `timeoutMs` is for headers and for the body, 0 for no limit. */
export interface DispatcherLimits {
  readonly connections: number | null;
  readonly timeoutMs: number;
  readonly connectMs: number;
}

/** Connections with these credentials, over the proxy where they name one. */
export function dispatcherOf(credentials: Credentials, limits: DispatcherLimits): Dispatcher {
  const { headers: _headers, expiresAt: _expiresAt, proxyUrl, ...identity } = credentials;
  // HTTP/2 puts every request on one connection: one that has silently gone dead would take each new request with it.
  const tls = { ...identity, allowH2: false };
  const common = {
    connections: limits.connections,
    allowH2: false,
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
  };
  if (proxyUrl !== undefined)
    return new ProxyAgent({
      uri: proxyUrl,
      requestTls: tls,
      // A proxy that speaks TLS is trusted by the same certificates as the cluster, as kubectl has it. One of another kind
      // must not have them: a SOCKS proxy would be spoken to by TLS.
      ...(proxyUrl.startsWith('https:') ? { proxyTls: tls } : {}),
      connectTimeout: limits.connectMs,
      ...common,
    });
  return new Agent({
    ...common,
    connect: { ...tls, timeout: limits.connectMs, keepAlive: true, keepAliveInitialDelay: keepAliveMs },
  });
}
