import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import { probeWords } from './probe-words.ts';

/** What an endpoint answered. `latencyMs` is the time to the whole (capped) answer, in milliseconds. */
export type ProbeResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly latencyMs: number;
      readonly excerpt: string;
    }
  | { readonly kind: 'failed'; readonly message: string };

const timeLimitMs = 5_000;
/** Less than that, so that a connection which is not made is told from an answer which does not come. */
const connectMs = 4_000;
const bytesRead = 64 * 1024;
const excerptLength = 200;
const mostRedirects = 3;

/** Addresses that lead to the machine's own metadata service, never to a service's health endpoint. */
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');

/**
 * GETs an http(s) address once. Redirects are followed on the same host only, link-local addresses are refused, and
 * 5 s and 64 KiB are the limits.
 */
export async function probe(url: string, signal?: AbortSignal): Promise<ProbeResult> {
  const agents = await import('../cluster/http/transport.ts'); // On first need: activation must not pay for an HTTP client.
  const agent = new agents.Agent({ connect: { lookup: guardedLookup, timeout: connectMs }, pipelining: 0 });
  const limit = AbortSignal.timeout(timeLimitMs);
  try {
    return await get(agent, addressOf(url), signal === undefined ? limit : AbortSignal.any([signal, limit]));
  } catch (error) {
    return {
      kind: 'failed',
      message: timedOut(error) ? `no answer within ${timeLimitMs / 1000} s` : probeWords(error),
    };
  } finally {
    await agent.destroy();
  }
}

async function get(agent: Agent, first: URL, signal: AbortSignal): Promise<ProbeResult> {
  const began = performance.now();
  let url = first;
  for (let redirects = 0; ; redirects++) {
    checkAddress(url);
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { 'user-agent': 'kubernetes-rollback', accept: '*/*' },
      signal,
    });
    const location = answer.headers['location'];
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
      await answer.body.dump({ limit: bytesRead, signal });
      url = new URL(location, url);
      if (url.host !== first.host)
        throw new Error(
          `it redirects to another host, ${url.host}, which is not followed: name the last address in the settings`,
        );
      if (redirects === mostRedirects) throw new Error(`it redirects more than ${mostRedirects} times`);
      continue;
    }
    const excerpt = await beginning(answer.body);
    return {
      kind: 'answered',
      status: answer.statusCode,
      latencyMs: Math.round(performance.now() - began),
      excerpt,
    };
  }
}

function addressOf(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed === null) throw new Error('it is no address: correct it in the settings');
  return parsed;
}

function checkAddress(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error(
      `only http and https addresses are asked, not ${url.protocol} Correct it in the settings`,
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isRefused(host))
    throw new Error(
      `${host} is a link-local address of the machine itself, which is never asked: correct it in the settings`,
    );
}

function isRefused(address: string): boolean {
  return refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Resolves a name and refuses link-local addresses at the moment of connecting, so that no second look-up can differ. */
const guardedLookup = (
  host: string,
  options: object,
  done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    const bad = addresses?.find(({ address }) => isRefused(address));
    if (error !== null) done(error, []);
    else if (bad !== undefined)
      done(new Error(`${host} is the link-local address ${bad.address}, which is never asked`), []);
    else if ('all' in options && options.all === true) done(null, addresses);
    else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
};

async function beginning(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= bytesRead) break; // Leaving the loop ends the request: the rest is never read.
  }
  return Buffer.concat(parts).toString('utf8').slice(0, excerptLength).replace(/\s+/g, ' ').trim();
}

function timedOut(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
