import { ApiError } from '../cluster/errors/api-error.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { readContainerLog } from '../cluster/logs/container-log.ts';
import { levelOf } from '../domain/logs/level.ts';
import type { LogLine, LogSource } from '../domain/logs/line.ts';
import { LogPosition } from '../domain/logs/position.ts';
import { sanitizeLine } from '../domain/logs/sanitize.ts';
import type { StampedLine } from '../domain/logs/split.ts';
import type { PodRecord } from '../domain/rollout/records.ts';

const shownErrors = 20;
const readAtOnce = 8;

export interface ErrorLinesOptions {
  readonly signal: AbortSignal;
  /** Of each container's log; 4 MiB by default. */
  readonly maxBytes?: number;
  readonly revisionOf?: (pod: PodRecord) => number | undefined;
}

export interface ErrorLines {
  /** Lines looked at. */
  readonly examined: number;
  /** Lines among them whose level is error or fatal. */
  readonly count: number;
  /** The first of those, in time order: at most 20. */
  readonly errors: readonly LogLine[];
  /** True where a log was longer than `maxBytes`, so that its end was not looked at. */
  readonly truncated: boolean;
  /** Logs that could not be read, with the reason: without them the answer says less. */
  readonly unread: readonly { readonly source: LogSource; readonly message: string }[];
}

/**
 * Counts the error lines that all containers of the pods have written since a time (RFC 3339 UTC), in their present run and, where
 * a container has restarted, in the run before it. Throws ApiError `aborted` when the signal aborts; what
 * cannot be read is in the answer.
 */
export async function errorLinesSince(
  api: ApiServer,
  pods: readonly PodRecord[],
  since: string,
  options: ErrorLinesOptions,
): Promise<ErrorLines> {
  const sources = pods.flatMap((pod) => sourcesOf(pod, options.revisionOf?.(pod)));
  const { signal, maxBytes = 4 * 1024 * 1024 } = options;
  const found = new Found();
  const queue = sources.values();
  const readers = Array.from({ length: readAtOnce }, async () => {
    for (const source of queue) {
      const reading = await readContainerLog(
        api,
        source,
        { position: new LogPosition(since) },
        maxBytes,
        (lines) => found.add(source, lines),
        signal,
      );
      if (signal.aborted) throw new ApiError('aborted', 'Stopped.');
      found.truncated ||= reading.truncated;
      const { end } = reading;
      if (end.kind === 'forbidden' || end.kind === 'failed')
        found.unread.push({ source, message: end.message });
    }
  });
  await Promise.all(readers);
  return found.result();
}

function sourcesOf(pod: PodRecord, revision: number | undefined): LogSource[] {
  const { uid: podUid, namespace, name } = pod;
  return pod.containers.flatMap((container) => {
    const source = { podUid, namespace, pod: name, container, revision, previous: false };
    return pod.restarts > 0 ? [{ ...source, previous: true }, source] : [source];
  });
}

class Found {
  truncated = false;
  readonly unread: { readonly source: LogSource; readonly message: string }[] = [];
  #examined = 0;
  #count = 0;
  #errors: LogLine[] = [];

  add(source: LogSource, lines: readonly StampedLine[]): void {
    this.#examined += lines.length;
    const before = this.#count;
    for (const { at = '', text, omittedBytes } of lines) {
      const level = levelOf(text);
      if (level !== 'error' && level !== 'fatal') continue;
      this.#count++;
      this.#errors.push({ source, at, text: sanitizeLine(text, omittedBytes), level });
    }
    if (this.#count > before)
      this.#errors = this.#errors.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, shownErrors);
  }

  result(): ErrorLines {
    const { truncated, unread } = this;
    return {
      examined: this.#examined,
      count: this.#count,
      errors: this.#errors,
      truncated,
      unread,
    };
  }
}
