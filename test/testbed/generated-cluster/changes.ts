import { type Catalog, type Kind, kinds, type Seen } from './catalog.ts';

/** Older changes are forgotten, as etcd's compaction does. */
const kept = 200_000;

/** What has changed, in order: watches read on from where they are, each at its own pace. */
export class Changes {
  readonly #catalog: Catalog;
  #log: Seen[] = [];
  /** Place of the log's first entry among all that ever were. */
  #forgotten = 0;
  #random: number;
  readonly #watches = new Set<() => void>();

  /** `seed` decides which objects change, in which order. */
  constructor(catalog: Catalog, seed: number) {
    this.#catalog = catalog;
    this.#random = seed;
  }

  /** The place after the newest change. */
  get end(): number {
    return this.#forgotten + this.#log.length;
  }

  at(place: number): Seen | undefined {
    return this.#log[place - this.#forgotten];
  }

  /** The place of the first change after the version; undefined where that is forgotten already. */
  after(version: number): number | undefined {
    if (this.#forgotten > 0 && version < (this.#log[0]?.version ?? 0)) return undefined;
    const first = this.#log.findIndex((change) => change.version > version);
    return first === -1 ? this.end : this.#forgotten + first;
  }

  /** `count` objects change, of one kind or, mostly pods, of all; then the watches hear of it. */
  make(count: number, only?: Kind): void {
    for (let each = 0; each < count; each += 1) {
      const kind = only ?? (this.#next(10) > 1 ? 'pods' : (kinds[this.#next(2)] ?? 'pods'));
      const objects = this.#catalog.counts[kind];
      if (objects > 0) this.#log.push(this.#catalog.change(kind, this.#next(objects)));
    }
    if (this.#log.length > 2 * kept) {
      this.#forgotten += this.#log.length - kept;
      this.#log = this.#log.slice(-kept);
    }
    for (const tell of this.#watches) tell();
  }

  onChange(tell: () => void): () => void {
    this.#watches.add(tell);
    return () => this.#watches.delete(tell);
  }

  /** A whole number below `limit`: the generator "mulberry32", the same for the same seed. */
  #next(limit: number): number {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}
