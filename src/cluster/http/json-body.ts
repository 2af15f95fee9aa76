import { parseExact } from '../../domain/exact-json.ts';
import { beginning, isWebPage } from '../errors/answer-error.ts';
import { apiError } from '../errors/api-error.ts';

/**
 * An answer's body as the type that the API server gives on the path asked; its readers check what they take from it.
 * Throws ApiError 'badResponse' where it is no JSON object: it is cut off, or something else has answered in its place.
 */
export function jsonBody<T extends object>(body: string): T {
  return parsedBody(
    () => JSON.parse(body),
    () => body,
  );
}

/** The same with its integers exact, as `parseExact` gives them: for what is written back or compared to be written. */
export function exactBody<T extends object>(body: string): T {
  return parsedBody(
    () => parseExact(body),
    () => body,
  );
}

/** The same for a body with a way of its own to be parsed, which throws SyntaxError; `text` is for the error's words. */
export function parsedBody<T extends object>(parse: () => unknown, text: () => string): T {
  let parsed: unknown;
  try {
    parsed = parse();
  } catch (cause) {
    const body = text();
    const begun = !isWebPage(body) && /^\s*[{[]/.test(body);
    throw apiError(begun ? 'halfJson' : 'notJson', { detail: beginning(body) }, { cause });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as T;
  throw apiError('notJson', { detail: beginning(text()) });
}
