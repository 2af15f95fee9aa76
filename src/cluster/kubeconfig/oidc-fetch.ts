import { dispatcherOf } from '../http/dispatcher.ts';
import type { OidcFetch } from './oidc-login.ts';
import { type FallbackProxy, proxyFor } from './proxy.ts';

const timeoutMs = 30_000;

/** Requests to identity providers, over the proxy that the environment names for them. */
export function oidcFetch(fallbackProxy: () => FallbackProxy | undefined): OidcFetch {
  return async (address, ca, body) => {
    const url = new URL(address);
    const proxyUrl = proxyFor(url, '', process.env, fallbackProxy());
    const dispatcher = dispatcherOf(
      { headers: {}, ...(ca === undefined ? {} : { ca }), ...(proxyUrl === undefined ? {} : { proxyUrl }) },
      { connections: 1, timeoutMs, connectMs: 10_000 },
    );
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(body?.authorization === undefined ? {} : { authorization: body.authorization }),
        },
        body: body?.form ?? null,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    } finally {
      await dispatcher.destroy();
    }
  };
}
