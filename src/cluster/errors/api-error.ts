import { visible } from '../../domain/logs/visible.ts';
import { type ApiErrorReason, type Problem, type ProblemName, problems } from './problems.ts';

export type { ApiErrorReason };

/** What to do next where an error is made without a problem of the list. */
const hints: Readonly<Record<ApiErrorReason, string>> = {
  unauthorized: problems.unauthorized.hint,
  forbidden: problems.forbidden.hint,
  notFound: problems.notFound.hint,
  conflict: problems.conflict.hint,
  invalid: problems.invalid.hint,
  gone: problems.gone.hint,
  tooManyRequests: problems.tooManyRequests.hint,
  serverError: problems.serverError.hint,
  badRequest: problems.badRequest.hint,
  badResponse: problems.otherStatus.hint,
  certificate: problems.untrusted.hint,
  credentials: 'Run `kubectl get pods` in a terminal with the same context to see what the login asks for.',
  unreachable: problems.failed.hint,
  timedOut: problems.silent.hint,
  readOnly: 'The settings kubernetesRollback.readOnly and kubernetesRollback.readOnlyContexts say so.',
  aborted: 'Nothing more is done.',
};

interface Details {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
  readonly hint?: string;
}

/** A request that failed, in words: `message` says what happened, `hint` what to do next. */
export class ApiError extends Error {
  readonly reason: ApiErrorReason;
  readonly hint: string;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** Seconds to wait before asking again, from Retry-After. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: ApiErrorReason, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = 'ApiError';
    this.reason = reason;
    this.hint = details.hint ?? hints[reason];
    this.status = details.status;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** What stands for the `{…}` in a problem's sentence; `code` follows it in brackets, for those who search for it. */
export interface Words {
  readonly server?: string;
  readonly host?: string;
  readonly proxy?: string;
  readonly path?: string;
  readonly detail?: string;
  readonly code?: string | number;
}

/** A problem of the list as an error. What others said in it is made harmless to show. */
export function apiError(name: ProblemName, words: Words, details: Details = {}): ApiError {
  const { reason, says, hint }: Problem = problems[name];
  const filled = says.replaceAll(/\{(server|host|proxy|path|detail)\}/g, (_hole, key: keyof Words) =>
    harmless(String(words[key] ?? '')),
  );
  const sentence = filled.replace(/[.\s:]+$/, '');
  const code = words.code === undefined || words.code === '' ? '' : ` (${words.code})`;
  return new ApiError(reason, `${sentence}${code}.`, { hint, ...details });
}

const longest = 600;

/** On one line, not too long, and no link that VS Code would make a command of. */
function harmless(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, ' ').trim()).replaceAll('](', '] (');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * True where the API server cannot have carried the request out: it refused it, or never got it. What something else
 * answered in its place proves nothing.
 */
export function hadNoEffect(error: ApiError): boolean {
  if (error.reason === 'badResponse') return false;
  if (error.status !== undefined) return error.status < 500;
  if (['credentials', 'certificate', 'readOnly'].includes(error.reason)) return true;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && neverSentCodes.has(String(cause.code));
}
