/** A line of a container's log. */
export interface LogLine {
  /** RFC 3339 with nanoseconds, as container runtimes write it. */
  readonly time: string;
  readonly text: string;
}

/** What a program writes by itself: each line so many milliseconds after the one before. */
export type Story = Iterator<{ readonly after: number; readonly text: string }>;

/** Lines that are kept of one run of a container; a kubelet that rotates logs forgets the oldest as well. */
const KEPT = 100_000;
/** A story that nobody read for long is not told in full. */
const CAUGHT_UP_AT_MOST = 5_000;

/**
 * The log of one run of a container. Its story is told only when somebody reads, so a log costs nothing until then:
 * every line gets the time at which it would have been written.
 */
export class ContainerLog {
  readonly #story: Story;
  readonly #listeners = new Set<() => void>();
  #lines: LogLine[] = [];
  #dropped = 0;
  #file = 0;
  #next: { at: number; text: string } | undefined;
  #ended = false;
  #lastMillisecond = 0;
  #lastNanosecond = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(story: Story, begun: number) {
    this.#story = story;
    this.#draw(begun);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The position after the newest line; positions count all lines ever written. */
  get end(): number {
    return this.#dropped + this.#lines.length;
  }

  /** Adds lines that are written now. */
  append(lines: readonly string[], now: number): void {
    this.tell(now);
    for (const line of lines) this.#write(line, now);
    this.#notify();
  }

  /** The container's last words; nothing comes after. */
  finish(lines: readonly string[], now: number): void {
    if (this.#ended) return;
    this.append(lines, now);
    this.#ended = true;
    this.#next = undefined;
    clearTimeout(this.#timer);
    this.#notify();
  }

  /**
   * What is there so far goes to an older file, which the kubelet gives to nobody who asks from now on
   * (kuberuntime/logs: the newest file alone is read). Who follows already has read it, or still does.
   */
  rotate(now: number): void {
    this.tell(now);
    this.#file = this.end;
  }

  /** The position of the first line of the newest file. */
  get file(): number {
    return Math.max(this.#file, this.#dropped);
  }

  /** Lines from a position on, at most `limit`, and the position after them. Lines that were dropped are skipped. */
  read(position: number, limit: number): { lines: readonly LogLine[]; next: number } {
    const from = Math.max(position - this.#dropped, 0);
    const lines = this.#lines.slice(from, from + limit);
    return { lines, next: this.#dropped + from + lines.length };
  }

  /** Writes what the story would have written until now. */
  tell(now: number): void {
    let told = 0;
    while (this.#next !== undefined && this.#next.at <= now) {
      const { at, text } = this.#next;
      this.#write(text, at);
      told += 1;
      this.#draw(told < CAUGHT_UP_AT_MOST ? at : now);
    }
  }

  /** Calls when there is more to read or the log has ended; the story is told on time meanwhile. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#next === undefined || this.#listeners.size === 0) return;
    this.#timer = setTimeout(
      () => {
        this.tell(Date.now());
        this.#notify();
        this.#schedule();
      },
      Math.max(this.#next.at - Date.now(), 0),
    );
    this.#timer.unref();
  }

  #draw(from: number): void {
    const next = this.#story.next();
    this.#next = next.done === true ? undefined : { at: from + next.value.after, text: next.value.text };
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #write(text: string, at: number): void {
    const millisecond = Math.max(at, this.#lastMillisecond);
    // Runtimes never give two lines one time; a reader that resumes by time relies on it.
    this.#lastNanosecond = millisecond === this.#lastMillisecond ? this.#lastNanosecond + 1_013 : 41_207;
    if (this.#lastNanosecond > 999_999) {
      this.#lastNanosecond = 0;
      this.#lastMillisecond = millisecond + 1;
    } else {
      this.#lastMillisecond = millisecond;
    }
    const time = new Date(this.#lastMillisecond).toISOString().slice(0, -1);
    this.#lines.push({ time: `${time}${String(this.#lastNanosecond).padStart(6, '0')}Z`, text });
    if (this.#lines.length > KEPT * 1.2) {
      this.#dropped += this.#lines.length - KEPT;
      this.#lines = this.#lines.slice(-KEPT);
    }
  }
}
