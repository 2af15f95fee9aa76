/**
 * Many sources, each in its own order, as one in the order of keys: lines of one source keep their order whatever their keys
 * say, and of equal keys the earlier source's comes first. Reads no source further than it must.
 */
export function* mergeSorted<T>(
  sources: readonly Iterable<T>[],
  keyOf: (item: T) => string,
): Generator<T, void, undefined> {
  const heap: Head<T>[] = [];
  for (const [order, source] of sources.entries()) {
    const head = advance({ iterator: source[Symbol.iterator](), order, key: '' }, keyOf);
    if (head !== undefined) {
      heap.push(head);
      up(heap, heap.length - 1);
    }
  }
  for (let first = heap[0]; first?.item !== undefined; first = heap[0]) {
    yield first.item.value;
    const next = advance(first, keyOf);
    const last = next ?? heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    down(heap);
  }
}

interface Head<T> {
  readonly iterator: Iterator<T>;
  readonly order: number;
  /** The greatest key so far: a clock that was set back must not hold the others up. */
  key: string;
  item?: { readonly value: T };
}

function advance<T>(head: Head<T>, keyOf: (item: T) => string): Head<T> | undefined {
  const next = head.iterator.next();
  if (next.done === true) return undefined;
  const key = keyOf(next.value);
  if (key > head.key) head.key = key;
  head.item = { value: next.value };
  return head;
}

function isBefore(a: Head<unknown> | undefined, b: Head<unknown> | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.key === b.key ? a.order < b.order : a.key < b.key;
}

function swap<T>(heap: Head<T>[], a: number, b: number): void {
  const [x, y] = [heap[a], heap[b]];
  if (x === undefined || y === undefined) return;
  heap[a] = y;
  heap[b] = x;
}

function up<T>(heap: Head<T>[], from: number): void {
  for (let at = from; at > 0;) {
    const parent = (at - 1) >> 1;
    if (!isBefore(heap[at], heap[parent])) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function down<T>(heap: Head<T>[]): void {
  for (let at = 0; ;) {
    const left = 2 * at + 1;
    const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    if (!isBefore(heap[child], heap[at])) return;
    swap(heap, at, child);
    at = child;
  }
}
