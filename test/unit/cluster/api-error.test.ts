import assert from 'node:assert/strict';

import { ApiError, errorOfAnswer, errorOfTransport, hadNoEffect } from '../../../src/cluster/api-error.ts';

describe('what went wrong with a request', () => {
  const server = 'https://api.example';
  const coded = (code: string): Error => Object.assign(new Error(`it says ${code}`), { code });

  it('is told by the status', () => {
    const reasons = [400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 503].map(
      (status) => errorOfAnswer(status, '', undefined).reason,
    );
    assert.deepEqual(reasons, [
      'badRequest',
      'unauthorized',
      'forbidden',
      'notFound',
      'conflict',
      'gone',
      'badResponse',
      'invalid',
      'tooManyRequests',
      'serverError',
      'serverError',
    ]);
  });

  it('is told by the code of the connection', () => {
    const reason = (code: string) => errorOfTransport(coded(code), server).reason;
    assert.equal(reason('ECONNREFUSED'), 'unreachable');
    assert.equal(reason('UND_ERR_HEADERS_TIMEOUT'), 'timedOut');
    assert.equal(reason('CERT_HAS_EXPIRED'), 'certificate');
    assert.equal(reason('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate');
    assert.equal(reason('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate');
    assert.equal(reason('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate');
    assert.equal(errorOfTransport('odd', server).reason, 'unreachable');
  });

  it('keeps an error that is told already', () => {
    const error = new ApiError('credentials', 'no login');
    assert.equal(errorOfTransport(error, server), error);
  });

  it('leaves out a Retry-After that is a date', () => {
    const error = errorOfAnswer(503, '', 'Wed, 21 Oct 2026 07:28:00 GMT');
    assert.equal(error.retryAfterSeconds, undefined);
  });

  it('had no effect only where the request never arrived or was refused', () => {
    const never = ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'];
    for (const code of never) assert.equal(hadNoEffect(errorOfTransport(coded(code), server)), true, code);
    const perhaps = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT', 'E?'];
    for (const code of perhaps) assert.equal(hadNoEffect(errorOfTransport(coded(code), server)), false, code);
    for (const status of [302, 400, 401, 403, 404, 409, 422, 429])
      assert.equal(hadNoEffect(errorOfAnswer(status, '', undefined)), true, String(status));
    for (const status of [500, 502, 503, 504])
      assert.equal(hadNoEffect(errorOfAnswer(status, '', undefined)), false, String(status));
  });
});
