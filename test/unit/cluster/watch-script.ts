import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { ApiServer, Query } from '../../../src/cluster/api-server.ts';
import { ScriptedBody } from './logs/scripted-api.ts';

/** An API server whose lists and watches answer what the test has put in its queues, in order, for each path. */
export class WatchScript implements ApiServer {
  readonly server = 'https://scripted';
  /** What was asked, in order. */
  readonly asked: { readonly kind: 'list' | 'watch'; readonly path: string; readonly query: Query }[] = [];
  /** How often a silent connection was asked after, and what that gives: nothing missed, by default. */
  probes = 0;
  probe: (signal: AbortSignal | undefined) => Promise<string> = async () => '';
  readonly #answers = new Map<string, (ScriptedBody | object | ApiError | string)[]>();

  /** A watch is answered by a body, a list by an object or text. */
  on(path: string, ...answers: (ScriptedBody | object | ApiError | string)[]): this {
    this.#answers.set(path, [...(this.#answers.get(path) ?? []), ...answers]);
    return this;
  }

  async get(path: string, query: Query = {}, options: { signal?: AbortSignal } = {}): Promise<string> {
    if (query['timeoutSeconds'] !== undefined) {
      this.probes += 1;
      return this.probe(options.signal);
    }
    this.asked.push({ kind: 'list', path, query });
    const answer = this.#next(path);
    return typeof answer === 'string' ? answer : JSON.stringify(answer);
  }

  async stream(
    path: string,
    query: Query = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    this.asked.push({ kind: 'watch', path, query });
    const body = this.#next(path);
    if (!(body instanceof ScriptedBody)) throw new Error(`a list was scripted for the watch of ${path}`);
    return body.read(options.signal);
  }

  dispose(): void {
    this.#answers.clear();
  }

  #next(path: string): ScriptedBody | object | string {
    const answer = this.#answers.get(path)?.shift();
    if (answer === undefined) throw new ApiError('unreachable', `nothing more was scripted for ${path}`);
    if (answer instanceof ApiError) throw answer;
    return answer;
  }
}

/** A watch that says these events and then stays open. */
export function events(...said: readonly object[]): ScriptedBody {
  return new ScriptedBody().write(said.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

export function added(object: object): object {
  return { type: 'ADDED', object };
}

/** The bookmark that ends the initial events of a streamed list. */
export function listEnd(resourceVersion: string): object {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  return { type: 'BOOKMARK', object: { metadata: { resourceVersion, annotations } } };
}

/** An object of the API with a name for a uid. */
export function named(uid: string, resourceVersion = '1'): { readonly metadata: object } {
  return { metadata: { uid, resourceVersion } };
}
