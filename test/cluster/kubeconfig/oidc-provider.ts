import type { Certificates } from '../../testbed/cluster/certificates.ts';
import { type ArrivalServer, tlsLoopback } from '../../unit/cluster/tls-loopback.ts';
import { idToken } from './logins.ts';

/** An identity provider that gives `next` and a new refresh token for each refresh. */
export async function identityProvider(certificates: Certificates): Promise<ArrivalServer> {
  const provider: ArrivalServer = await tlsLoopback(certificates, ({ path }, response) => {
    const body = path.endsWith('/.well-known/openid-configuration')
      ? { token_endpoint: `${provider.url}/token` }
      : { access_token: 'a', token_type: 'Bearer', id_token: nextToken, refresh_token: 'refresh-2' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return provider;
}

/** The id token that a refresh gives: good for decades. */
export const nextToken = idToken(4_100_000_000);
