import type { Dispatcher } from 'undici';

/** So much of a body is held that nobody has read yet; then the other side waits. */
const heldBytes = 64 * 1024;

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** An answer that has begun. Its body is to be read, once; who reads no further gives the connection up. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface ExchangeLimits {
  /** Ends the exchange with its reason, wherever it is. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the whole answer must be there; no limit where undefined. */
  readonly timeoutMs?: number | undefined;
  /** What is thrown in place of what went wrong; `answering` once the answer has begun. */
  readonly inWords: (error: unknown, answering: boolean) => Error;
}

/**
 * Sends one request; the answer comes as soon as it begins. A stream, a composed signal and a timer's signal for each
 * request, as the client's own `request` needs them, take a quarter of a small one's time.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { signal } = limits;
    if (signal?.aborted === true) reject(limits.inWords(signal.reason, false));
    else dispatcher.dispatch(request, new Exchange(limits, resolve, reject));
  });
}

type Chunk = IteratorResult<Uint8Array, undefined>;
interface Reader {
  resolve(chunk: Chunk): void;
  reject(error: Error): void;
}

/** One request on its way, and its answer's body. */
class Exchange implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array, undefined> {
  readonly #limits: ExchangeLimits;
  readonly #answer: (answer: Answer) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #answering = false;
  /** What has come and is not read yet. */
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** Nothing more comes. */
  #over = false;
  #error: Error | undefined;
  #reader: Reader | undefined;

  constructor(limits: ExchangeLimits, answer: (answer: Answer) => void, reject: (error: Error) => void) {
    this.#limits = limits;
    this.#answer = answer;
    this.#reject = reject;
    const { signal, timeoutMs } = limits;
    signal?.addEventListener('abort', this.#aborted, { once: true });
    if (timeoutMs === undefined) return;
    const late = () => this.#stop(new DOMException(`No answer within ${timeoutMs} ms.`, 'TimeoutError'));
    this.#timer = setTimeout(late, timeoutMs).unref();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#error !== undefined) controller.abort(this.#error);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#answering = true;
    this.#answer({ status, headers, body: this });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#over) return;
    const reader = this.#reader;
    if (reader !== undefined) {
      this.#reader = undefined;
      return reader.resolve({ value: chunk, done: false });
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes >= heldBytes) controller.pause();
  }

  onResponseEnd(): void {
    this.#end(undefined);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#end(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Chunk> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.length;
      if (this.#chunks.length === 0) this.#controller?.resume();
      return Promise.resolve({ value: chunk, done: false });
    }
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#over) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
  }

  return(): Promise<Chunk> {
    this.#stop(new DOMException('The rest is not read.', 'AbortError'));
    this.#chunks = [];
    this.#error = undefined;
    return Promise.resolve({ value: undefined, done: true });
  }

  readonly #aborted = () => this.#stop(this.#limits.signal?.reason);

  /** From this side: what has come already is not wanted either. */
  #stop(reason: unknown): void {
    if (this.#over) return;
    this.#chunks = [];
    this.#end(reason);
    this.#controller?.abort(this.#error ?? new DOMException('Stopped.', 'AbortError'));
  }

  #end(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#limits.signal?.removeEventListener('abort', this.#aborted);
    if (error !== undefined) {
      this.#error = this.#limits.inWords(error, this.#answering);
      this.#reject(this.#error);
      this.#reader?.reject(this.#error);
    } else this.#reader?.resolve({ value: undefined, done: true });
    this.#reader = undefined;
  }
}
