import assert from 'node:assert/strict';

import { answerError } from '../../../src/cluster/errors/answer-error.ts';
import { apiError, ApiError, hadNoEffect } from '../../../src/cluster/errors/api-error.ts';
import { connectionError } from '../../../src/cluster/errors/connection-error.ts';

describe('what went wrong with a request', () => {
  const server = 'https://api.example';
  const coded = (code: string): Error => Object.assign(new Error(`it says ${code}`), { code });
  const ofCode = (code: string) => connectionError(coded(code), { server });
  const ofStatus = (status: number, more: { body?: string; retryAfter?: string } = {}) =>
    answerError({ server, path: '/api', status, body: '', ...more });

  it('is told by the status', () => {
    const reasons = [400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 503].map(
      (status) => ofStatus(status).reason,
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
    const reason = (code: string) => ofCode(code).reason;
    assert.equal(reason('ECONNREFUSED'), 'unreachable');
    assert.equal(reason('UND_ERR_HEADERS_TIMEOUT'), 'timedOut');
    assert.equal(reason('CERT_HAS_EXPIRED'), 'certificate');
    assert.equal(reason('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate');
    assert.equal(reason('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate');
    assert.equal(reason('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate');
    assert.equal(connectionError('odd', { server }).reason, 'unreachable');
  });

  it('keeps an error that is told already', () => {
    const error = new ApiError('credentials', 'no login');
    assert.equal(connectionError(error, { server }), error);
  });

  it('leaves out a Retry-After that is a date', () => {
    const error = ofStatus(503, { retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' });
    assert.equal(error.retryAfterSeconds, undefined);
  });

  it('shows what others said on one line, not without end, and never as a link to a command', () => {
    const detail = `a\n\u202eb [Log in](command:evil) ${'x'.repeat(5_000)}`;
    const { message } = apiError('failed', { server, detail });
    assert.match(
      message,
      /^The request to https:\/\/api\.example failed: a ⟨U\+202E⟩b \[Log in\] \(command:evil\) x+…\.$/,
    );
    assert.ok(message.length < 700);
  });

  it('shows no password of a proxy', () => {
    const { message } = connectionError(coded('ECONNREFUSED'), {
      server,
      proxyUrl: 'http://jane:secret@proxy:3128',
    });
    assert.equal(message, 'The proxy http://proxy:3128 cannot be reached (ECONNREFUSED).');
  });

  it('had no effect only where the request never arrived or the API server refused it', () => {
    const never = ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'];
    for (const code of never) assert.equal(hadNoEffect(ofCode(code)), true, code);
    const perhaps = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT', 'E?'];
    for (const code of perhaps) assert.equal(hadNoEffect(ofCode(code)), false, code);
    for (const status of [400, 401, 403, 404, 409, 422, 429])
      assert.equal(hadNoEffect(ofStatus(status)), true, String(status));
    for (const status of [302, 418, 500, 502, 503, 504])
      assert.equal(hadNoEffect(ofStatus(status)), false, String(status));
    assert.equal(hadNoEffect(ofStatus(403, { body: '<html>a proxy</html>' })), false);
    assert.equal(hadNoEffect(apiError('webPage', { server })), false);
  });
});
