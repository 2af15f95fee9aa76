import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../api-client.ts';
import { type Pod, podKey } from './pod.ts';

export interface PodListener {
  /** A pod as it is now, told again at every change. */
  seen(pod: Pod): void;
  gone(pod: Pod): void;
}

/** One line of a watch. */
interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Pod;
}

/** All pods of the cluster, or those that another path lists, followed until `stop`; it begins again by itself when the API server goes away. */
export class PodWatch {
  readonly #client: ApiClient;
  readonly #listener: PodListener;
  readonly #path: string;
  readonly #stopped = new AbortController();
  readonly #pods = new Map<string, Pod>();
  #running: Promise<void> | undefined;

  constructor(client: ApiClient, listener: PodListener, path = '/api/v1/pods') {
    this.#client = client;
    this.#listener = listener;
    this.#path = path;
  }

  /** Resolves when all pods that there are have been told for the first time. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#running ??= this.#run(resolve);
    });
  }

  /** Resolves when no more will be told. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(listed: () => void): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        const resourceVersion = await this.#list();
        listed();
        await this.#watch(resourceVersion);
      } catch (error) {
        // The API server is away, or our place in its history is: list again until it answers.
        if (!signal.aborted && !(error instanceof Error)) throw error;
      }
      await delay(200, undefined, { signal }).catch(() => undefined);
    }
  }

  async #list(): Promise<string> {
    const answer = await this.#client.request('GET', this.#path);
    if (answer.status !== 200) throw new Error(`listing pods answered ${answer.status}`);
    const list: { metadata: { resourceVersion: string }; items: Pod[] } = JSON.parse(answer.body);
    const present = new Set(list.items.map((pod) => pod.metadata.uid));
    for (const pod of this.#pods.values()) if (!present.has(pod.metadata.uid)) this.#gone(pod);
    for (const pod of list.items) this.#seen(pod);
    return list.metadata.resourceVersion;
  }

  async #watch(resourceVersion: string): Promise<void> {
    const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`;
    const separator = this.#path.includes('?') ? '&' : '?';
    const stream = await this.#client.stream(`${this.#path}${separator}${query}`, this.#stopped.signal);
    for await (const line of createInterface({ input: stream })) {
      const event: WatchEvent = JSON.parse(line);
      if (event.type === 'ERROR') return;
      if (event.type === 'DELETED') this.#gone(event.object);
      else if (event.type !== 'BOOKMARK') this.#seen(event.object);
    }
  }

  #seen(pod: Pod): void {
    this.#pods.set(podKey(pod.metadata.namespace, pod.metadata.name), pod);
    this.#listener.seen(pod);
  }

  #gone(pod: Pod): void {
    this.#pods.delete(podKey(pod.metadata.namespace, pod.metadata.name));
    this.#listener.gone(pod);
  }
}
