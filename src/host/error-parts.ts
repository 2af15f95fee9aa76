import { ApiError } from '../cluster/api-error.ts';

/** What happened, and what to do next; that is empty where it is not known. */
export function errorParts(error: unknown): { readonly message: string; readonly hint: string } {
  if (error instanceof ApiError) return error;
  return { message: error instanceof Error ? error.message : String(error), hint: '' };
}
