import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { ApiServer, Query } from '../../../src/cluster/api-server.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { ScriptedBody } from './logs/scripted-api.ts';
import { listEnd, named } from './watch-script.ts';

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: object;
}

/** An open watch: half-open, it is written to no more though nobody has closed it. */
interface OpenWatch {
  readonly body: ScriptedBody;
  halfOpen: boolean;
}

const gone = new ApiError('gone', 'too old resource version', { status: 410 });

/** An API server of one kind of object as the rules of its lists and watches have it, with all that can befall it. */
export class ModelApi implements ApiServer {
  readonly server = 'https://model';
  /** resourceVersion by uid. */
  readonly objects = new Map<string, string>();
  readonly #clock: VirtualClock;
  readonly #options: { readonly streamsLists: boolean; readonly pageSize: number };
  readonly #watches = new Set<OpenWatch>();
  #changes: Change[] = [];
  #version = 10;
  #compactedAt = 0;
  #away = false;
  #busy = 0;

  constructor(clock: VirtualClock, options: { streamsLists: boolean; pageSize: number }) {
    this.#clock = clock;
    this.#options = options;
  }

  write(uid: string): void {
    const type = this.objects.has(uid) ? 'MODIFIED' : 'ADDED';
    this.#change(type, uid);
    this.objects.set(uid, String(this.#version));
  }

  delete(uid: string): void {
    if (this.objects.delete(uid)) this.#change('DELETED', uid);
  }

  cut(): void {
    for (const { body } of this.#watches) body.cut();
    this.#watches.clear();
  }

  endInPeace(): void {
    for (const { body, halfOpen } of this.#watches) if (!halfOpen) body.end();
  }

  /** Connections that are open now die without a word; new ones are well. */
  halfOpen(): void {
    for (const watch of this.#watches) watch.halfOpen = true;
  }

  /** Nothing is answered from now on. */
  goAway(): void {
    this.halfOpen();
    this.#away = true;
  }

  /** After a restart: what was open is cut. */
  comeBack(): void {
    if (this.#away) this.cut();
    this.#away = false;
  }

  compact(): void {
    this.#compactedAt = this.#version;
    this.#changes = [];
  }

  /** The last change once more, as some proxies and restarts bring about. */
  repeat(): void {
    const last = this.#changes.at(-1);
    if (last !== undefined) this.#send(last);
  }

  bookmark(): void {
    this.#send({ type: 'BOOKMARK', object: { metadata: { resourceVersion: String(this.#version) } } });
  }

  /** The next request is to wait. */
  busy(): void {
    this.#busy += 1;
  }

  async get(_path: string, query: Query = {}, options: { signal?: AbortSignal } = {}): Promise<string> {
    await this.#answering(options.signal);
    if (query['watch'] !== undefined) return this.#after(query).map(line).join('');
    const uids = [...this.objects.keys()].toSorted();
    const first = Number(query['continue']?.split('.')[1] ?? 0);
    const version = Number(query['continue']?.split('.')[0] ?? this.#version);
    if (version < this.#compactedAt) throw gone;
    // A page shows what is there now, though with the version of the first: the watch then tells what has changed since.
    const page = uids.slice(first, first + this.#options.pageSize);
    const next = first + page.length < uids.length ? { continue: `${version}.${first + page.length}` } : {};
    const items = page.map((uid) => named(uid, this.objects.get(uid)));
    return JSON.stringify({ items, metadata: { resourceVersion: String(version), ...next } });
  }

  async stream(
    _path: string,
    query: Query = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    await this.#answering(options.signal);
    const body = new ScriptedBody();
    if (query['sendInitialEvents'] === 'true') {
      if (!this.#options.streamsLists) throw new ApiError('invalid', 'sendInitialEvents is forbidden');
      for (const [uid, version] of this.objects)
        body.write(line({ type: 'ADDED', object: named(uid, version) }));
      body.write(line(listEnd(String(this.#version))));
    } else for (const change of this.#after(query)) body.write(line(change));
    this.#watches.add({ body, halfOpen: false });
    return body.read(options.signal);
  }

  dispose(): void {
    this.#watches.clear();
  }

  #after(query: Query): readonly Change[] {
    const from = Number(query['resourceVersion']);
    if (from < this.#compactedAt) throw gone;
    return this.#changes.filter(({ version }) => version > from);
  }

  #change(type: Change['type'], uid: string): void {
    this.#version += 1;
    const change = { type, version: this.#version, object: named(uid, String(this.#version)) };
    this.#changes.push(change);
    this.#send(change);
  }

  #send(event: object): void {
    for (const { body, halfOpen } of this.#watches) if (!halfOpen) body.write(line(event));
  }

  async #answering(signal: AbortSignal | undefined): Promise<void> {
    if (this.#away)
      await new Promise((_, reject) => {
        if (signal?.aborted) reject(new ApiError('aborted', 'Stopped.'));
        signal?.addEventListener('abort', () => reject(new ApiError('aborted', 'Stopped.')));
        this.#clock.after(10_000, () => reject(new ApiError('timedOut', 'no answer')));
      });
    if (this.#busy === 0) return;
    this.#busy -= 1;
    throw new ApiError('tooManyRequests', 'later', { status: 429, retryAfterSeconds: 3 });
  }
}

function line(event: object): string {
  return `${JSON.stringify(event)}\n`;
}
