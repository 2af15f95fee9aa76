import type { LogSource } from '../../domain/logs/line.ts';
import type { LogStart } from '../../ports/container-logs.ts';
import { LogLineDecoder, type StampedLine } from '../../domain/logs/split.ts';
import type { ApiServer, Query } from '../api-server.ts';
import { podPath } from './pod-state.ts';

export interface LogRequest {
  readonly follow: boolean;
  readonly previous: boolean;
  /** The server stops after so many bytes. */
  readonly limitBytes?: number;
}

/** Asks for a container's log from the start's position on. Throws ApiError. */
export async function openLog(
  api: ApiServer,
  source: LogSource,
  start: LogStart,
  request: LogRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { sinceTime, lastSecond } = start.position;
  if (lastSecond !== undefined) start.position.resume();
  const tail = sinceTime === undefined ? start.tailLines : undefined;
  const query: Query = {
    container: source.container,
    timestamps: 'true',
    ...(request.follow ? { follow: 'true' } : {}),
    ...(request.previous ? { previous: 'true' } : {}),
    ...(sinceTime === undefined ? {} : { sinceTime }),
    ...(tail === undefined ? {} : { tailLines: String(tail) }),
    ...(request.limitBytes === undefined ? {} : { limitBytes: String(request.limitBytes) }),
  };
  return api.stream(`${podPath(source)}/log`, query, { signal });
}

/** A line that is new, and none before it that was seen: something may be missing in between. */
export class GapSuspected extends Error {}

/** Cuts a body into lines and hands on those that are new. */
export class LogBody {
  readonly #decoder = new LogLineDecoder();
  readonly #start: LogStart;
  readonly #lines: (lines: readonly StampedLine[]) => void;
  readonly #gap: string | undefined;

  /** `gap`: what to say before lines that others may be missing before; where undefined, `push` throws GapSuspected. */
  constructor(start: LogStart, lines: (lines: readonly StampedLine[]) => void, gap?: string) {
    this.#start = start;
    this.#lines = lines;
    this.#gap = gap;
  }

  push(chunk: Uint8Array): void {
    this.#hand(this.#decoder.push(chunk));
  }

  /** Hands on the last line too, which may lack its end: only where the log itself is over, not where it was cut. */
  end(): void {
    this.#hand(this.#decoder.end());
  }

  #hand(lines: readonly StampedLine[]): void {
    const { position } = this.#start;
    const fresh: StampedLine[] = [];
    for (const line of lines) {
      if (position.misses(line)) {
        if (this.#gap === undefined) {
          if (fresh.length > 0) this.#lines(fresh);
          throw new GapSuspected();
        }
        fresh.push({ at: line.at, text: this.#gap, omittedBytes: 0, gap: true });
      }
      if (position.accept(line)) fresh.push(line);
    }
    if (fresh.length > 0) this.#lines(fresh);
  }
}
