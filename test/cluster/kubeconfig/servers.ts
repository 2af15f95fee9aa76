import { base64, config, type ParityCases } from './config.ts';
import type { Place } from './place.ts';

const user = { token: 'abc' };

/** Clusters that are reached and trusted in each way. */
export function serverCases(place: Place): ParityCases {
  const { cluster, named, certificates, tls, plain, proxy, tlsProxy, socks } = place;
  const other = base64(certificates.client('no authority').cert);
  const of = (entry: object, more: Readonly<Record<string, string>> = {}) => ({
    files: { config: config({ cluster: entry, user }), ...more },
  });
  const through = (scheme: string, port: number, login = '') => `${scheme}://${login}127.0.0.1:${port}`;
  const authority = { server: tls.url, 'certificate-authority': 'ca.crt' };
  const ca = { 'ca.crt': certificates.authority };
  const env = (environment: Readonly<Record<string, string>>, entry: object = named) => ({
    ...of(entry),
    environment,
  });
  return {
    'an authority as data': of(cluster),
    'an authority in a file beside the kubeconfig': of(authority, ca),
    'an authority as data and as a file': {
      ...of({ ...cluster, 'certificate-authority': 'ca.crt' }, ca),
      refused: /certificate-authority-data and certificate-authority are both specified for c/,
    },
    'an authority file that is not there': {
      ...of(authority),
      refused: /unable to read certificate-authority .*ca\.crt/,
    },
    'an authority that is none': {
      ...of({ ...cluster, 'certificate-authority-data': base64('no') }),
      refused: /unable to load root certificates/,
    },
    'another authority': {
      ...of({ ...cluster, 'certificate-authority-data': other }),
      refused: /certificate/,
    },
    'no authority': { ...of({ server: tls.url }), refused: /certificate/ },
    'no check of the certificate': of({ server: tls.url, 'insecure-skip-tls-verify': true }),
    'no check of the certificate, and an authority': {
      ...of({ ...cluster, 'insecure-skip-tls-verify': true }),
      refused: /specifying a root certificates file with the insecure flag is not allowed/,
    },
    'no check of the certificate, and an authority, over plain HTTP': of({
      ...cluster,
      server: plain.url,
      'insecure-skip-tls-verify': true,
    }),
    'a name for TLS': of({ ...cluster, 'tls-server-name': 'kubernetes.default.svc' }),
    'a name for TLS that the certificate does not have': {
      ...of({ ...cluster, 'tls-server-name': 'elsewhere.example' }),
      refused: /certificate/,
    },
    'a path in the address': of({ ...cluster, server: `${tls.url}/clusters/one` }),
    'a path with a slash at its end in the address': of({ ...cluster, server: `${tls.url}/clusters/one/` }),
    'a slash at the end of the address': of({ ...cluster, server: `${tls.url}/` }),
    'a query in the address': of({ ...cluster, server: `${tls.url}/clusters/one?x=1` }),
    'a host name in the address': of({ ...cluster, server: `https://localhost:${tls.port}` }),
    'plain HTTP': of({ server: plain.url }),
    'an address without a scheme': of({ server: `127.0.0.1:${plain.port}` }),
    'a host name without a scheme': of({ server: `localhost:${plain.port}` }),
    'an address without a scheme, and an authority': of({ ...cluster, server: `127.0.0.1:${plain.port}` }),
    'an address without a scheme with a path': {
      ...of({ server: `127.0.0.1:${plain.port}/x` }),
      refused: /must be a URL or a host:port pair/,
    },
    'an address of another scheme': {
      ...of({ server: 'ftp://127.0.0.1:1' }),
      refused: /unsupported protocol scheme/,
    },
    'no address': {
      ...of({ 'certificate-authority-data': base64('x') }),
      // kubectl goes to localhost:8080, its address of old: nobody's cluster is meant by that.
      refused: /localhost:8080/,
      refusedByUs: /no server found for cluster "c"/,
    },
    'no compression': of({ ...cluster, 'disable-compression': true }),
    'an HTTP proxy': of({ ...cluster, 'proxy-url': through('http', proxy.port) }),
    'an HTTP proxy with a login': of({ ...cluster, 'proxy-url': through('http', proxy.port, 'me:p%40ss@') }),
    'an HTTP proxy that speaks TLS': of({ ...cluster, 'proxy-url': through('https', tlsProxy.port) }),
    'an HTTP proxy to plain HTTP': of({ server: plain.url, 'proxy-url': through('http', proxy.port) }),
    'an HTTP proxy to a name that only it knows': of({ ...named, 'proxy-url': through('http', proxy.port) }),
    'a SOCKS proxy': of({
      ...cluster,
      server: `https://localhost:${tls.port}`,
      'proxy-url': through('socks5', socks.port),
    }),
    'a SOCKS proxy to a name that only it knows': of({
      ...named,
      'proxy-url': through('socks5', socks.port),
    }),
    'a proxy of a kind that nobody knows': {
      ...of({ ...cluster, 'proxy-url': through('ftp', proxy.port) }),
      refused: /invalid 'proxy-url' .* unsupported scheme "ftp", must be http, https, or socks5/,
    },
    'the environment’s proxy': env({ HTTPS_PROXY: through('http', proxy.port) }),
    'the environment’s proxy in small letters, without a scheme': env({
      https_proxy: `127.0.0.1:${proxy.port}`,
    }),
    'the environment’s proxy, which this machine itself does not need': env(
      { HTTPS_PROXY: through('http', proxy.port) },
      cluster,
    ),
    'the environment’s proxy with exceptions for others': env({
      HTTPS_PROXY: through('http', proxy.port),
      NO_PROXY: 'example.com, default.svc:1,10.0.0.0/8,other.kubernetes.default.svc',
    }),
    'the environment’s proxy with an exception': {
      ...env({ HTTPS_PROXY: through('http', proxy.port), NO_PROXY: '.svc' }),
      refused: /kubernetes\.default\.svc/,
    },
    'the environment’s proxy with an exception for this port': {
      ...env({ HTTPS_PROXY: through('http', proxy.port), no_proxy: `kubernetes.default.svc:${tls.port}` }),
      refused: /kubernetes\.default\.svc/,
    },
    'the environment’s proxy for plain HTTP alone': {
      ...env({ HTTP_PROXY: through('http', proxy.port) }),
      refused: /kubernetes\.default\.svc/,
    },
    'the environment’s proxy and one of its own': env(
      { HTTPS_PROXY: through('http', 1) },
      { ...named, 'proxy-url': through('http', proxy.port) },
    ),
  };
}
