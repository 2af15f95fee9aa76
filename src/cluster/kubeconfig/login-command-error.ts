import { ApiError } from '../errors/api-error.ts';

/** A login command that gave no credential. */
export class LoginCommandError extends Error {
  /** Nobody ended it in time. */
  readonly timedOut: boolean;

  constructor(message: string, { timedOut = false, cause }: { timedOut?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'LoginCommandError';
    this.timedOut = timedOut;
  }
}

/** What a login's command failed with; undefined where the login failed for another reason. */
export function loginCommandError(error: unknown): LoginCommandError | undefined {
  return error instanceof ApiError && error.cause instanceof LoginCommandError ? error.cause : undefined;
}
