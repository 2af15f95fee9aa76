import type { LogSource } from '../../domain/logs/line.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LogEnd, LogListener, LogStart } from '../../ports/container-logs.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';
import { apiErrorOf, endOfError } from './log-end.ts';
import { LogBody, openLog } from './log-request.ts';
import { seeContainer } from './pod-state.ts';

const shortestPauseMs = 250;
const longestPauseMs = 5_000;
/** A half-open connection gives no error: a follow without a byte for so long is opened again, which costs nothing. */
const silenceMs = 300_000;

/** One attempt: the log is over, it was cut or ended without its container having ended, or it fell silent. */
type Attempt = LogEnd | { readonly kind: 'again' } | { readonly kind: 'silent' };

/** One follow of one container, over as many connections as it takes. */
export class ContainerFollow {
  readonly #api: ApiServer;
  readonly #clock: Clock;
  readonly #source: LogSource;
  readonly #start: LogStart;
  readonly #listener: LogListener;
  readonly #signal: AbortSignal;
  #pauseMs = shortestPauseMs;

  constructor(
    api: ApiServer,
    clock: Clock,
    source: LogSource,
    start: LogStart,
    listener: LogListener,
    signal: AbortSignal,
  ) {
    this.#api = api;
    this.#clock = clock;
    this.#source = source;
    this.#start = start;
    this.#listener = listener;
    this.#signal = signal;
  }

  async run(): Promise<LogEnd> {
    for (;;) {
      if (this.#signal.aborted) return { kind: 'aborted' };
      const attempt = await this.#attempt();
      if (this.#signal.aborted) return { kind: 'aborted' };
      if (attempt.kind === 'silent') continue;
      if (attempt.kind !== 'again') return attempt;
      await this.#pause();
    }
  }

  async #attempt(): Promise<Attempt> {
    try {
      if (!this.#source.previous && this.#start.position.lastSecond !== undefined) {
        const end = await this.#catchUp();
        if (end) return end;
      }
      return await this.#follow();
    } catch (thrown) {
      const error = apiErrorOf(thrown);
      const end = endOfError(error, this.#source.previous);
      if (end) return end;
      // The kubelet sends no header before the first byte, so a container that says nothing looks like a server that
      // does not answer. The pod tells which of them it is.
      if (error.reason === 'timedOut' && (await this.#running())) {
        this.#listener.flow({ kind: 'live' });
        return { kind: 'silent' };
      }
      this.#stale(error);
      return { kind: 'again' };
    }
  }

  async #follow(): Promise<Attempt> {
    const connection = new AbortController();
    const signal = AbortSignal.any([this.#signal, connection.signal]);
    const request = { follow: !this.#source.previous, previous: this.#source.previous };
    const body = new LogBody(this.#start, (lines) => this.#listener.lines(lines));
    let silence = this.#clock.after(silenceMs, () => connection.abort());
    try {
      const chunks = await openLog(this.#api, this.#source, this.#start, request, signal);
      this.#listener.flow({ kind: 'live' });
      for await (const chunk of chunks) {
        silence.dispose();
        silence = this.#clock.after(silenceMs, () => connection.abort());
        this.#pauseMs = shortestPauseMs;
        body.push(chunk);
      }
    } catch (thrown) {
      if (connection.signal.aborted && !this.#signal.aborted) return { kind: 'silent' };
      throw thrown;
    } finally {
      silence.dispose();
    }
    return this.#ended(body);
  }

  /** The server ended the log in good order: because the container ended, or because its file was rotated or a server stopped. */
  async #ended(body: LogBody): Promise<Attempt> {
    if (this.#source.previous) {
      body.end();
      return { kind: 'ended' };
    }
    const { run } = await seeContainer(this.#api, this.#source, this.#signal);
    if (run.kind === 'running') return { kind: 'again' };
    body.end();
    return run.kind === 'notStarted' ? { kind: 'waiting', message: run.message } : run;
  }

  /** Reads what a run that has ended since the last line still said; `gone` where the pod is. */
  async #catchUp(): Promise<LogEnd | undefined> {
    const { run, previousFinishedAt } = await seeContainer(this.#api, this.#source, this.#signal);
    if (run.kind === 'gone') return run;
    const { lastSecond = '' } = this.#start.position;
    if (previousFinishedAt === undefined || previousFinishedAt.slice(0, 19) < lastSecond) return undefined;
    const body = new LogBody(this.#start, (lines) => this.#listener.lines(lines));
    const request = { follow: false, previous: true };
    try {
      const chunks = await openLog(this.#api, this.#source, this.#start, request, this.#signal);
      for await (const chunk of chunks) body.push(chunk);
      body.end();
    } catch (thrown) {
      const error = apiErrorOf(thrown);
      // The previous run's log is removed with its container: then there is nothing to catch up with.
      if (endOfError(error, true)?.kind !== 'noPrevious') throw error;
    }
    return undefined;
  }

  async #running(): Promise<boolean> {
    try {
      const { run } = await seeContainer(this.#api, this.#source, this.#signal);
      return run.kind === 'running';
    } catch (thrown) {
      this.#stale(apiErrorOf(thrown));
      return false;
    }
  }

  #stale(error: ApiError): void {
    if (this.#signal.aborted) return;
    this.#listener.flow({ kind: 'stale', message: error.message });
    const asked = (error.retryAfterSeconds ?? 0) * 1000;
    this.#pauseMs = Math.max(this.#pauseMs, asked);
  }

  async #pause(): Promise<void> {
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    // Rejects only when the signal aborts, which the loop looks at next.
    await this.#clock.sleep(pauseMs, this.#signal).catch(() => undefined);
  }
}
