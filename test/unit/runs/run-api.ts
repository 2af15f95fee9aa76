import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type {
  ApiServer,
  ApiWriter,
  Query,
  RequestOptions,
  WriteRequest,
} from '../../../src/cluster/api-server.ts';
import { added, events, listEnd } from '../cluster/watch-script.ts';

/** An API server that holds what the test gives it, and answers the same as often as it is asked. */
export class RunApi implements ApiServer, ApiWriter {
  readonly server = 'https://run.test';
  /** Answers to reads, by path; what is not here is not found. */
  readonly objects: Record<string, object | ApiError> = {};
  /** What a watch of the path lists. */
  readonly watched: Record<string, readonly object[]> = {};
  /** `pod/container` or `pod/container/previous`. */
  readonly logs: Record<string, string> = {};
  /** What access reviews refuse: `get secrets`. */
  readonly denied = new Set<string>();
  /** Paths of reads, in order. */
  readonly asked: string[] = [];
  /** Awaited before each log: a test may hold it. */
  beforeLog: Promise<void> = Promise.resolve();

  async get(path: string, _query: Query = {}, { signal }: RequestOptions = {}): Promise<string> {
    this.asked.push(path);
    if (signal?.aborted === true) throw new ApiError('aborted', 'Stopped.');
    const answer = this.objects[path] ?? new ApiError('notFound', `${path} not found`, { status: 404 });
    if (answer instanceof ApiError) throw answer;
    return JSON.stringify(answer);
  }

  async stream(
    path: string,
    query: Query = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    if (!path.endsWith('/log')) {
      const list = this.watched[path];
      if (list === undefined) throw new ApiError('forbidden', `may not watch ${path}`, { status: 403 });
      return events(...list.map(added), listEnd('1')).read(options.signal);
    }
    const { signal } = options;
    const stopped = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    if (signal?.aborted !== true) await Promise.race([this.beforeLog, stopped]);
    if (signal?.aborted === true) throw new ApiError('aborted', 'Stopped.');
    const key = `${path.split('/').at(-2)}/${query['container']}${query['previous'] === undefined ? '' : '/previous'}`;
    const text = this.logs[key];
    const missing =
      query['previous'] === undefined
        ? `the log of ${key} cannot be opened`
        : `previous terminated container "api" in pod "${key}" not found`;
    if (text === undefined) throw new ApiError('badRequest', missing, { status: 400 });
    return (async function* () {
      yield new TextEncoder().encode(text);
    })();
  }

  async send({ method, body, query }: WriteRequest): Promise<string> {
    if (method === 'PATCH') {
      const dry = query?.['dryRun'] === undefined ? 'patched' : 'dry run';
      this.asked.push(dry);
      return JSON.stringify(this.objects['/apis/apps/v1/namespaces/shop/deployments/api'] ?? {});
    }
    const { spec }: { spec: { resourceAttributes: { verb: string; resource: string; group: string } } } =
      JSON.parse(body);
    const { verb, resource, group } = spec.resourceAttributes;
    const words = `${verb} ${resource}${group === '' ? '' : `.${group}`}`;
    return JSON.stringify({ status: { allowed: !this.denied.has(words) } });
  }

  dispose(): void {}
}
