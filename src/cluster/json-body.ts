import { ApiError } from './api-error.ts';

/**
 * An answer's body as the type that the API server gives on the path asked; its readers check what they take from it.
 * Throws ApiError 'badResponse' where it is no JSON object: something else has answered in its place.
 */
export function jsonBody<T extends object>(body: string): T {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) return parsed as T;
  } catch (error) {
    throw new ApiError('badResponse', notJson(body), { cause: error });
  }
  throw new ApiError('badResponse', notJson(body));
}

function notJson(body: string): string {
  return `The answer is not the API server's: ${body.slice(0, 200)}`;
}
