import type { LogSource } from '../../domain/logs/line.ts';
import type { StampedLine } from '../../domain/logs/split.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LogEnd, LogListener, LogStart } from '../../ports/container-logs.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';
import { apiErrorOf, endOfError } from './log-end.ts';
import { gapWords, lostRunsWords } from './log-gap.ts';
import { GapSuspected, LogBody, openLog } from './log-request.ts';
import type { OpenFollows } from './open-follows.ts';
import { type ContainerSight, seeContainer } from './pod-state.ts';

const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/** One attempt: the log is over, it was cut or ended without its container having ended, or it must be asked for anew at once. */
type Attempt = LogEnd | { readonly kind: 'again' } | { readonly kind: 'atOnce' };

export interface FollowOptions {
  readonly api: ApiServer;
  readonly clock: Clock;
  readonly open: OpenFollows;
  readonly source: LogSource;
  readonly start: LogStart;
  readonly listener: LogListener;
  readonly signal: AbortSignal;
}

/**
 * One follow of one container, over as many connections as it takes. A cut connection is opened again after 0.25 s, doubled up
 * to 5 s, from the last line seen; what a run that ended meanwhile still had to say is read from its previous log first.
 */
export class ContainerFollow {
  readonly #options: FollowOptions;
  #pauseMs = shortestPauseMs;
  /** Lines seemed to be missing at the last attempt: if they do again, it is told. */
  #suspected = false;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  async run(): Promise<LogEnd> {
    const { signal } = this.#options;
    for (;;) {
      if (signal.aborted) return { kind: 'aborted' };
      const attempt = await this.#attempt();
      if (signal.aborted) return { kind: 'aborted' };
      if (attempt.kind === 'atOnce') continue;
      if (attempt.kind !== 'again') return attempt;
      await this.#pause();
    }
  }

  async #attempt(): Promise<Attempt> {
    const { source, start, listener } = this.#options;
    try {
      if (source.previous || start.position.lastSecond === undefined) return await this.#follow(undefined);
      start.position.interrupted();
      const sight = await this.#see();
      if (sight.run.kind === 'gone') return sight.run;
      return await this.#follow((await this.#catchUp(sight)) ? sight.restarts : undefined);
    } catch (thrown) {
      if (thrown instanceof GapSuspected) {
        // The container may have restarted between two requests: the next look tells, before anybody is told of a gap.
        this.#suspected = true;
        return { kind: 'atOnce' };
      }
      const error = apiErrorOf(thrown);
      const end = endOfError(error, source.previous);
      if (end) return end;
      // The kubelet sends no header before the first byte, so a container that says nothing looks like a server that
      // does not answer. The pod tells which of them it is.
      if (error.reason === 'timedOut' && (await this.#running())) {
        listener.flow({ kind: 'live' });
        return { kind: 'atOnce' };
      }
      this.#stale(error);
      return { kind: 'again' };
    }
  }

  /** `restarts`: of the run that this log must be of, since the one before was read to its end. */
  async #follow(restarts: number | undefined): Promise<Attempt> {
    const { api, open, source, start, listener } = this.#options;
    const connection = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, connection.signal]);
    const request = { follow: !source.previous, previous: source.previous };
    const body = this.#body();
    const watched = open.watch(() => connection.abort());
    try {
      const chunks = await openLog(api, source, start, request, signal);
      if (restarts !== undefined && (await this.#see()).restarts !== restarts) return { kind: 'atOnce' };
      listener.flow({ kind: 'live' });
      for await (const chunk of chunks) {
        watched.heard();
        this.#pauseMs = shortestPauseMs;
        body.push(chunk);
      }
    } catch (thrown) {
      if (connection.signal.aborted && !this.#options.signal.aborted) return { kind: 'atOnce' };
      throw thrown;
    } finally {
      watched.dispose();
      connection.abort();
    }
    return this.#ended(body);
  }

  /** The server ended the log in good order: because the container ended, or because its file was rotated or a server stopped. */
  async #ended(body: LogBody): Promise<Attempt> {
    const { source, start } = this.#options;
    if (source.previous) {
      body.end();
      return { kind: 'ended' };
    }
    const { run, restarts } = await this.#see();
    if (run.kind === 'running') return { kind: 'again' };
    body.end();
    if (run.kind === 'ended') start.position.runEnded(restarts);
    return run.kind === 'notStarted' ? { kind: 'waiting', message: run.message } : run;
  }

  /** Reads what a run that has ended since the last line still said; true where there was one. */
  async #catchUp({ previousFinishedAt, restarts }: ContainerSight): Promise<boolean> {
    const { api, source, start, signal } = this.#options;
    const { position } = start;
    const { lastSecond = '', endedRun } = position;
    if (endedRun !== undefined && endedRun < restarts) {
      // Its log was read whole, and so will be that of the last run before the present one.
      position.goesOn();
      if (endedRun === restarts - 1) return true;
      this.#tellLost(restarts - endedRun - 2);
      position.runEnded(restarts - 2);
    } else if (previousFinishedAt === undefined || previousFinishedAt.slice(0, 19) < lastSecond) return false;
    const body = this.#body();
    const request = { follow: false, previous: true };
    try {
      const chunks = await openLog(api, source, start, request, signal);
      for await (const chunk of chunks) body.push(chunk);
      body.end();
      // Else the last line seen is of the present run, whose own log must show that it goes on.
      if (position.isAnchored) position.runEnded(restarts - 1);
    } catch (thrown) {
      if (thrown instanceof GapSuspected) throw thrown;
      const error = apiErrorOf(thrown);
      // The previous run's log is removed with its container: then there is nothing to catch up with.
      if (endOfError(error, true)?.kind !== 'noPrevious') throw error;
    }
    return true;
  }

  #tellLost(runs: number): void {
    if (runs > 0)
      this.#options.listener.lines([
        { at: undefined, text: lostRunsWords(runs), omittedBytes: 0, gap: true },
      ]);
  }

  #body(): LogBody {
    const { start, listener } = this.#options;
    const told = (lines: readonly StampedLine[]) => {
      this.#suspected = false;
      listener.lines(lines);
    };
    return new LogBody(start, told, this.#suspected ? gapWords(start.position.lastSecond) : undefined);
  }

  #see(): Promise<ContainerSight> {
    const { api, source, signal } = this.#options;
    return seeContainer(api, source, signal);
  }

  async #running(): Promise<boolean> {
    try {
      return (await this.#see()).run.kind === 'running';
    } catch (thrown) {
      this.#stale(apiErrorOf(thrown));
      return false;
    }
  }

  #stale(error: ApiError): void {
    if (this.#options.signal.aborted) return;
    this.#options.listener.flow({ kind: 'stale', message: error.message });
    const asked = (error.retryAfterSeconds ?? 0) * 1000;
    this.#pauseMs = Math.max(this.#pauseMs, asked);
  }

  async #pause(): Promise<void> {
    const { clock, signal } = this.#options;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    // Rejects only when the signal aborts, which the loop looks at next.
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}
