import { ApiError } from '../cluster/errors/api-error.ts';

/** What happened, and what to do next; that is empty where it is not known. */
export function errorParts(error: unknown): { readonly message: string; readonly hint: string } {
  const message = error instanceof Error ? error.message : String(error);
  return { message: withoutLinks(message), hint: error instanceof ApiError ? error.hint : '' };
}

/** VS Code makes links of `[…](…)` in notifications, also to commands: what others said must not become one. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
