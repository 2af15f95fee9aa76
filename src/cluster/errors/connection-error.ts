import { apiError, ApiError, type Words } from './api-error.ts';
import type { ProblemName } from './problems.ts';

/** How far a request had come, and which way it went. */
export interface Way {
  /** Base address of the API server. */
  readonly server: string;
  /** The proxy's address, where there is one. */
  readonly proxyUrl?: string | undefined;
  /** True once the answer had begun. */
  readonly answering?: boolean;
}

/** Codes of Node, OpenSSL and undici, the first that fits. */
const problemOfCode: readonly (readonly [RegExp, ProblemName])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^ENOTFOUND$/, 'unknownHost'],
  [/^EAI_/, 'dnsSilent'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'noRoute'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'notConnected'],
  [/^UND_ERR_(HEADERS|BODY)_TIMEOUT$/, 'silent'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'cut'],
  [/^CERT_HAS_EXPIRED$/, 'certificateExpired'],
  [/^CERT_NOT_YET_VALID$/, 'certificateNotYetValid'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'otherHost'],
  [/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED)/, 'unknownAuthority'],
  [/ALERT_.*CERTIFICATE|ALERT_UNKNOWN_CA|ALERT_ACCESS_DENIED/, 'clientCertificateRefused'],
  [/^ERR_OSSL_/, 'badKeyPair'],
  [/^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)|EPROTO)$/, 'notTls'],
  [/^ERR_SSL_/, 'noCommonTls'],
  [/^(CERT_|ERR_TLS)/, 'untrusted'],
  [/^UND_ERR_INVALID_ARG$/, 'badLogin'],
];

/** Problems of the way to the first hop, which is the proxy where there is one. */
const firstHop: ReadonlySet<ProblemName> = new Set([
  'refused',
  'unknownHost',
  'dnsSilent',
  'noRoute',
  'notConnected',
]);

/** Whatever an HTTP client threw, as an ApiError in words. */
export function connectionError(thrown: unknown, way: Way): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = codeOf(error);
  const words = { server: way.server, host: hostOf(way.server), proxy: withoutLogin(way.proxyUrl), code };
  const failed = (name: ProblemName, more: Words = {}) =>
    apiError(name, { ...words, ...more }, { cause: error });
  const proxyStatus = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (proxyStatus !== undefined)
    return failed(proxyStatus === '407' ? 'proxyLogin' : 'proxyRefused', { code: proxyStatus });
  if (code === 'UND_ERR_PRX_CONN' || code === 'UND_ERR_PROXY') return failed('proxyUnreachable');
  if (error.name === 'AbortError' || code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED')
    return new ApiError('aborted', 'Stopped.', { cause: error });
  const name = problemOf(error);
  if (name === undefined) return failed('failed', { detail: error.message });
  if (way.proxyUrl !== undefined && firstHop.has(name)) return failed('proxyUnreachable');
  if (name === 'cut' && way.answering === true) return failed('cutOff');
  if (name === 'otherHost') return failed(name, { detail: certificateNames(error) });
  return failed(name, { detail: error.message });
}

/** Which problem an HTTP client's error is, as far as its code tells. */
export function problemOf(error: Error): ProblemName | undefined {
  if (error.name === 'HTTPParserError') return 'notHttp';
  if (error.name === 'TimeoutError') return 'silent';
  const code = codeOf(error);
  return problemOfCode.find(([codes]) => codes.test(code))?.[1];
}

const resetCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** True where a connection was closed before any answer, as a server does with one that was idle for long. */
export function wasReset(error: unknown): boolean {
  return error instanceof ApiError && error.cause instanceof Error && resetCodes.has(codeOf(error.cause));
}

/** The error's own code, or that of what it stands for: several addresses tried, a tunnel that was not made. */
export function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  const [first]: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return first instanceof Error ? codeOf(first) : '';
}

/** The names that a certificate is made for, as Node's error carries them. */
export function certificateNames(error: Error): string {
  const cert = 'cert' in error ? error.cert : undefined;
  const names =
    typeof cert === 'object' && cert !== null && 'subjectaltname' in cert ? cert.subjectaltname : '';
  return typeof names === 'string' && names !== ''
    ? names.replaceAll(/(DNS|IP Address|IP):/g, '')
    : error.message;
}

function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
}

function withoutLogin(address: string | undefined): string {
  const url = address === undefined ? null : URL.parse(address);
  return url === null ? (address ?? '') : `${url.protocol}//${url.host}`;
}
