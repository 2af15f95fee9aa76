import type { ServerResponse } from 'node:http';
import type { ContainerLog, LogLine } from './container-log.ts';

/** What `kubectl logs` asks for, as the API server hands it on to the kubelet (PodLogOptions). */
export interface LogRequest {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines: number | undefined;
  readonly limitBytes: number;
  /** Lines before it are left out; milliseconds since 1970. */
  readonly since: number | undefined;
}

export function logRequest(query: URLSearchParams, now: number): LogRequest {
  const number = (name: string): number | undefined => {
    const text = query.get(name);
    return text === null || text === 'all' ? undefined : Number(text);
  };
  const seconds = number('sinceSeconds');
  const time = query.get('sinceTime');
  return {
    follow: query.get('follow') === 'true',
    previous: query.get('previous') === 'true',
    timestamps: query.get('timestamps') === 'true',
    tailLines: number('tailLines') ?? number('tail'),
    limitBytes: number('limitBytes') ?? Number.POSITIVE_INFINITY,
    since: seconds === undefined ? (time === null ? undefined : Date.parse(time)) : now - seconds * 1_000,
  };
}

const BATCH = 1_000;

/**
 * Writes a log as asked for and ends the response: at the end of what there is, or, followed, when the container
 * ends. A reader that is slow is waited for.
 */
export function writeLog(log: ContainerLog, asked: LogRequest, response: ServerResponse): void {
  log.tell(Date.now());
  let position = Math.max(log.file, asked.tailLines === undefined ? 0 : log.end - asked.tailLines);
  let bytesLeft = asked.limitBytes;
  let flowing = true;
  const pump = (): void => {
    while (flowing && !response.writableEnded) {
      const ended = log.ended || !asked.follow;
      const { lines, next } = log.read(position, BATCH);
      position = next;
      if (lines.length === 0) {
        if (ended) response.end();
        return;
      }
      const bytes = Buffer.from(text(lines, asked)).subarray(0, bytesLeft);
      bytesLeft -= bytes.length;
      if (bytes.length > 0) flowing = response.write(bytes);
      if (bytesLeft <= 0) response.end();
    }
  };
  response.on('drain', () => {
    flowing = true;
    pump();
  });
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  if (asked.follow) response.once('close', log.follow(pump));
  pump();
}

function text(lines: readonly LogLine[], asked: LogRequest): string {
  const { since } = asked;
  let all = '';
  for (const line of lines) {
    if (since !== undefined && Date.parse(line.time) < since) continue;
    all += asked.timestamps ? `${line.time} ${line.text}\n` : `${line.text}\n`;
  }
  return all;
}
