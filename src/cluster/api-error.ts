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
  | 'aborted';

/** What to do next, in one sentence a person can act on. */
const hints: Readonly<Record<ApiErrorReason, string>> = {
  unauthorized: 'Log in to the cluster again, then retry.',
  forbidden: 'Ask for this permission, or choose a context whose user has it.',
  notFound: 'It may have been deleted: refresh the tree.',
  conflict: 'Somebody else changed it in between: look at it again, then retry.',
  invalid: 'Nothing was changed. Look at it again, then retry.',
  gone: 'The list is read again by itself.',
  tooManyRequests: 'The API server asks to wait: retry in some seconds.',
  serverError: 'Retry; if it stays, the API server itself needs help.',
  badRequest: 'Retry; if it stays, report it with the output of the "Kubernetes Rollback" log.',
  badResponse:
    'Something between here and the cluster answers in its place: check the server address and the proxy.',
  certificate: "Check the cluster's certificate authority in the kubeconfig, and the machine's clock.",
  credentials: 'Run `kubectl get pods` in a terminal with the same context to see what the login asks for.',
  unreachable: 'Check the network, the VPN and the server address in the kubeconfig.',
  timedOut: 'The cluster did not answer in time: check the network and the VPN, then retry.',
  aborted: 'Nothing more is done.',
};

/** A request that failed, in words: `message` says what happened, `hint` what to do next. */
export class ApiError extends Error {
  readonly reason: ApiErrorReason;
  readonly hint: string;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** Seconds to wait before asking again, from Retry-After. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    reason: ApiErrorReason,
    message: string,
    details: { status?: number; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'ApiError';
    this.reason = reason;
    this.hint = hints[reason];
    this.status = details.status;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

const reasonOfStatus: Readonly<Record<number, ApiErrorReason>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'gone',
  422: 'invalid',
  429: 'tooManyRequests',
};

/** The API server's answer with a status of 400 or more, as an error. Its body is a `Status` object, mostly. */
export function errorOfAnswer(status: number, body: string, retryAfter: string | undefined): ApiError {
  const reason = reasonOfStatus[status] ?? (status >= 500 ? 'serverError' : 'badResponse');
  const seconds = Number(retryAfter);
  return new ApiError(
    reason,
    messageOfStatus(body) ?? `The server answered ${status}: ${body.slice(0, 200)}`,
    {
      status,
      ...(retryAfter !== undefined && Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}),
    },
  );
}

/** The `message` of a Kubernetes `Status` object; undefined where the text is none. */
function messageOfStatus(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    const message =
      typeof parsed === 'object' && parsed !== null && 'message' in parsed ? parsed.message : undefined;
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined; // Not JSON: a proxy's page, whose beginning the caller shows.
  }
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'UND_ERR_SOCKET',
]);
const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Whatever the transport threw, as an ApiError. */
export function errorOfTransport(thrown: unknown, server: string): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.name === 'AbortError') return new ApiError('aborted', 'Stopped.', { cause: error });
  if (error.name === 'TimeoutError' || timeoutCodes.has(code))
    return new ApiError('timedOut', `No answer from ${server} in time.`, { cause: error });
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/.test(code))
    return new ApiError('certificate', `The connection to ${server} is not trusted: ${error.message}.`, {
      cause: error,
    });
  if (unreachableCodes.has(code))
    return new ApiError('unreachable', `${server} cannot be reached: ${error.message}.`, { cause: error });
  return new ApiError('unreachable', `The request to ${server} failed: ${error.message}.`, { cause: error });
}

const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** True where the server cannot have carried the request out: it refused it, or never got it. */
export function hadNoEffect(error: ApiError): boolean {
  if (error.status !== undefined) return error.status < 500;
  if (error.reason === 'credentials' || error.reason === 'certificate') return true;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && neverSentCodes.has(String(cause.code));
}
