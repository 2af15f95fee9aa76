import { ApiError } from '../../../../src/cluster/errors/api-error.ts';
import type { ApiServer, Query } from '../../../../src/cluster/api-server.ts';

/** A log body that the test writes, ends or cuts. */
export class ScriptedBody {
  readonly #chunks: Uint8Array[] = [];
  #end: 'open' | 'ended' | ApiError = 'open';
  #wake = (): void => undefined;

  write(text: string): this {
    this.#chunks.push(new TextEncoder().encode(text));
    this.#wake();
    return this;
  }

  end(): this {
    this.#end = 'ended';
    this.#wake();
    return this;
  }

  cut(): this {
    this.#end = new ApiError('unreachable', 'other side closed');
    this.#wake();
    return this;
  }

  async *read(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    signal?.addEventListener('abort', () => this.#wake());
    for (;;) {
      if (signal?.aborted) throw new ApiError('aborted', 'Stopped.');
      const chunk = this.#chunks.shift();
      if (chunk) yield chunk;
      else if (this.#end === 'ended') return;
      else if (this.#end !== 'open') throw this.#end;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** An API server that answers what the test has put in its queues, in order. */
export class ScriptedApi implements ApiServer {
  readonly server = 'https://scripted';
  /** Answers to GETs of the pod: the last one stays. */
  readonly pods: (object | ApiError)[] = [];
  /** Answers to log requests. */
  readonly bodies: (ScriptedBody | ApiError)[] = [];
  readonly queries: Query[] = [];

  async get(): Promise<string> {
    const answer = this.pods.length > 1 ? this.pods.shift() : this.pods[0];
    if (answer === undefined) throw new ApiError('notFound', 'pods "web-a" not found', { status: 404 });
    if (answer instanceof ApiError) throw answer;
    return JSON.stringify(answer);
  }

  async stream(
    _path: string,
    query: Query = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    this.queries.push(query);
    const body = this.bodies.shift();
    if (body === undefined) throw new ApiError('unreachable', 'nothing more was scripted');
    if (body instanceof ApiError) throw body;
    return body.read(options.signal);
  }

  dispose(): void {
    this.bodies.length = 0;
  }
}

/** A pod as the API answers it, its container `app` in the state given. */
export function podJson(state: object, lastState: object = {}, restartCount = 0): object {
  return {
    metadata: { uid: 'uid-a' },
    status: { phase: 'Running', containerStatuses: [{ name: 'app', state, lastState, restartCount }] },
  };
}

export const running = podJson({ running: { startedAt: '2026-01-01T00:00:00Z' } });
export const terminated = podJson({ terminated: { exitCode: 1, finishedAt: '2026-01-01T00:00:09Z' } });
