import { ApiError } from '../../cluster/errors/api-error.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { below, page, type Page, toned } from '../../views/documents/page.ts';
import { localTime } from '../../views/local-time.ts';
import { errorParts } from '../error-parts.ts';
import type { LiveSource } from './live-source.ts';

/** How long until a source that failed is asked again, in ms. */
const retryAfterMs = 10_000;

/** One document's page while somebody looks at it; it asks nothing while nobody does. */
export class LiveDocument {
  readonly source: LiveSource;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #following: AbortController | undefined;
  #retry: Ending | undefined;
  #page: Page | undefined;
  #failed: { readonly since: number; readonly error: unknown } | undefined;
  #visible = false;

  constructor(source: LiveSource, clock: Clock, changed: () => void) {
    this.source = source;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** The page to show now. */
  get page(): Page {
    const prefix = this.source.noticePrefix ?? '';
    if (this.#failed === undefined)
      return (
        this.#page ??
        page([
          [toned('heading', `${prefix}${this.source.title}`)],
          [toned('faint', `${prefix}◌ Asking the API server…`)],
        ])
      );
    const { message, hint } = errorParts(this.#failed.error);
    if (this.#page === undefined)
      return page([
        [toned('heading', `${prefix}${this.source.title}`)],
        [],
        [toned('failed', `${prefix}✗ ${message}`)],
        ...(hint === '' ? [] : [[`${prefix}${hint}`]]),
        [
          toned(
            'faint',
            `${prefix}It is asked again every ${retryAfterMs / 1000} seconds while this is shown.`,
          ),
        ],
      ]);
    const since = localTime(new Date(this.#failed.since).toISOString(), this.#clock.now());
    return below(
      [[toned('failed', `${prefix}⚠ Not up to date since ${since}: ${message} ${hint}`)], []],
      this.#page,
    );
  }

  /** Begins to ask when somebody looks; stops when nobody does. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#follow();
    // The first page is always fetched: VS Code may ask for the text before it tells that it is shown.
    else if (this.#page !== undefined || this.#failed !== undefined) this.#stop();
  }

  /** Begins to ask also before it is known whether somebody looks. */
  start(): void {
    this.#follow();
  }

  /** Asks anew, with a new connection. */
  restart(): void {
    this.#stop();
    if (this.#visible) this.#follow();
  }

  dispose(): void {
    this.#visible = false;
    this.#stop();
  }

  #stop(): void {
    this.#retry?.dispose();
    this.#retry = undefined;
    this.#following?.abort();
    this.#following = undefined;
  }

  #follow(): void {
    if (this.#following !== undefined) return;
    this.#retry?.dispose();
    const following = new AbortController();
    this.#following = following;
    const { signal } = following;
    const show = (shown: Page) => {
      if (signal.aborted) return;
      this.#failed = undefined;
      this.#page = shown;
      this.#tell();
    };
    this.source.follow(show, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      // What hangs on the signal ends too: timers, subscriptions.
      following.abort();
      this.#following = undefined;
      // A connection that was closed under it is opened again at once.
      const closed = error instanceof ApiError && error.reason === 'aborted';
      if (!closed) this.#failed = { since: this.#failed?.since ?? this.#clock.now(), error };
      this.#retry = this.#clock.after(closed ? 0 : retryAfterMs, () => {
        if (this.#visible) this.#follow();
      });
      this.#tell();
    });
  }

  #tell(): void {
    this.#changed();
    if (!this.#visible) this.#stop();
  }
}
