import type { JsonPatchOperation } from '../../../src/domain/rollout/json-patch.ts';

/** An object of the API, as JSON. */
export interface ApiObject {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** What a watch is told. */
export type ObjectEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly path: string;
  readonly object: ApiObject;
};

/** Objects by their path, as a well-behaved API server keeps them: versions, generations, watches. */
export class ApiObjects {
  readonly #objects = new Map<string, ApiObject>();
  readonly #watchers = new Set<(event: ObjectEvent) => void>();
  #version = 1;

  get version(): string {
    return String(this.#version);
  }

  get(path: string): ApiObject | undefined {
    return this.#objects.get(path);
  }

  /** The objects of a collection, namespaced or over all namespaces. */
  list(collection: string): readonly ApiObject[] {
    return [...this.#objects].filter(([path]) => isIn(path, collection)).map(([, object]) => object);
  }

  put(path: string, object: ApiObject): void {
    this.#version += 1;
    const type = this.#objects.has(path) ? 'MODIFIED' : 'ADDED';
    const kept = { ...object, metadata: { ...object.metadata, resourceVersion: this.version } };
    this.#objects.set(path, kept);
    this.#tell({ type, path, object: kept });
  }

  delete(path: string): void {
    const object = this.#objects.get(path);
    if (object === undefined || !this.#objects.delete(path)) return;
    this.#version += 1;
    this.#tell({ type: 'DELETED', path, object });
  }

  /** What the object would be after a JSON patch; undefined where an operation does not fit. */
  patched(path: string, patch: readonly JsonPatchOperation[]): ApiObject | undefined {
    const object = structuredClone(this.#objects.get(path));
    if (object === undefined || !patch.every((operation) => fits(object, operation))) return undefined;
    const generation = Number(object.metadata?.['generation'] ?? 0) + 1;
    return { ...object, metadata: { ...object.metadata, generation } };
  }

  /** Tells `watcher` what happens in a collection until the function that it gives is called. */
  watch(collection: string, watcher: (event: ObjectEvent) => void): () => void {
    const own = (event: ObjectEvent) => {
      if (isIn(event.path, collection)) watcher(event);
    };
    this.#watchers.add(own);
    return () => this.#watchers.delete(own);
  }

  #tell(event: ObjectEvent): void {
    for (const watcher of this.#watchers) watcher(event);
  }
}

/** `/apis/apps/v1/deployments` has in it what `/apis/apps/v1/namespaces/shop/deployments` has. */
function isIn(path: string, collection: string): boolean {
  const own = path.slice(0, path.lastIndexOf('/'));
  return own === collection || own.replace(/\/namespaces\/[^/]+/, '') === collection;
}

/** Carries one operation out on the object itself. */
function fits(object: unknown, { op, path, ...rest }: JsonPatchOperation): boolean {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  let parent: unknown = object;
  for (const key of keys)
    parent = typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined;
  if (typeof parent !== 'object' || parent === null) return false;
  const value = 'value' in rest ? rest.value : undefined;
  if (op === 'test') return JSON.stringify(Reflect.get(parent, last)) === JSON.stringify(value);
  if (op !== 'add' && !Object.hasOwn(parent, last)) return false;
  return op === 'remove' ? Reflect.deleteProperty(parent, last) : Reflect.set(parent, last, value);
}
