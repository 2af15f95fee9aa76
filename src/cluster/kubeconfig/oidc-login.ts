import * as v from 'valibot';

/** An `auth-provider` entry's `config`, by kubectl's keys, such as `id-token`. */
export type OidcConfig = Readonly<Record<string, string>>;

/** Sends one request to the identity provider and gives its answer. */
export type OidcFetch = (
  url: string,
  certificateAuthority: string | undefined,
  body?: { readonly form: string; readonly authorization?: string },
) => Promise<{ readonly status: number; readonly body: string }>;

/** A token counts as expired so much earlier, since clocks differ. Source: client-go, plugin/pkg/client/auth/oidc. */
const expiryDeltaMs = 10_000;

/** Whether the id token can still be used. Throws an Error in kubectl's words where it is no token. */
export function isIdTokenValid(idToken: string, now: number): boolean {
  const parts = idToken.split('.');
  if (parts.length !== 3) throw new Error('ID Token is not a valid JWT');
  const claims = v.safeParse(
    v.object({ exp: v.optional(v.number(), 0) }),
    parseJson(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')),
  );
  if (!claims.success) throw new Error(`parsing claims: ${claims.issues[0].message}`);
  return now + expiryDeltaMs < claims.output.exp * 1000;
}

/**
 * The provider's configuration with a new id token, asked for with the refresh token, and with the new refresh token where
 * the provider gives one. Throws an Error in kubectl's words. Source: client-go, plugin/pkg/client/auth/oidc/oidc.go.
 */
export async function refreshIdToken(
  config: OidcConfig,
  certificateAuthority: string | undefined,
  fetch: OidcFetch,
): Promise<OidcConfig> {
  const refreshToken = config['refresh-token'];
  if (!refreshToken) throw new Error('No valid id-token, and cannot refresh without refresh-token');
  const issuer = (config['idp-issuer-url'] ?? '').replace(/\/$/, '');
  const found = await fetch(`${issuer}/.well-known/openid-configuration`, certificateAuthority);
  if (found.status !== 200)
    throw new Error(`oidc: failed to query metadata endpoint ${found.status}: "${found.body.slice(0, 80)}"`);
  const metadata = v.safeParse(v.object({ token_endpoint: v.string() }), parseJson(found.body));
  if (!metadata.success) throw new Error("oidc: discovery object doesn't contain a token_endpoint");
  const answer = await exchange(
    metadata.output.token_endpoint,
    config,
    refreshToken,
    certificateAuthority,
    fetch,
  );
  const tokens = v.safeParse(
    v.object({ id_token: v.string(), refresh_token: v.nullish(v.string()) }),
    parseJson(answer),
  );
  if (!tokens.success)
    throw new Error(
      'token response did not contain an id_token, either the scope "openid" wasn\'t requested upon login, or the provider doesn\'t support id_tokens as part of the refresh response',
    );
  const { id_token: idToken, refresh_token: next } = tokens.output;
  return { ...config, 'id-token': idToken, 'refresh-token': next || refreshToken };
}

/** Providers differ in where they want the client's secret: in a header first, in the body then, as golang.org/x/oauth2. */
async function exchange(
  endpoint: string,
  config: OidcConfig,
  refreshToken: string,
  certificateAuthority: string | undefined,
  fetch: OidcFetch,
): Promise<string> {
  const id = config['client-id'] ?? '';
  const secret = config['client-secret'] ?? '';
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const pair = `${formEncoded(id)}:${formEncoded(secret)}`;
  const first = await fetch(endpoint, certificateAuthority, {
    form: new URLSearchParams(grant).toString(),
    authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
  });
  if (first.status === 200) return first.body;
  const inBody = { ...grant, client_id: id, ...(secret === '' ? {} : { client_secret: secret }) };
  const second = await fetch(endpoint, certificateAuthority, {
    form: new URLSearchParams(inBody).toString(),
  });
  if (second.status === 200) return second.body;
  throw new Error(
    `failed to refresh token: ${endpoint} answered ${second.status}: ${second.body.slice(0, 200)}`,
  );
}

/** As OAuth wants it in its header. Source: RFC 6749, 2.3.1. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The schema says what is missing.
  }
}
