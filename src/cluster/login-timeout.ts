import { ApiError } from './api-error.ts';

/** A login command that was ended because its time was up. */
export class LoginTimeout extends Error {}

/** Whether a login failed because nobody ended it in time. */
export function isLoginTimeout(error: unknown): boolean {
  return error instanceof ApiError && error.cause instanceof LoginTimeout;
}
