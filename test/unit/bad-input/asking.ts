import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { Credentials } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { Transport } from '../../../src/cluster/http/transport.ts';

/** A real transport to an address with these credentials. */
export function transportTo(url: string, credentials: Partial<Credentials> = {}): Transport {
  return new Transport(url, async () => ({ headers: {}, ...credentials }), { connectMs: 500 });
}

/** What a person is told of a request that must fail: message and hint, with `PORT` for the server's port. */
export async function told(asking: Promise<unknown>): Promise<string> {
  const error = await failureOf(asking);
  return `${error.message} ${error.hint}`.replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT');
}

/** The error of a request that must fail. */
export async function failureOf(asking: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ApiError, `an ApiError is told, not ${String(error)}`);
  return error;
}
