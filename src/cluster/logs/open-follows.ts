import type { Clock, Ending } from '../../ports/clock.ts';

/** How long a follow may be without a byte before it is opened again, in ms; and how much longer for each that is open. */
const silenceMs = 45_000;
const silencePerFollowMs = 350;
const beatMs = 5_000;
/** A heartbeat that is so late, in ms, was held up by more than a busy machine. */
const sleptMs = 10_000;

/**
 * The connections by which logs are followed. A half-open one gives no error, so that each is opened again after a silence,
 * which costs one request and no line: 45 s, more of many, at most three a second. After the machine has slept all are.
 */
export class OpenFollows {
  readonly #clock: Clock;
  readonly #open = new Set<() => void>();
  #beat: Ending | undefined;
  #lastBeat = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `again` once when the connection must be taken for dead; the caller says at each byte that it is not. */
  watch(again: () => void): Ending & { heard(): void } {
    let silence = this.#silence(again);
    this.#open.add(again);
    if (this.#beat === undefined) {
      this.#lastBeat = this.#clock.now();
      this.#nextBeat();
    }
    return {
      heard: () => {
        silence.dispose();
        silence = this.#silence(again);
      },
      dispose: () => {
        silence.dispose();
        this.#open.delete(again);
        if (this.#open.size > 0) return;
        this.#beat?.dispose();
        this.#beat = undefined;
      },
    };
  }

  #silence(again: () => void): Ending {
    return this.#clock.after(silenceMs + silencePerFollowMs * this.#open.size, again);
  }

  /** Timers stand still while the machine sleeps; the time of day does not. */
  #nextBeat(): void {
    this.#beat = this.#clock.after(beatMs, () => {
      const now = this.#clock.now();
      const slept = now - this.#lastBeat > beatMs + sleptMs;
      this.#lastBeat = now;
      this.#nextBeat();
      if (slept) for (const again of this.#open) again();
    });
  }
}
