import { base64, config, type ParityCases } from './config.ts';
import type { Place } from './place.ts';

/** Users that prove themselves in each way. */
export function loginCases({ cluster, certificates, plain }: Place): ParityCases {
  const jane = certificates.client('jane');
  const data = { 'client-certificate-data': base64(jane.cert), 'client-key-data': base64(jane.key) };
  const pem = { 'jane.crt': jane.cert, 'jane.key': jane.key };
  const files = { 'client-certificate': 'jane.crt', 'client-key': 'jane.key' };
  const of = (user: object, more: Readonly<Record<string, string>> = {}) => ({
    files: { config: config({ cluster, user }), ...more },
  });
  return {
    'a token': of({ token: 'abc' }),
    'a name and a password': of({ username: 'jane', password: 'p:ä' }),
    'a certificate as data': of(data),
    'a certificate in files beside the kubeconfig': of(files, pem),
    'a certificate and a token': of({ ...data, token: 'abc' }),
    'a certificate as data and as a file': {
      ...of({ ...data, 'client-certificate': 'jane.crt' }, pem),
      refused: /client-cert-data and client-cert are both specified for u/,
    },
    'a key as data and as a file': {
      ...of({ ...data, 'client-key': 'jane.key' }, pem),
      refused: /client-key-data and client-key are both specified for u/,
    },
    'a certificate whose key lacks': {
      ...of({ 'client-certificate-data': base64(jane.cert) }),
      refused: /client-key-data or client-key must be specified for u/,
    },
    'a certificate that is none': {
      ...of({ 'client-certificate-data': base64('no'), 'client-key-data': base64('no') }),
      refused: /PEM/i,
    },
    'a certificate file that is not there': {
      ...of(files),
      refused: /unable to read client-cert .*jane\.crt for u/,
    },
    'a token file beside the kubeconfig': of({ tokenFile: 'token' }, { token: 'from-file\n' }),
    'a token and a token file': of({ token: 'abc', tokenFile: './token' }, { token: 'from-file' }),
    'a token and a token file that is not there': of({ token: 'abc', tokenFile: 'nowhere' }),
    'a token file that is not there': { ...of({ tokenFile: 'nowhere' }), refused: /no such file/ },
    'a token and a password': {
      ...of({ token: 'abc', username: 'jane', password: 'p' }),
      refused:
        /more than one authentication method found for u; found \[token basicAuth\], only one is allowed/,
    },
    'a password and a token file': {
      ...of({ tokenFile: 'token', username: 'jane', password: 'p' }, { token: 't' }),
      refused: /username\/password or bearer token may be set, but not both/,
    },
    'a token over plain HTTP': {
      files: { config: config({ cluster: { server: plain.url }, user: { token: 'abc' } }) },
    },
    'a certificate over plain HTTP': {
      files: { config: config({ cluster: { server: plain.url }, user: data }) },
    },
    'nobody over plain HTTP, as with kubectl proxy': {
      files: { config: config({ cluster: { server: plain.url }, context: { user: undefined } }) },
    },
    'somebody to act as': of({ token: 'abc', as: 'bob' }),
    'somebody to act as, with all that can be said of them': of({
      token: 'abc',
      as: 'bob',
      'as-uid': 'u-1',
      'as-groups': ['system:masters', 'b'],
      'as-user-extra': { reason: ['on call', 'night'], 'example.com/scope%': ['view'] },
    }),
    'somebody to act as over plain HTTP': {
      files: { config: config({ cluster: { server: plain.url }, user: { token: 'abc', as: 'bob' } }) },
    },
    'groups to act in as nobody': {
      ...of({ token: 'abc', 'as-groups': ['a'] }),
      refused: /requesting uid, groups or user-extra for u without impersonating a user/,
    },
    'an id token that is valid': of({ 'auth-provider': oidc({ 'id-token': idToken(4_000_000_000) }) }),
    'an id token beside a token': of({ token: 'abc', 'auth-provider': oidc({}) }),
    'an id token that has expired, and none to refresh it': {
      ...of({ 'auth-provider': oidc({ 'id-token': idToken(1) }) }),
      refused: /No valid id-token, and cannot refresh without refresh-token/,
    },
    'an id token that is none': {
      ...of({ 'auth-provider': oidc({ 'id-token': 'x.y' }) }),
      refused: /ID Token is not a valid JWT/,
    },
    'an id token without an issuer': {
      ...of({ 'auth-provider': { name: 'oidc', config: { 'client-id': 'a' } } }),
      refused: /Must provide idp-issuer-url/,
    },
    'a login of Google’s old kind': {
      ...of({ 'auth-provider': { name: 'gcp' } }),
      refused: /gcp auth plugin has been removed.*gke-gcloud-auth-plugin/s,
    },
    'a login of a kind that nobody knows': {
      ...of({ 'auth-provider': { name: 'magic' } }),
      refused: /no Auth Provider found for name "magic"/,
    },
  };
}

function oidc(more: object): object {
  return { name: 'oidc', config: { 'client-id': 'a', 'idp-issuer-url': 'https://127.0.0.1:1', ...more } };
}

/** A token of which only the expiry matters, in seconds since the epoch. */
export function idToken(exp: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp })}.x`;
}
