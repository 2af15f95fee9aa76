import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { Agent } from 'undici';

import { type Answer, exchange } from '../../../src/cluster/http/exchange.ts';
import { eventually } from '../../testbed/eventually.ts';
import { type Loopback, loopback } from './loopback.ts';

/** What is thrown here in place of what went wrong. */
class Failed extends Error {
  readonly answering: boolean;
  constructor(cause: unknown, answering: boolean) {
    super(cause instanceof Error ? cause.name : String(cause), { cause });
    this.answering = answering;
  }
}

describe('one request', () => {
  let server: Loopback;
  let agent: Agent;

  beforeEach(() => {
    agent = new Agent();
  });
  afterEach(async () => {
    await agent.destroy();
    await server.close();
  });

  async function ask(
    answer: RequestListener,
    limits: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {},
  ): Promise<Answer> {
    server = await loopback(answer);
    const inWords = (error: unknown, answering: boolean) => new Failed(error, answering);
    return exchange(agent, { origin: server.url, path: '/', method: 'GET' }, { ...limits, inWords });
  }

  async function textOf({ body }: Answer): Promise<string> {
    let text = '';
    for await (const chunk of body) text += Buffer.from(chunk).toString();
    return text;
  }

  it('gives its answer as that begins, and the body as it comes', async () => {
    let open: ServerResponse | undefined;
    const answer = await ask((_request, response) => {
      open = response;
      response.writeHead(201, { 'x-y': 'z' }).write('one ');
    });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['x-y'], 'z');
    const text = textOf(answer);
    open?.end('two');
    assert.equal(await text, 'one two');
  });

  it('passes over an answer that only announces another', async () => {
    const answer = await ask((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.end('whole');
    });
    assert.equal(answer.status, 200);
    assert.equal(await textOf(answer), 'whole');
  });

  it('gives what came before the connection was cut, then the error', async () => {
    let closed = false;
    const answer = await ask((_request, response) => {
      response.on('close', () => (closed = true)).write('one', () => response.destroy());
    });
    await eventually('the cut', async () => closed, { every: 5 });
    const came: string[] = [];
    await assert.rejects(
      async () => {
        for await (const chunk of answer.body) came.push(Buffer.from(chunk).toString());
      },
      (error: Failed) => error.answering,
    );
    assert.deepEqual(came, ['one']);
  });

  it('is not sent where it was stopped before, and ends when it is stopped, before the answer and in it', async () => {
    const early = ask(() => undefined, { signal: AbortSignal.abort('early') });
    await assert.rejects(early, { message: 'early', answering: false });
    assert.deepEqual(server.asked, []);
    await server.close();

    const stop = new AbortController();
    const silent = ask(() => stop.abort('silent'), { signal: stop.signal });
    await assert.rejects(silent, { message: 'silent', answering: false });
    await server.close();

    const midway = new AbortController();
    const answer = await ask((_request, response) => void response.write('one'), { signal: midway.signal });
    const text = textOf(answer);
    midway.abort('midway');
    await assert.rejects(text, { message: 'midway', answering: true });
  });

  it('ends after its time, also within a body that hangs', async () => {
    const silent = ask(() => undefined, { timeoutMs: 20 });
    await assert.rejects(silent, { message: 'TimeoutError', answering: false });
    await server.close();
    const answer = await ask((_request, response) => void response.write('one'), { timeoutMs: 40 });
    await assert.rejects(textOf(answer), { message: 'TimeoutError', answering: true });
  });

  it('gives the connection up where its reader reads no further', async () => {
    let closed = false;
    const answer = await ask((_request, response) => {
      response.on('close', () => (closed = true)).write('one');
    });
    for await (const _chunk of answer.body) break;
    await eventually('the end of the connection', async () => closed, { every: 5 });
    assert.equal(await textOf(answer), '');
  });

  it('lets the other side wait while nobody reads, and loses nothing by it', async () => {
    const block = Buffer.alloc(1024 * 1024, 'x');
    let waits = false;
    const answer = await ask((_request, response) => {
      let left = 64;
      const write = (): void => {
        while (left > 0) {
          left -= 1;
          if (response.write(block)) continue;
          waits = true;
          return void response.once('drain', () => {
            waits = false;
            write();
          });
        }
        response.end();
      };
      write();
    });
    await eventually('a full connection', async () => waits, { every: 5 });
    let bytes = 0;
    for await (const chunk of answer.body) bytes += chunk.length;
    assert.equal(bytes, 64 * block.length);
  });
});
