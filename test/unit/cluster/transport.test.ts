import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';

import type { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { Transport } from '../../../src/cluster/http/transport.ts';
import { type Loopback, loopback } from './loopback.ts';

describe('the transport', () => {
  let server: Loopback | undefined;
  let transport: Transport | undefined;
  let logins: number;

  afterEach(async () => {
    transport?.dispose();
    await server?.close();
  });

  async function on(answer: RequestListener): Promise<Transport> {
    server = await loopback(answer);
    return over(server.url);
  }

  function over(url: string): Transport {
    logins = 0;
    transport = new Transport(url, async () => ({ headers: { Authorization: `Bearer ${++logins}` } }));
    return transport;
  }

  const failure = (reason: ApiError['reason'], message: RegExp) => (error: ApiError) => {
    assert.equal(error.reason, reason, error.message);
    assert.match(error.message, message);
    assert.ok(error.hint.length > 10);
    return true;
  };

  it('gives the body as text, asks under the path of the server address, and logs in once for many', async () => {
    server = await loopback((_request, response) => void response.end('{"b":1}'));
    const api = over(`${server.url}/clusters/a/`);
    const bodies = await Promise.all([api.get('/api', { limit: '5', x: 'a b' }), api.get('/api')]);
    assert.deepEqual(bodies, ['{"b":1}', '{"b":1}']);
    assert.deepEqual(server.asked.toSorted(), ['GET /clusters/a/api', 'GET /clusters/a/api?limit=5&x=a+b']);
    assert.equal(logins, 1);
  });

  it('logs in once more after a 401, for all requests that met it together', async () => {
    const api = await on((request, response) => {
      response.statusCode = request.headers.authorization === 'Bearer 1' ? 401 : 200;
      response.end(request.headers.authorization);
    });
    const bodies = await Promise.all(Array.from({ length: 12 }, () => api.get('/api')));
    assert.deepEqual(new Set(bodies), new Set(['Bearer 2']));
    assert.equal(logins, 2);
  });

  it('tells of a second 401 instead of asking for ever', async () => {
    const api = await on(
      (_request, response) => void response.writeHead(401).end('{"message":"Unauthorized"}'),
    );
    await assert.rejects(
      api.get('/api'),
      failure('unauthorized', /does not accept the login of this context.*\(401\)/),
    );
    assert.equal(server?.asked.length, 2);
  });

  it('says a refusal in the words of its Status', async () => {
    const words = 'deployments.apps "api" is forbidden: not today';
    const api = await on(
      (_request, response) =>
        void response.writeHead(403).end(JSON.stringify({ kind: 'Status', message: words })),
    );
    await assert.rejects(api.get('/api'), failure('forbidden', new RegExp(words)));
  });

  it('gives the seconds that a 429 asks to wait', async () => {
    const api = await on((_request, response) => void response.writeHead(429, { 'retry-after': '7' }).end());
    await assert.rejects(api.get('/api'), { reason: 'tooManyRequests', retryAfterSeconds: 7, status: 429 });
    assert.equal(server?.asked.length, 1);
  });

  it('shows the beginning of a page that answers in the place of the API server', async () => {
    const page = `<html>Bad gateway${'x'.repeat(5000)}</html>`;
    const api = await on((_request, response) => void response.writeHead(502).end(page));
    await assert.rejects(api.get('/api'), (error: ApiError) => {
      assert.ok(error.message.length < 300);
      return failure('serverError', /answers in its place: the answer is “Bad gateway/)(error);
    });
  });

  it('does not follow a redirect, which would take the token elsewhere', async () => {
    const api = await on(
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end('moved'),
    );
    await assert.rejects(api.get('/api'), failure('badResponse', /302/));
    assert.equal(server?.asked.length, 1);
  });

  it('reports a body that is cut off', async () => {
    const api = await on((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":', () => response.destroy());
    });
    await assert.rejects(api.get('/api'), { reason: 'unreachable' });
  });

  it('reports a server that hangs, after the time limit', async () => {
    const api = await on(() => undefined);
    await assert.rejects(api.get('/api', {}, { timeoutMs: 30 }), failure('timedOut', /in time/));
  });

  it('reports a body that hangs, after the time limit', async () => {
    const api = await on((_request, response) => void response.write('{"a":'));
    await assert.rejects(api.get('/api', {}, { timeoutMs: 60 }), failure('timedOut', /in time/));
  });

  it('stops when the caller stops, during the login too', async () => {
    const api = await on(() => undefined);
    const stop = new AbortController();
    const asking = api.get('/api', {}, { signal: stop.signal });
    stop.abort();
    await assert.rejects(asking, { reason: 'aborted' });
    transport = new Transport('http://127.0.0.1:1', () => new Promise(() => undefined));
    const stopLogin = new AbortController();
    const waiting = transport.get('/api', {}, { signal: stopLogin.signal });
    stopLogin.abort();
    await assert.rejects(waiting, { reason: 'aborted' });
  });

  it('reports a refused connection', async () => {
    const api = await on(() => undefined);
    await server?.close();
    await assert.rejects(api.get('/api'), failure('unreachable', /refuses the connection/));
  });

  it('asks for the login again with the next request where it failed', async () => {
    server = await loopback((_request, response) => void response.end('ok'));
    let times = 0;
    transport = new Transport(server.url, async () => {
      if (++times === 1) throw new Error('the login window was closed');
      return { headers: {} };
    });
    await assert.rejects(transport.get('/api'), /login window/);
    assert.equal(await transport.get('/api'), 'ok');
  });

  it('streams without a time limit, and reports a stream that is cut', async () => {
    const api = await on((_request, response) => {
      response.write('one\n');
      setImmediate(() => response.destroy());
    });
    const read = async (): Promise<void> => {
      for await (const _chunk of await api.stream('/watch'));
    };
    await assert.rejects(read(), { reason: 'unreachable' });
  });

  it('refuses to ask after its end, and cuts what is open', async () => {
    const api = await on((_request, response) => void response.write('one\n'));
    const stream = await api.stream('/watch');
    const read = (async () => {
      for await (const _chunk of stream) api.dispose();
    })();
    await assert.rejects(read);
    await assert.rejects(api.get('/api'), { reason: 'aborted' });
  });
});
