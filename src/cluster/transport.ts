import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { answerError, beginning } from './answer-error.ts';
import { apiError, ApiError } from './api-error.ts';
import type { ApiServer, ApiWriter, Query, RequestOptions, WriteRequest } from './api-server.ts';
import { beginningOf, BodyTooLarge, textOf } from './body-text.ts';
import { expiryPast } from './certificate-expiry.ts';
import { connectionError, wasReset } from './connection-error.ts';
import type { Credentials } from './kubeconfig.ts';

const defaultTimeoutMs = 10_000;
/** How long credentials are used before the kubeconfig's user entry is asked again; its own cache knows token expiry. */
const credentialsKeptMs = 30_000;
/** An answer that is longer is not a Kubernetes list of a page or two. */
const mostBytes = 128 * 1024 * 1024;
/** As much of an error's answer, or of a web page, as can say anything. */
const errorBytes = 64 * 1024;
/** A server that asks for more time than this is not waited for: the error says how long it asks. */
const longestWaitSeconds = 5;
const userAgent = 'kubernetes-rollback';

/** For those who need a connection of their own: this file is loaded on first need, and the HTTP client with it. */
export { Agent };

/** `refused`: the last credentials were answered with 401, so that keeping them is no use. */
type Login = (refused: boolean) => Promise<Credentials>;

/** In place of a time: these credentials were refused. */
const refusedSince = -Infinity;

interface Agents {
  readonly key: string;
  readonly credentials: Credentials;
  /** Small requests and streams have connections of their own, so that streams never starve a request. */
  readonly control: Dispatcher;
  readonly streams: Dispatcher;
}

interface Sending {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query: Query;
  readonly body?: string;
  readonly contentType?: string;
  /** `timeoutMs` begins after the login, which may ask a person; undefined is no limit. */
  readonly options: { readonly signal?: AbortSignal; readonly timeoutMs?: number };
  readonly streaming: boolean;
}

interface Answered {
  readonly answer: Dispatcher.ResponseData;
  readonly credentials: Credentials;
  /** The login that it was asked with. */
  readonly login: Promise<Agents>;
}

/** Raw HTTP to one API server over shared connections: bodies stay text, nothing is decoded into classes. */
export class Transport implements ApiServer, ApiWriter {
  readonly server: string;
  readonly #login: Login;
  readonly #connectMs: number;
  #agents: { readonly since: number; readonly ready: Promise<Agents> } | undefined;
  #disposed = false;

  /**
   * `login` gives the credentials; it is asked once for many requests, and again after a 401. `connectMs` is less than a
   * request's time, so that a connection which is not made is told from an answer which does not come.
   */
  constructor(server: string, login: Login, { connectMs = 8_000 } = {}) {
    this.server = server;
    this.#login = login;
    this.#connectMs = connectMs;
  }

