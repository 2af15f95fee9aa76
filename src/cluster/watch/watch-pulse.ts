import type { Clock, Ending } from '../../ports/clock.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';

/** How often connections are looked at. */
const lookMs = 2_000;
/** A connection without a byte for so long is asked after. */
const silentMs = 8_000;
/** From one such question to the next: a quiet cluster is asked 15 times a minute, however many watches there are. */
const askAgainMs = 4_000;
/** How long the API server has to answer. A network that has gone is so noticed within 15 s. */
const answerMs = 4_000;
/** A look that comes later than this means that the computer slept: connections do not outlive that, or miss what it was. */
const sleptMs = 5_000;

/** A connection that is kept open for what may come. */
export interface Listening {
  /** When it was last known to be in order, ms since the epoch. */
  aliveAt: number;
  /** Asks the API server anew whether something has been missed, and notes that it is alive where not. Throws ApiError. */
  hasMissed(signal: AbortSignal): Promise<boolean>;
  /** The connection is to be given up. */
  giveUp(error: ApiError): void;
}

/**
 * Watches over the open connections to one API server, since a half-open one gives no error: it stays silent, as one does
 * on which nothing happens. One small request at a time asks after the one that has been silent for the longest; where that
 * fails, or tells that something was missed, every silent connection is given up.
 */
export class Pulse {
  readonly #api: ApiServer;
  readonly #clock: Clock;
  readonly #open = new Set<Listening>();
  #due = 0;
  #askedAt = 0;
  #look: Ending | undefined;
  #asking: AbortController | undefined;

  constructor(api: ApiServer, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  add(listening: Listening): Ending {
    this.#open.add(listening);
    if (this.#look === undefined) this.#lookLater();
    return {
      dispose: () => {
        this.#open.delete(listening);
        if (this.#open.size > 0) return;
        this.#look?.dispose();
        this.#look = undefined;
        this.#asking?.abort();
      },
    };
  }

  #lookLater(): void {
    this.#due = this.#clock.now() + lookMs;
    this.#look = this.#clock.after(lookMs, () => {
      const now = this.#clock.now();
      const slept = now - this.#due > sleptMs;
      this.#lookLater();
      if (slept) this.#giveUp(this.#open, new ApiError('timedOut', 'This computer has been asleep.'));
      else if (this.#asking === undefined && Math.abs(now - this.#askedAt) >= askAgainMs)
        this.#askAfterLongestSilent(now);
    });
  }

  #askAfterLongestSilent(now: number): void {
    let longest: Listening | undefined;
    for (const each of this.#open) {
      // The wall clock may be set back.
      each.aliveAt = Math.min(each.aliveAt, now);
      if (longest === undefined || each.aliveAt < longest.aliveAt) longest = each;
    }
    if (longest !== undefined && now - longest.aliveAt >= silentMs) void this.#ask(longest, now);
  }

  async #ask(listening: Listening, began: number): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.#askedAt = began;
    const late = new ApiError('timedOut', `${this.#api.server} does not answer.`);
    const alarm = this.#clock.after(answerMs, () => asking.abort(late));
    try {
      const missed = await unlessAborted(listening.hasMissed(asking.signal), asking.signal);
      // What was missed may have come by itself meanwhile.
      if (missed && listening.aliveAt < began)
        this.#giveUpSilent(
          began,
          new ApiError('timedOut', `A connection to ${this.#api.server} had gone dead.`),
        );
    } catch (thrown) {
      if (this.#open.size === 0) return;
      const error = asking.signal.aborted || !(thrown instanceof ApiError) ? late : thrown;
      // Too busy for this is not away.
      if (error.reason !== 'tooManyRequests') this.#giveUpSilent(began, error);
    } finally {
      alarm.dispose();
      this.#asking = undefined;
    }
  }

  #giveUpSilent(since: number, error: ApiError): void {
    this.#giveUp(
      [...this.#open].filter(({ aliveAt }) => aliveAt < since),
      error,
    );
  }

  #giveUp(which: Iterable<Listening>, error: ApiError): void {
    for (const each of [...which]) each.giveUp(error);
  }
}

const pulses = new WeakMap<ApiServer, Pulse>();

/** The one pulse of an API server. */
export function pulseOf(api: ApiServer, clock: Clock): Pulse {
  const there = pulses.get(api);
  if (there !== undefined) return there;
  const made = new Pulse(api, clock);
  pulses.set(api, made);
  return made;
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
