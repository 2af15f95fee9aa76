import fc from 'fast-check';
import { apiError } from '../../../src/cluster/errors/api-error.ts';
import type { ApiServer, Query } from '../../../src/cluster/api-server.ts';

/** One wrong thing done to the lines of an answer. */
export type Corruption = (lines: readonly string[]) => readonly string[];

const odd = fc.constantFrom<unknown>(null, 'x', '5', 5, -1, 1e300, true, [], {}, [null], { a: { b: [1] } });

/** Replaces or removes the value at the nth place of a JSON value, counted in depth. */
function withOdd(value: unknown, place: { left: number }, put: unknown, remove: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    place.left -= 1;
    if (place.left === 0) return remove ? [] : [[key, put]];
    return [[key, withOdd(inner, place, put, remove)]];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function placesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + 1 + placesIn(inner), 0);
}

/** Wrong shapes: a value of another kind, or none, anywhere in one line's JSON. */
const wrongShape: fc.Arbitrary<Corruption> = fc
  .record({ line: fc.nat(), place: fc.nat(), put: odd, remove: fc.boolean() })
  .map(({ line, place, put, remove }) => (lines) => {
    const at = line % Math.max(1, lines.length);
    return lines.map((text, index) => {
      if (index !== at) return text;
      const value: unknown = JSON.parse(text);
      return JSON.stringify(
        withOdd(value, { left: 1 + (place % Math.max(1, placesIn(value))) }, put, remove),
      );
    });
  });

/** Cut off anywhere. */
const cut: fc.Arbitrary<Corruption> = fc.nat().map((at) => (lines) => {
  const whole = lines.join('\n');
  return whole.slice(0, at % (whole.length + 1)).split('\n');
});

/** Something that is no event in between. */
const garbage: fc.Arbitrary<Corruption> = fc
  .record({
    at: fc.nat(),
    line: fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('<html>', '{', 'null', '[]', '{"type":"ADDED"}', '{"type":"ERROR","object":null}'),
    ),
  })
  .map(
    ({ at, line }) =>
      (lines) =>
        lines.toSpliced(at % (lines.length + 1), 0, line.replaceAll('\n', ' ')),
  );

export const corruption: fc.Arbitrary<Corruption> = fc.oneof(wrongShape, wrongShape, cut, garbage);

/** An API server in memory: its lists and watches are right but for what `corrupt` does to them. */
export class CorruptingApi implements ApiServer {
  readonly server = 'https://corrupting';
  readonly #items: (path: string) => readonly object[];
  readonly #corruptions: Corruption[];
  readonly #streamed: boolean;
  /** Paths whose last answer was corrupted. */
  readonly #faulty = new Set<string>();

  /** The first answers are corrupted, one by each; those after them are right. `streamed`: whether it has WatchList. */
  constructor(
    items: (path: string) => readonly object[],
    corruptions: readonly Corruption[],
    streamed: boolean,
  ) {
    this.#items = items;
    this.#corruptions = [...corruptions];
    this.#streamed = streamed;
  }

  get corrupted(): boolean {
    return this.#corruptions.length > 0;
  }

  async get(path: string): Promise<string> {
    const list = JSON.stringify({ metadata: { resourceVersion: '7' }, items: this.#items(path) });
    return this.#next(path, [list]).join('\n');
  }

  async stream(
    path: string,
    query: Query = {},
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    if (query['sendInitialEvents'] !== 'true') {
      // After a fault it has forgotten what it said, as one that was restarted: the list must be read anew.
      if (!this.#faulty.delete(path)) return body([], signal);
      return body([JSON.stringify({ type: 'ERROR', object: { code: 410, message: 'too old' } })]);
    }
    if (!this.#streamed)
      throw apiError('invalid', { detail: 'sendInitialEvents is forbidden' }, { status: 422 });
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    const end = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '7', annotations } } };
    const events = [...this.#items(path).map((object) => ({ type: 'ADDED', object })), end];
    const lines = this.#next(
      path,
      events.map((event) => JSON.stringify(event)),
    );
    return body(lines, this.#faulty.has(path) ? undefined : signal);
  }

  dispose(): void {
    this.#corruptions.length = 0;
  }

  #next(path: string, right: readonly string[]): readonly string[] {
    const corrupt = this.#corruptions.shift();
    if (corrupt === undefined) this.#faulty.delete(path);
    else this.#faulty.add(path);
    return corrupt?.(right) ?? right;
  }
}

/** Says the lines; then it ends, or stays open until `open` aborts. */
async function* body(lines: readonly string[], open?: AbortSignal): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${lines.join('\n')}\n`);
  if (open === undefined || open.aborted) return;
  await new Promise<void>((resolve) => open.addEventListener('abort', () => resolve(), { once: true }));
}
