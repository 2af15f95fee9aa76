import { BlockList, isIP } from 'node:net';

/** A proxy that is used where neither the kubeconfig nor the environment names one: VS Code's. */
export interface FallbackProxy {
  readonly url: string;
  /** In the form of NO_PROXY's entries. */
  readonly exceptions: readonly string[];
}

/**
 * The proxy to an API server: the cluster's `proxy-url`, else HTTPS_PROXY or HTTP_PROXY but for what NO_PROXY names, as
 * kubectl has it, else the fallback. Undefined is the direct way. Source: golang.org/x/net/http/httpproxy.
 */
export function proxyFor(
  server: URL,
  proxyUrl: string,
  environment: NodeJS.ProcessEnv,
  fallback: FallbackProxy | undefined,
): string | undefined {
  if (proxyUrl !== '') return proxyUrl;
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const named = environment[variable] || environment[variable.toLowerCase()];
  if (named) {
    const exceptions = environment['NO_PROXY'] || environment['no_proxy'] || '';
    return isExcepted(server, exceptions.split(',')) ? undefined : withScheme(named);
  }
  if (fallback === undefined || fallback.url === '') return undefined;
  return isExcepted(server, fallback.exceptions) ? undefined : withScheme(fallback.url);
}

function withScheme(proxy: string): string {
  return /^[a-z0-9]+:\/\//i.test(proxy) ? proxy.replace(/^socks5h:/i, 'socks5:') : `http://${proxy}`;
}

/** Whether requests to the server go the direct way although there is a proxy. This machine's own addresses always do. */
function isExcepted(server: URL, exceptions: readonly string[]): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || isLoopback(host)) return true;
  return exceptions.some((exception) => matches(exception.trim().toLowerCase(), host, port));
}

function isLoopback(host: string): boolean {
  return host.startsWith('127.') ? isIP(host) === 4 : host === '::1';
}

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  if (exception.includes('/')) return isInside(host, exception);
  const [, bracketed, plain, wantedPort] = /^(?:\[(.*)\]|(.*?))(?::(\d+))?$/.exec(exception) ?? [];
  const ip = isIP(exception) > 0 ? exception : (bracketed ?? plain ?? '');
  if (ip === '') return false;
  const portFits = ip === exception || wantedPort === undefined || wantedPort === port;
  if (isIP(ip) > 0) return portFits && ip === host;
  if (isIP(host) > 0) return false;
  const domain = ip.replace(/^\*\./, '.');
  const fits = domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
  return portFits && fits;
}

function isInside(host: string, cidr: string): boolean {
  const family = isIP(host);
  const [network = '', bits = ''] = cidr.split('/');
  if (
    family === 0 ||
    isIP(network) !== family ||
    !/^\d+$/.test(bits) ||
    Number(bits) > (family === 4 ? 32 : 128)
  )
    return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(bits), kind);
  return list.check(host, kind);
}
