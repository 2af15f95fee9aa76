import type { CheckResult, Seen } from '../domain/runbook/checks.ts';
import { probe, type ProbeResult } from './http-probe.ts';

/** The public addresses of a deployment, from the settings. */
export interface Endpoints {
  readonly health: string | undefined;
  readonly critical: readonly string[];
}

/** An address and what it answered at `at` (RFC 3339). */
export interface EndpointSeen {
  readonly url: string;
  readonly at: string;
  readonly result: ProbeResult;
}

/** Asks each address once, all at the same time. `now` is ms since the epoch. */
export function askAll(
  urls: readonly string[],
  now: () => number,
  signal?: AbortSignal,
): Promise<readonly EndpointSeen[]> {
  return Promise.all(
    urls.map(async (url) => ({ url, result: await probe(url, signal), at: new Date(now()).toISOString() })),
  );
}

/** A check's result from what the addresses answered: good only where each answered with a 2xx status. */
export function endpointCheck(seen: readonly EndpointSeen[]): CheckResult {
  if (seen.length === 0) return { state: 'notConfigured', summary: 'not configured', evidence: [] };
  const bad = seen.filter(({ result }) => !isGood(result));
  const [shown] = bad.length > 0 ? bad : seen;
  const summary =
    seen.length === 1 || bad.length > 0 ? shortWords(shown) : `${seen.length} of ${seen.length} answer`;
  return { state: bad.length > 0 ? 'failed' : 'ok', summary, evidence: seen.map(evidence) };
}

function isGood(result: ProbeResult): boolean {
  return result.kind === 'answered' && result.status >= 200 && result.status < 300;
}

function shortWords(seen: EndpointSeen | undefined): string {
  if (seen === undefined) return '';
  const { result } = seen;
  return result.kind === 'answered' ? `${result.status} · ${result.latencyMs} ms` : 'no answer';
}

function evidence({ url, result, at }: EndpointSeen): Seen {
  if (result.kind === 'failed') return { text: `GET ${url} failed: ${result.message}`, tone: 'failed', at };
  const excerpt = result.excerpt === '' ? '' : `: ${result.excerpt}`;
  return {
    text: `GET ${url} → ${result.status} in ${result.latencyMs} ms${excerpt}`,
    tone: isGood(result) ? 'ok' : 'failed',
    at,
  };
}