  async get(path: string, query: Query = {}, options: RequestOptions = {}): Promise<string> {
    const sending = { method: 'GET', path, query, options: limited(options), streaming: false } as const;
    try {
      return await this.#text(sending);
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 429 && error.status !== 503)) throw error;
      const { retryAfterSeconds } = error;
      if (retryAfterSeconds === undefined || retryAfterSeconds > longestWaitSeconds) throw error;
      // A signal that aborts ends the wait; the request then says so.
      await delay(retryAfterSeconds * 1000, undefined, options).catch(() => undefined);
      return this.#text(sending);
    }
  }

  async send(request: WriteRequest, options: RequestOptions = {}): Promise<string> {
    return this.#text({
      ...request,
      query: request.query ?? {},
      options: limited(options),
      streaming: false,
    });
  }

  async stream(
    path: string,
    query: Query = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    const { answer, credentials } = await this.#answer({
      method: 'GET',
      path,
      query,
      options,
      streaming: true,
    });
    return chunks(answer.body, (error) => this.#failed(error, credentials, true));
  }

  dispose(): void {
    this.#disposed = true;
    const agents = this.#agents?.ready;
    this.#agents = undefined;
    void agents?.then(close, () => undefined);
  }

  async #text(sending: Sending): Promise<string> {
    const { answer, credentials } = await this.#answer(sending);
    try {
      return await textOf(answer.body, mostBytes);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        throw apiError('tooLarge', { server: this.server, detail: `${mostBytes / 1024 / 1024} MB` });
      throw this.#failed(error, credentials, true);
    }
  }

  async #answer(sending: Sending): Promise<Answered> {
    const first = await this.#asked(sending);
    if (first.answer.statusCode !== 401) return this.#checked(first, sending);
    // The token may have expired just now: ask for a new one, once. A refused request has changed nothing.
    await first.answer.body.dump();
    // Unless another request that met the same has asked already.
    if (this.#agents?.ready === first.login) this.#agents = { since: refusedSince, ready: first.login };
    return this.#checked(await this.#asked(sending), sending);
  }

  async #checked(answered: Answered, { path }: Sending): Promise<Answered> {
    const { statusCode: status, headers, body } = answered.answer;
    const webPage = String(headers['content-type']).startsWith('text/html');
    if (status < 300 && !webPage) return answered;
    const text = await beginningOf(body, errorBytes);
    // Without its status: that something else said 200 proves nothing of the API server.
    if (status < 300) throw apiError('webPage', { server: this.server, detail: beginning(text) });
    throw answerError({
      server: this.server,
      path,
      status,
      body: text,
      location: textHeader(headers['location']),
      retryAfter: textHeader(headers['retry-after']),
      certificateExpired: status === 401 ? expiryPast(answered.credentials.cert) : undefined,
    });
  }

  /** A GET is asked once more where a kept connection was closed while it was on its way; a write never is. */
  async #asked(sending: Sending): Promise<Answered> {
    try {
      return await this.#once(sending);
    } catch (error) {
      if (sending.method !== 'GET' || !wasReset(error)) throw error;
      return this.#once(sending);
    }
  }

  #failed(error: unknown, { proxyUrl }: Credentials, answering: boolean): ApiError {
    return connectionError(error, { server: this.server, proxyUrl, answering });
  }

  async #once(sending: Sending): Promise<Answered> {
    if (this.#disposed) throw new ApiError('aborted', 'The connection was closed.');
    const { signal, timeoutMs } = sending.options;
    const login = this.#ready();
    const agents = await unlessAborted(login, signal);
    const limits = [
      ...(signal === undefined ? [] : [signal]),
      ...(timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)]),
    ];
    const url = URL.parse(this.server);
    if (url === null) throw apiError('badAddress', { server: this.server });
    const { origin, pathname } = url;
    const search = new URLSearchParams(sending.query).toString();
    const path = `${pathname.replace(/\/$/, '')}${sending.path}${search === '' ? '' : `?${search}`}`;
    try {
      const answer = await (sending.streaming ? agents.streams : agents.control).request({
        origin,
        path,
        method: sending.method,
        headers: {
          accept: 'application/json, */*',
          'user-agent': userAgent,
          ...(sending.contentType === undefined ? {} : { 'content-type': sending.contentType }),
          ...agents.credentials.headers,
        },
        body: sending.body ?? null,
        signal: limits.length === 0 ? null : AbortSignal.any(limits),
      });
      return { answer, credentials: agents.credentials, login };
    } catch (error) {
      throw this.#failed(error, agents.credentials, false);
    }
  }

  /** The agents for the present credentials; one login at a time however many requests wait for it. */
  #ready(): Promise<Agents> {
    const before = this.#agents;
    if (before !== undefined && performance.now() - before.since < credentialsKeptMs) return before.ready;
    const ready = this.#renew(before?.ready, before?.since === refusedSince);
    // However long a login takes, it is one: its age counts from its end.
    this.#agents = { since: Infinity, ready };
    ready.then(
      () => {
        if (this.#agents?.ready === ready) this.#agents = { since: performance.now(), ready };
      },
      () => {
        if (this.#agents?.ready === ready) this.#agents = undefined; // The next request asks again.
      },
    );
    return ready;
  }

  async #renew(before: Promise<Agents> | undefined, refused: boolean): Promise<Agents> {
    const credentials = await this.#login(refused);
    const key = createHash('sha256')
      .update(JSON.stringify([credentials.ca, credentials.cert, credentials.key]))
      .digest('hex');
    const old = await before?.catch(() => undefined);
    if (old?.key === key) return { ...old, credentials };
    // Certificates have rotated: requests under way end in peace on the old connections.
    if (old !== undefined) void Promise.allSettled([old.control.close(), old.streams.close()]);
    const connectMs = this.#connectMs;
    return {
      key,
      credentials,
      control: agent(credentials, { connections: 8, timeoutMs: 30_000, connectMs }),
      // No time limit: a follow of a silent container gets not even headers before its first line.
      streams: agent(credentials, { connections: null, timeoutMs: 0, connectMs }),
    };
  }
}

function agent(
  credentials: Credentials,
  limits: { connections: number | null; timeoutMs: number; connectMs: number },
): Dispatcher {
  const { headers: _headers, proxyUrl, ...tls } = credentials;
  const common = {
    connections: limits.connections,
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
  };
  if (proxyUrl !== undefined)
    return new ProxyAgent({ uri: proxyUrl, requestTls: tls, connectTimeout: limits.connectMs, ...common });
  return new Agent({
    ...common,
    connect: { ...tls, timeout: limits.connectMs, keepAlive: true, keepAliveInitialDelay: 30_000 },
  });
}

async function close(agents: Agents): Promise<void> {
  await Promise.all([agents.control.destroy(), agents.streams.destroy()]);
}

function limited(options: RequestOptions): Sending['options'] {
  return { timeoutMs: defaultTimeoutMs, ...options };
}

/** What `promise` gives, unless the caller stops first: a login may wait for a person. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new ApiError('aborted', 'Stopped.'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function* chunks(
  body: AsyncIterable<Uint8Array>,
  inWords: (error: unknown) => ApiError,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw inWords(error);
  }
}

function textHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
