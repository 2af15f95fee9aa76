import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { ApiError } from '../errors/api-error.ts';
import { dispatcherOf } from './dispatcher.ts';
import type { Credentials, Login } from '../kubeconfig/kubeconfig.ts';
import { LoginPause, LoginWait } from '../kubeconfig/login-state.ts';

/** How long credentials are used before the kubeconfig's user entry is asked again, which reads its files again. */
const credentialsKeptMs = 30_000;

/** Connections with the credentials of one login. */
export interface Agents {
  readonly key: string;
  readonly credentials: Credentials;
  /** Small requests and streams have connections of their own, so that streams never starve a request. */
  readonly control: Dispatcher;
  readonly streams: Dispatcher;
}

/** The agents of one connection: one login at a time for however many requests, and a new one where it is over. */
export class LoggedInAgents {
  readonly wait = new LoginWait();
  readonly pause = new LoginPause();
  readonly #login: Login;
  readonly #connectMs: number;
  readonly #ended = new AbortController();
  #present:
    { readonly until: number; readonly ready: Promise<Agents>; readonly refused?: Credentials } | undefined;

  constructor(login: Login, connectMs: number) {
    this.#login = login;
    this.#connectMs = connectMs;
  }

  /** The agents for the present credentials. Throws ApiError: what the login threw, or 'aborted' after the end. */
  ready(): Promise<Agents> {
    if (this.#ended.signal.aborted)
      return Promise.reject(new ApiError('aborted', 'The connection was closed.'));
    const before = this.#present;
    if (before !== undefined && Date.now() < before.until) return before.ready;
    const ready = this.#renew(before?.ready, before?.refused);
    // However long a login takes, it is one: its age counts from its end.
    this.#present = { until: Infinity, ready };
    this.wait.while(ready);
    ready.then(
      ({ credentials: { expiresAt = Infinity } }) => {
        if (this.#present?.ready === ready)
          this.#present = { until: Math.min(Date.now() + credentialsKeptMs, expiresAt), ready };
      },
      (error: unknown) => {
        if (this.#present?.ready === ready) this.#present = undefined; // The next request asks again.
        this.pause.afterError(error);
      },
    );
    return ready;
  }

  /** The agents for a new login, after these were refused; those that another request has asked for already. */
  async afterRefusal(refused: Agents, login: Promise<Agents>): Promise<Agents> {
    if (this.#present?.ready === login)
      this.#present = { until: -Infinity, ready: login, refused: refused.credentials };
    return this.ready();
  }

  dispose(): void {
    this.#ended.abort(new ApiError('aborted', 'The connection was closed.'));
    this.wait.dispose();
    const present = this.#present?.ready;
    this.#present = undefined;
    void present?.then(
      ({ control, streams }) => Promise.all([control.destroy(), streams.destroy()]),
      () => undefined,
    );
  }

  async #renew(before: Promise<Agents> | undefined, refused: Credentials | undefined): Promise<Agents> {
    const credentials = await this.#login({ refused, signal: this.#ended.signal });
    const { headers: _headers, expiresAt: _expiresAt, ...connection } = credentials;
    const key = createHash('sha256').update(JSON.stringify(connection)).digest('hex');
    const old = await before?.catch(() => undefined);
    if (old?.key === key) return { ...old, credentials };
    // Certificates have rotated: requests under way end in peace on the old connections.
    if (old !== undefined) void Promise.allSettled([old.control.close(), old.streams.close()]);
    const connectMs = this.#connectMs;
    return {
      key,
      credentials,
      control: dispatcherOf(credentials, { connections: 8, timeoutMs: 30_000, connectMs }),
      // No time limit: a follow of a silent container gets not even headers before its first line.
      streams: dispatcherOf(credentials, { connections: null, timeoutMs: 0, connectMs }),
    };
  }
}
