import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { answerError, beginning } from '../errors/answer-error.ts';
import { apiError, ApiError } from '../errors/api-error.ts';
import type { ApiServer, ApiWriter, Query, RequestOptions, WriteRequest } from '../api-server.ts';
import { beginningOf, BodyTooLarge, textOf } from './body-text.ts';
import { type Answer, exchange } from './exchange.ts';
import { expiryPast } from '../errors/certificate-expiry.ts';
import { connectionError, wasReset } from '../errors/connection-error.ts';
import type { Credentials, Login } from '../kubeconfig/kubeconfig.ts';
import { type Agents, LoggedInAgents } from './logged-in-agents.ts';
import { isSameLogin, type LoginWait } from '../kubeconfig/login-state.ts';

const defaultTimeoutMs = 10_000;
/** An answer that is longer is not a Kubernetes list of a page or two. */
const mostBytes = 128 * 1024 * 1024;
/** As much of an error's answer, or of a web page, as can say anything. */
const errorBytes = 64 * 1024;
/** A server that asks for more time than this is not waited for: the error says how long it asks. */
const longestWaitSeconds = 5;
const userAgent = 'kubernetes-rollback';

/** For those who need a connection of their own: this file is loaded on first need, and the HTTP client with it. */
export { Agent };

/** In the same file of the bundle: a kubeconfig is read to send requests. */
export { ExecLogins, readKubeconfig } from '../kubeconfig/read.ts';

interface Sending {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query: Query;
  readonly body?: string;
  readonly contentType?: string;
  /** `timeoutMs` begins after the login, which may ask a person; undefined is no limit. */
  readonly options: RequestOptions;
  readonly streaming: boolean;
}

interface Answered {
  readonly answer: Answer;
  readonly agents: Agents;
  /** The login that it was asked with. */
  readonly login: Promise<Agents>;
}

/** Raw HTTP to one API server over shared connections: bodies stay text, nothing is decoded into classes. */
export class Transport implements ApiServer, ApiWriter {
  readonly server: string;
  readonly #address: URL | null;
  readonly #agents: LoggedInAgents;

  /**
   * `login` gives the credentials; it is asked once for many requests, and again after a 401. `connectMs` is less than a
   * request's time, so that a connection which is not made is told from an answer which does not come.
   */
  constructor(server: string, login: Login, { connectMs = 8_000 } = {}) {
    this.server = server;
    this.#address = URL.parse(server);
    this.#agents = new LoggedInAgents(login, connectMs);
  }

  /** Whether a login goes on just now, told to those who show it. */
  get login(): LoginWait {
    return this.#agents.wait;
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
    const { answer } = await this.#answer({ method: 'GET', path, query, options, streaming: true });
    return answer.body;
  }

  dispose(): void {
    this.#agents.dispose();
  }

  async #text(sending: Sending): Promise<string> {
    const { answer } = await this.#answer(sending);
    try {
      return await textOf(answer.body, mostBytes);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        throw apiError('tooLarge', { server: this.server, detail: `${mostBytes / 1024 / 1024} MB` });
      throw error;
    }
  }

  async #answer(sending: Sending): Promise<Answered> {
    const { pause } = this.#agents;
    const first = await this.#asked(sending);
    if (first.answer.status !== 401) {
      pause.over();
      return this.#checked(first, sending);
    }
    // A watch tries for ever: what was refused when it was new is not asked for again each time.
    if (sending.streaming && pause.goesOn) return this.#checked(first, sending);
    const again = await this.#afterRefusal(first, sending);
    if (again.answer.status === 401) pause.afterRefusal();
    return this.#checked(again, sending);
  }

  /** The token may have expired just now: a new one is asked for, once. A refused request has changed nothing. */
  async #afterRefusal(first: Answered, sending: Sending): Promise<Answered> {
    const { agents, login, answer } = first;
    try {
      const fresh = this.#agents.afterRefusal(agents, login);
      const { credentials } = await unlessAborted(fresh, sending.options.signal);
      if (isSameLogin(credentials, agents.credentials)) return first;
    } catch (error) {
      await beginningOf(answer.body, errorBytes);
      throw error;
    }
    await beginningOf(answer.body, errorBytes);
    return this.#asked(sending);
  }

  async #checked(answered: Answered, { path }: Sending): Promise<Answered> {
    const { status, headers, body } = answered.answer;
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
      certificateExpired: status === 401 ? expiryPast(answered.agents.credentials.cert) : undefined,
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

  async #once(sending: Sending): Promise<Answered> {
    const { signal, timeoutMs, accept = 'application/json, */*' } = sending.options;
    this.#agents.pause.refuse(sending.streaming);
    const login = this.#agents.ready();
    const agents = await unlessAborted(login, signal);
    const { credentials } = agents;
    if (this.#address === null) throw apiError('badAddress', { server: this.server });
    const { origin, pathname } = this.#address;
    const search = new URLSearchParams(sending.query).toString();
    const answer = await exchange(
      sending.streaming ? agents.streams : agents.control,
      {
        origin,
        path: `${pathname.replace(/\/$/, '')}${sending.path}${search === '' ? '' : `?${search}`}`,
        method: sending.method,
        headers: {
          accept,
          'user-agent': userAgent,
          ...(sending.contentType === undefined ? {} : { 'content-type': sending.contentType }),
          ...headersOf(credentials),
        },
        body: sending.body ?? null,
        // Said here as well, since proxies' connections do not take it from their agent.
        ...(sending.streaming ? { headersTimeout: 0, bodyTimeout: 0 } : {}),
      },
      {
        signal,
        timeoutMs,
        inWords: (error, answering) =>
          connectionError(error, { server: this.server, proxyUrl: credentials.proxyUrl, answering }),
      },
    );
    return { answer, agents, login };
  }
}

function headersOf({ headers }: Credentials): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
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

function textHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
