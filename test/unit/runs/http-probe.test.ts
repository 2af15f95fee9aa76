import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';

import { endpointCheck } from '../../../src/runs/endpoints.ts';
import { probe } from '../../../src/runs/http-probe.ts';
import { type Loopback, loopback } from '../cluster/loopback.ts';

describe('the probe of an address', () => {
  const servers: Loopback[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function on(answer: RequestListener): Promise<Loopback> {
    const server = await loopback(answer);
    servers.push(server);
    return server;
  }

  async function failure(url: string): Promise<string> {
    const result = await probe(url);
    assert.equal(result.kind, 'failed');
    return result.kind === 'failed' ? result.message : '';
  }

  it('tells status, time and the beginning of what it answered, on one line', async () => {
    const { url } = await on(
      (_request, response) => void response.writeHead(503).end('{\n  "db":  "down"\n}'),
    );
    const result = await probe(`${url}/health?full=1`);
    assert.ok(result.kind === 'answered');
    assert.deepEqual([result.status, result.excerpt], [503, '{ "db": "down" }']);
    assert.ok(result.latencyMs >= 0);
    assert.deepEqual(servers[0]?.asked, ['GET /health?full=1']);
  });

  it('reads no more than the beginning of an answer without end', async () => {
    let sent = 0;
    const chunk = 'x'.repeat(64 * 1024);
    const { url } = await on((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const result = await probe(url);
    assert.ok(result.kind === 'answered');
    assert.equal(result.excerpt.length, 200);
    assert.ok(sent < 100 * 1024 * 1024);
  });

  it('follows redirects on the same host, a few of them', async () => {
    const { url } = await on((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/round') response.writeHead(301, { location: '/round' }).end();
      else response.end('here');
    });
    const result = await probe(`${url}/a`);
    assert.equal(result.kind === 'answered' && result.excerpt, 'here');
    assert.match(await failure(`${url}/round`), /more than 3 times/);
  });

  it('does not follow a redirect to another host, nor to another port', async () => {
    const other = await on((_request, response) => void response.end('secret'));
    const { url } = await on(
      (_request, response) => void response.writeHead(302, { location: other.url }).end(),
    );
    assert.match(await failure(url), /redirects to another host/);
    assert.deepEqual(other.asked, []);
  });

  it('asks no link-local address, however it is spelled, and only http and https', async () => {
    for (const host of [
      '169.254.169.254',
      '2852039166',
      '[fe80::1]',
      '[::ffff:169.254.169.254]',
      '[fd00:ec2::254]',
    ])
      assert.match(await failure(`http://${host}/latest/meta-data`), /link-local/, host);
    assert.match(await failure('file:///etc/passwd'), /only http and https/);
    assert.match(await failure('no address'), /^it is no address: correct it in the settings$/);
  });

  it('says why there is no answer', async () => {
    const { url, close } = await on((_request, response) => response.destroy());
    assert.match(await failure(url), /^it ended the connection without a whole answer \(UND_ERR_SOCKET\)$/);
    await close();
    assert.equal(await failure(url), 'nothing listens there (ECONNREFUSED)');
    assert.match(
      await failure(`http://${'x'.repeat(64)}.invalid/`),
      /^its name (is not known to DNS|cannot be looked up)/,
    );
  });

  it('gives up when its time is over', async function () {
    this.timeout(10_000);
    const { url } = await on(() => undefined);
    assert.equal(await failure(url), 'no answer within 5 s');
  });

  it('stops when the caller stops', async () => {
    const { url } = await on(() => undefined);
    const stop = new AbortController();
    const asking = probe(url, stop.signal);
    stop.abort();
    assert.equal((await asking).kind, 'failed');
  });
});

describe('the check of addresses', () => {
  const at = '2026-01-01T00:00:00Z';
  const answered = (status: number) => ({ kind: 'answered', status, latencyMs: 12, excerpt: '' }) as const;

  it('is good only where each answers with a 2xx status, and shows the first that does not', () => {
    const check = (...statuses: readonly number[]) => {
      const { state, summary } = endpointCheck(
        statuses.map((status, index) => ({ url: `http://h/${index}`, at, result: answered(status) })),
      );
      return `${state}: ${summary}`;
    };
    assert.equal(check(), 'notConfigured: not configured');
    assert.equal(check(204), 'ok: 204 · 12 ms');
    assert.equal(check(200, 299), 'ok: 2 of 2 answer');
    assert.equal(check(200, 404, 503), 'failed: 404 · 12 ms');
    assert.equal(check(301), 'failed: 301 · 12 ms');
  });

  it('says of each what it answered, or why not', () => {
    const result = { kind: 'failed', message: 'ECONNREFUSED' } as const;
    const { summary, evidence } = endpointCheck([{ url: 'http://h/', at, result }]);
    assert.equal(summary, 'no answer');
    assert.deepEqual(evidence, [{ text: 'GET http://h/ failed: ECONNREFUSED', tone: 'failed', at }]);
  });
});
