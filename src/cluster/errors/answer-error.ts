import { apiError, type ApiError, type Words } from './api-error.ts';
import type { ProblemName } from './problems.ts';

/** An answer that is not what was asked for. */
export interface Answer {
  readonly server: string;
  /** The path that was asked for, without the query. */
  readonly path: string;
  readonly status: number;
  /** Its beginning is enough. */
  readonly body: string;
  readonly location?: string | undefined;
  /** The header Retry-After, in seconds; a date is not understood. */
  readonly retryAfter?: string | undefined;
  /** When the client certificate in use expired, where it has. */
  readonly certificateExpired?: Date | undefined;
}

const problemOfStatus: Readonly<Record<number, ProblemName>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'gone',
  422: 'invalid',
  429: 'tooManyRequests',
  500: 'serverError',
};

/** An answer with a status of 300 or more as an error. From the API server its body is a `Status`, from others anything. */
export function answerError(answer: Answer): ApiError {
  const { status, body } = answer;
  const seconds = Number(answer.retryAfter ?? Number.NaN);
  const details = { status, ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}) };
  const message = messageOfStatus(body);
  const failed = (name: ProblemName, words: Words = {}) => {
    const { server, path } = answer;
    const detail = message ?? `the answer is ${beginning(body)}`;
    return apiError(name, { server, path, detail, code: status, ...words }, details);
  };
  if (status < 400) return failed('redirected', { detail: answer.location ?? 'another address' });
  if (status === 401) return unauthorized(answer, failed);
  if (status === 429)
    return failed('tooManyRequests', {
      detail: Number.isFinite(seconds) ? `${seconds} s` : 'a while',
    });
  if (message === undefined) return failed(problemInPlace(answer));
  if (status === 403 || status === 422 || status === 500) {
    const refused = refusal(message, failed);
    if (refused !== undefined) return refused;
  }
  return failed(problemOfStatus[status] ?? (status > 500 ? 'unavailable' : 'otherStatus'));
}

type Failed = (name: ProblemName, words?: Words) => ApiError;

function unauthorized({ certificateExpired }: Answer, failed: Failed): ApiError {
  if (certificateExpired === undefined) return failed('unauthorized');
  return failed('clientCertificateExpired', { detail: certificateExpired.toISOString().slice(0, 10) });
}

/** What an answer without a `Status` object tells: a web page is of something in between. */
function problemInPlace({ status, body, server }: Answer): ProblemName {
  if (isWebPage(body)) return status >= 500 ? 'gateway' : 'webPage';
  if (status === 404) return 'noSuchApi';
  if (status === 400 && server.startsWith('http:') && body.includes('HTTPS server')) return 'needsHttps';
  if (status === 503) return 'unavailable';
  return problemOfStatus[status] ?? (status > 500 ? 'gateway' : 'otherStatus');
}

/** The authorizer's sentence (apiserver, responsewriters/errors.go: forbiddenMessage). */
const rightMissing =
  /User "([^"]*)" cannot (\w+) resource "([^"]*)" in API group "([^"]*)" (?:in the namespace "([^"]*)"|at the cluster scope)/;

/** Who has refused: the authorizer, a quota, a policy, or a webhook that could not be asked. */
function refusal(message: string, failed: Failed): ApiError | undefined {
  const [sentence, user = '', verb = '', resource = '', group = '', namespace] =
    rightMissing.exec(message) ?? [];
  if (user === 'system:anonymous') return failed('anonymous');
  if (sentence !== undefined) {
    const kind = group === '' ? resource : `${resource}.${group}`;
    const place = namespace === undefined ? 'in the whole cluster' : `in namespace "${namespace}"`;
    return failed('forbidden', { detail: `User "${user}" may not ${verb} ${kind} ${place}` });
  }
  if (/exceeded quota|failed quota|insufficient quota/i.test(message)) return failed('quotaExceeded');
  if (/failed calling webhook|failed calling (the )?.*admission/i.test(message))
    return failed('webhookFailed');
  if (/admission webhook .* denied|ValidatingAdmissionPolicy .* denied|violates PodSecurity/i.test(message))
    return failed('policyDenied');
  return undefined;
}

/** The `message` of a Kubernetes `Status` object; undefined where the text is none. */
function messageOfStatus(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    const message =
      typeof parsed === 'object' && parsed !== null && 'message' in parsed ? parsed.message : undefined;
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined; // Not JSON: whose answer it is, the caller says.
  }
}

/** Whether a text is a web page: what login pages and proxies answer. */
export function isWebPage(body: string): boolean {
  return /^\s*<(!doctype|html|head|body|\?xml)/i.test(body);
}

/** What a person recognises a foreign answer by: a page's title, else how it begins. */
export function beginning(body: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(body)?.[1]?.trim();
  if (title !== undefined && title !== '') return `“${title}”`;
  const text = (isWebPage(body) ? body.replaceAll(/<[^>]*>/g, ' ') : body).trim();
  return text === '' ? 'nothing' : `“${text.slice(0, 200)}”`;
}
