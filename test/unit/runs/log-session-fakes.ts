import type { LogSource } from '../../../src/domain/logs/line.ts';
import type { PodRecord } from '../../../src/domain/rollout/records.ts';
import type { ContainerLogs, LogEnd, LogListener, LogStart } from '../../../src/ports/container-logs.ts';
import type { LivePods } from '../../../src/runs/log-pods.ts';

/** One follow that the session has asked for; the test plays the container. */
export interface Followed {
  readonly source: LogSource;
  readonly start: LogStart;
  readonly listener: LogListener;
  readonly signal: AbortSignal;
  /** A line logged so many ms after the test's beginning; the position moves as it does for real. */
  say(ms: number, text: string): void;
  end(end: LogEnd): void;
}

/** Logs that say and end what the test wants. */
export class FakeLogs implements ContainerLogs {
  readonly all: Followed[] = [];
  readonly #ended = new Set<Followed>();

  follow(source: LogSource, start: LogStart, listener: LogListener, signal: AbortSignal): Promise<LogEnd> {
    const { promise, resolve } = Promise.withResolvers<LogEnd>();
    signal.addEventListener('abort', () => resolve({ kind: 'aborted' }));
    const followed: Followed = {
      source,
      start,
      listener,
      signal,
      say: (ms, text) => {
        const line = { at: stampAt(ms), text, omittedBytes: 0 };
        if (start.position.accept(line)) listener.lines([line]);
      },
      end: (end) => {
        this.#ended.add(followed);
        resolve(end);
      },
    };
    this.all.push(followed);
    return promise;
  }

  /** The open follow of a container. Throws where there is none. */
  of(pod: string, container = 'app'): Followed {
    const found = this.all.findLast(
      ({ source, signal }) => source.pod === pod && source.container === container && !signal.aborted,
    );
    if (!found) throw new Error(`Nobody follows ${pod}/${container}.`);
    return found;
  }

  /** Those whose connection the session holds. */
  get open(): readonly string[] {
    return this.all
      .filter((followed) => !followed.signal.aborted && !this.#ended.has(followed))
      .map(({ source }) => source.pod);
  }
}

/** The stamp of a line logged so many ms after 2026-01-01. */
export function stampAt(ms: number): string {
  return new Date(Date.parse('2026-01-01T00:00:00Z') + ms).toISOString().replace('Z', '000000Z');
}

/** Pods that change when the test says so. */
export class FakePods implements LivePods {
  #pods: readonly PodRecord[];
  readonly #listeners = new Set<() => void>();

  constructor(...pods: readonly PodRecord[]) {
    this.#pods = pods;
  }

  pods(): readonly PodRecord[] {
    return this.#pods;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  revisionOf(pod: PodRecord): number | undefined {
    return Number(pod.ownerUid.replace('rs-', ''));
  }

  become(...pods: readonly PodRecord[]): void {
    this.#pods = pods;
    for (const listener of this.#listeners) listener();
  }
}

/** A running pod of revision 8 with one container. */
export function podOf(name: string, changed: Partial<PodRecord> = {}): PodRecord {
  return {
    uid: `uid-${name}`,
    namespace: 'shop',
    name,
    ownerUid: 'rs-8',
    state: 'Running',
    message: undefined,
    failing: false,
    ready: true,
    terminating: false,
    restarts: 0,
    problem: undefined,
    finished: false,
    lastTermination: undefined,
    containers: ['app'],
    node: 'node-1',
    createdAt: '2026-01-01T00:00:00Z',
    ...changed,
  };
}
