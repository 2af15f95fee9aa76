import type { ApiServer } from '../../cluster/api-server.ts';
import { readContainerLog } from '../../cluster/logs/container-log.ts';
import { levelOf } from '../../domain/logs/level.ts';
import { LogPosition } from '../../domain/logs/position.ts';
import type { PodRecord } from '../../domain/rollout/records.ts';

/** So many containers are read in a second at most: hundreds of pods are looked at less often. */
const msPerContainer = 500;
const readAtOnce = 4;
/** Of each log in one look, in bytes: beyond it the number would be too small, so there is none. */
const mostBytes = 1024 * 1024;
/** What the first look counts, in ms. */
const firstMs = 60_000;

/** Counts the lines of level error or fatal that a deployment's containers write, a look at a time. */
export class ErrorRate {
  readonly #api: ApiServer;
  #positions = new Map<string, LogPosition>();
  #lookedAt: number | undefined;

  constructor(api: ApiServer) {
    this.#api = api;
  }

  /**
   * Error lines per minute since the look before (`now` is ms since the epoch); undefined where it is too early to look again,
   * or where a log could not be read whole: the number would then be too small.
   */
  async look(pods: readonly PodRecord[], now: number, signal: AbortSignal): Promise<number | undefined> {
    const containers = pods.flatMap((pod) => pod.containers.map((container) => ({ pod, container })));
    const since = this.#lookedAt ?? now - firstMs;
    if (this.#lookedAt !== undefined && now - since < containers.length * msPerContainer) return undefined;
    this.#lookedAt = now;
    const from = new Date(since).toISOString();
    const positions = new Map<string, LogPosition>();
    let count = 0;
    let whole = true;
    const queue = containers.values();
    const readers = Array.from({ length: readAtOnce }, async () => {
      for (const { pod, container } of queue) {
        const key = `${pod.uid}/${container}`;
        const position = this.#positions.get(key) ?? new LogPosition(from);
        positions.set(key, position);
        const { uid: podUid, namespace, name } = pod;
        const source = { podUid, namespace, pod: name, container, revision: undefined, previous: false };
        const { end, truncated } = await readContainerLog(
          this.#api,
          source,
          { position },
          mostBytes,
          (lines) => (count += lines.filter(isError).length),
          signal,
        );
        whole &&= !truncated && (end.kind === 'ended' || end.kind === 'waiting' || end.kind === 'gone');
      }
    });
    await Promise.all(readers);
    this.#positions = positions;
    if (!whole || now <= since) return undefined;
    return (count * 60_000) / (now - since);
  }
}

function isError({ text }: { readonly text: string }): boolean {
  const level = levelOf(text);
  return level === 'error' || level === 'fatal';
}
