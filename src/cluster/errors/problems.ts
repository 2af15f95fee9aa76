/** Why a request to the API server did not give what was asked for. */
export type ApiErrorReason =
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'gone'
  | 'tooManyRequests'
  | 'serverError'
  | 'badRequest'
  | 'badResponse'
  | 'certificate'
  | 'credentials'
  | 'unreachable'
  | 'timedOut'
  | 'readOnly'
  | 'aborted';

/** A way in which a request fails: `{…}` stands for what is put in; the technical code follows the sentence. */
export interface Problem {
  readonly reason: ApiErrorReason;
  /** What happened and what it means, without the full stop. */
  readonly says: string;
  /** What to do next. */
  readonly hint: string;
}

const between = 'look at what is between here and the cluster: VPN, proxy, load balancer.';
const refreshLogin = 'Log in to the cluster again or get a new kubeconfig, then retry.';
const checkAddress = 'Check the server address in the kubeconfig, and the proxy.';

/** Every way in which a request to an API server fails, in words. docs/troubleshooting.md has them all. */
export const problems = {
  // Nothing arrived.
  refused: {
    reason: 'unreachable',
    says: '{server} refuses the connection: nothing listens there',
    hint: 'Check that the cluster runs, and the address and port of the server in the kubeconfig.',
  },
  unknownHost: {
    reason: 'unreachable',
    says: 'The name {host} is not known to DNS',
    hint: 'Connect the VPN, or check the server address in the kubeconfig.',
  },
  dnsSilent: {
    reason: 'unreachable',
    says: 'The name {host} cannot be looked up: DNS does not answer',
    hint: 'Check the network and the VPN, then retry.',
  },
  noRoute: {
    reason: 'unreachable',
    says: 'No network leads from this machine to {server}',
    hint: 'Connect the network or the VPN, then retry.',
  },
  notConnected: {
    reason: 'timedOut',
    says: '{server} does not take the connection: a firewall or a missing VPN swallows it',
    hint: 'Connect the VPN, or check the server address in the kubeconfig.',
  },
  // Something arrived, and the answer did not come.
  silent: {
    reason: 'timedOut',
    says: 'No answer from {server} in time: it is overloaded, or the connection hangs',
    hint: `Retry; if it stays, ${between}`,
  },
  cut: {
    reason: 'unreachable',
    says: '{server} ended the connection without an answer',
    hint: `Retry; if it stays, ${between}`,
  },
  cutOff: {
    reason: 'unreachable',
    says: 'The answer of {server} was cut off before its end',
    hint: `Retry; if it stays, ${between}`,
  },
  failed: {
    reason: 'unreachable',
    says: 'The request to {server} failed: {detail}',
    hint: `Retry; if it stays, ${between}`,
  },
  // TLS.
  certificateExpired: {
    reason: 'certificate',
    says: 'The certificate of {server} has expired',
    hint: "Its administrator must renew it; check this machine's clock too.",
  },
  certificateNotYetValid: {
    reason: 'certificate',
    says: 'The certificate of {server} is not valid yet',
    hint: "Check this machine's clock.",
  },
  unknownAuthority: {
    reason: 'certificate',
    says: 'The certificate of {server} is signed by an authority that the kubeconfig does not name: it may be another cluster, or something in between',
    hint: 'Check certificate-authority in the kubeconfig, or get a new kubeconfig.',
  },
  otherHost: {
    reason: 'certificate',
    says: 'The certificate of {server} is made for other names: {detail}',
    hint: 'Use one of these names as the server address in the kubeconfig, or name it in tls-server-name.',
  },
  untrusted: {
    reason: 'certificate',
    says: 'The connection to {server} is not trusted: {detail}',
    hint: "Check certificate-authority in the kubeconfig, and this machine's clock.",
  },
  notTls: {
    reason: 'unreachable',
    says: '{server} does not speak TLS, though its address begins with https',
    hint: 'Check scheme and port of the server address in the kubeconfig.',
  },
  noCommonTls: {
    reason: 'unreachable',
    says: '{server} refuses the TLS handshake',
    hint: 'Check the server address and tls-server-name in the kubeconfig.',
  },
  needsHttps: {
    reason: 'badRequest',
    says: '{server} speaks TLS, but its address begins with http',
    hint: 'Write https:// in the server address in the kubeconfig.',
  },
  notHttp: {
    reason: 'badResponse',
    says: '{server} does not speak HTTP: another program listens there',
    hint: 'Check the address and port of the server in the kubeconfig.',
  },
  // The proxy.
  proxyUnreachable: {
    reason: 'unreachable',
    says: 'The proxy {proxy} cannot be reached',
    hint: 'Check proxy-url in the kubeconfig, HTTPS_PROXY and the setting http.proxy.',
  },
  proxyLogin: {
    reason: 'unreachable',
    says: 'The proxy {proxy} wants a login',
    hint: 'Put user and password into proxy-url in the kubeconfig, or into HTTPS_PROXY.',
  },
  proxyRefused: {
    reason: 'unreachable',
    says: 'The proxy {proxy} makes no connection to {server}',
    hint: 'Check whether this proxy may and can reach the cluster; else take it out for this address (NO_PROXY).',
  },
  // The kubeconfig's entries.
  badAddress: {
    reason: 'unreachable',
    says: 'The server address “{server}” in the kubeconfig is no address',
    hint: 'Correct it: it begins with https:// and a host.',
  },
  badLogin: {
    reason: 'credentials',
    says: 'The login of this context cannot be sent: {detail}',
    hint: refreshLogin,
  },
  badKeyPair: {
    reason: 'credentials',
    says: "The kubeconfig's certificates or key cannot be used: {detail}",
    hint: refreshLogin,
  },
  clientCertificateRefused: {
    reason: 'credentials',
    says: '{server} refuses the client certificate of the kubeconfig: {detail}',
    hint: refreshLogin,
  },
  clientCertificateExpired: {
    reason: 'unauthorized',
    says: 'The client certificate of the kubeconfig expired on {detail}',
    hint: refreshLogin,
  },
  unauthorized: {
    reason: 'unauthorized',
    says: '{server} does not accept the login of this context: it has expired or is not known there',
    hint: 'Log in to the cluster again, then retry.',
  },
  anonymous: {
    reason: 'forbidden',
    says: '{server} does not know who asks: the context has no login, or sends none',
    hint: 'Choose a context with a login, or log in to the cluster again.',
  },
  forbidden: {
    reason: 'forbidden',
    says: '{detail}',
    hint: 'Ask for a role that allows it, or choose a context whose user has one.',
  },
  policyDenied: {
    reason: 'forbidden',
    says: 'A policy of the cluster refuses this: {detail}',
    hint: 'Ask who keeps the policy, or choose a revision that it allows.',
  },
  quotaExceeded: {
    reason: 'forbidden',
    says: "The namespace's quota refuses this: {detail}",
    hint: 'Free something in the namespace, or ask for a larger quota.',
  },
  // What the API server answers otherwise.
  badRequest: {
    reason: 'badRequest',
    says: '{detail}',
    hint: 'Retry; if it stays, report it with this message.',
  },
  notFound: { reason: 'notFound', says: '{detail}', hint: 'It may have been deleted: refresh the tree.' },
  noSuchApi: {
    reason: 'notFound',
    says: '{server} has no {path}: it is no Kubernetes API server, or lacks this API',
    hint: 'Check the server address in the kubeconfig: its path may be missing.',
  },
  conflict: {
    reason: 'conflict',
    says: '{detail}',
    hint: 'Somebody else changed it in between: look at it again, then retry.',
  },
  gone: { reason: 'gone', says: '{detail}', hint: 'The list is read again by itself.' },
  invalid: {
    reason: 'invalid',
    says: '{detail}',
    hint: 'Nothing was changed. Look at it again, then retry.',
  },
  tooManyRequests: {
    reason: 'tooManyRequests',
    says: '{server} has too many requests to answer now, and asks to wait {detail}',
    hint: 'Retry after that time.',
  },
  webhookFailed: {
    reason: 'serverError',
    says: 'A webhook of the cluster that must agree cannot be asked: {detail}',
    hint: 'Ask who keeps the webhook: until it answers, nobody can change this.',
  },
  serverError: {
    reason: 'serverError',
    says: '{server} has failed inside: {detail}',
    hint: 'Retry; if it stays, the API server needs help: `kubectl get --raw /readyz?verbose`.',
  },
  unavailable: {
    reason: 'serverError',
    says: '{server} is not available now, it may be starting or overloaded: {detail}',
    hint: 'Retry in some seconds; if it stays, the API server needs help.',
  },
  gateway: {
    reason: 'serverError',
    says: 'Something between here and {server} answers in its place: {detail}',
    hint: `Retry; if it stays, ${between}`,
  },
  otherStatus: {
    reason: 'badResponse',
    says: '{server} answers as no API server does: {detail}',
    hint: checkAddress,
  },
  redirected: {
    reason: 'badResponse',
    says: '{server} sends on to {detail}, which is not followed: the login would go along',
    hint: checkAddress,
  },
  webPage: {
    reason: 'badResponse',
    says: '{server} answers with a web page instead of Kubernetes objects, as login pages and proxies do: {detail}',
    hint: 'Log in to the network or VPN; else check the server address in the kubeconfig, and the proxy.',
  },
  notJson: {
    reason: 'badResponse',
    says: 'The answer is no Kubernetes object, something else answers in its place: {detail}',
    hint: checkAddress,
  },
  halfJson: {
    reason: 'badResponse',
    says: 'The answer is cut off, or no whole JSON: {detail}',
    hint: `Retry; if it stays, ${between}`,
  },
  wrongShape: {
    reason: 'badResponse',
    says: 'The answer is not as Kubernetes gives it: {detail}',
    hint: 'Nothing is decided on it. Check the server address in the kubeconfig, and the proxy.',
  },
  tooLarge: {
    reason: 'badResponse',
    says: 'The answer of {server} is larger than {detail}, and was not read to its end',
    hint: checkAddress,
  },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemName = keyof typeof problems;
