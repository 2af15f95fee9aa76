import type {
  LogHostMessage,
  LogLineTuple,
  LogSourceModel,
  LogStatusModel,
} from '../../../src/shared/messages.ts';
import { at } from './samples.ts';

export const SOURCES: readonly LogSourceModel[] = [
  '8·x2k9q',
  '7·b7wlm',
  '7·qq4zt',
  '7·zz81k',
  '7·m0p2d',
  '7·h4h4h',
].map((label, colour) => ({
  label,
  title: `veza-backend-api-5d9c-${label.slice(2)}, container api`,
  colour: colour % 5,
  log: label,
}));

export const LINES: readonly LogLineTuple[] = [
  [0, at(24.101), 'info', 'INFO  starting veza-backend-api v2.4.0'],
  [0, at(24.377), 'error', 'ERROR relation "tracks_v2" does not exist'],
  [0, at(24.379), 'fatal', 'FATAL migration check failed, exiting with 1'],
  [1, at(33.02), 'info', 'INFO  starting veza-backend-api v2.3.1'],
  [1, at(33.412), 'info', 'INFO  connected to postgres in 21 ms'],
  [1, at(33.415), 'info', 'INFO  listening on :8080'],
  [2, at(35.87), 'info', 'INFO  starting veza-backend-api v2.3.1'],
  [2, at(36.204), 'warn', 'WARN  cache cold, first requests will be slow'],
  [2, at(36.391), 'info', 'INFO  listening on :8080'],
  [1, at(38.002), 'info', 'INFO  GET /api/v1/tracks \u001b[32m200\u001b[0m 18ms'],
  [2, at(38.54), 'info', 'INFO  GET /api/v1/tracks \u001b[32m200\u001b[0m \u001b[1;33m96ms\u001b[0m'],
  [3, at(38.7), null, '\u001b[2mgc 14 @2.104s 1%: 0.018+1.2+0.003 ms clock\u001b[0m'],
  [4, at(38.9), null, '{"level":"info","msg":"GET /health","status":200,"took":"2ms"}'],
  [
    5,
    at(39.01),
    'debug',
    'DEBUG \u001b[31mred\u001b[0m \u001b[34mblue\u001b[0m \u001b[30mblack\u001b[0m \u001b[97mwhite\u001b[0m \u001b[7minverse\u001b[0m \u001b[41;37malert\u001b[0m \u001b[38;5;17mdeep blue\u001b[0m \u001b[38;2;255;255;200mpale\u001b[0m \u001b[4;9mstruck\u001b[0m',
  ],
  [1, at(39.117), 'info', 'INFO  GET /health 200 2ms'],
];

export function linesMessage(lines: readonly LogLineTuple[]): LogHostMessage {
  return { type: 'logs.lines', bytes: new TextEncoder().encode(JSON.stringify(lines)) };
}

export function statusMessage(part: Partial<LogStatusModel> = {}): LogHostMessage {
  const status: LogStatusModel = {
    scope: 'All pods',
    streams: 3,
    received: LINES.length,
    dropped: 0,
    previous: false,
    state: 'live',
    since: at(0),
    ...part,
  };
  return { type: 'logs.status', status };
}

/** The messages that fill the log as it is drawn in the design. */
export const SAMPLE_LOG: readonly LogHostMessage[] = [
  { type: 'logs.reset' },
  { type: 'logs.sources', from: 0, sources: SOURCES },
  linesMessage(LINES),
  { type: 'logs.mark', at: at(31), text: 'rolled back to revision 7 by you', tone: 'ok' },
  statusMessage(),
];

/** `count` lines from `first` on, one per millisecond, as busy pods write them. */
export function manyLines(first: number, count: number): LogLineTuple[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const level = number % 97 === 0 ? 'error' : number % 41 === 0 ? 'warn' : 'info';
    const text = `${level.toUpperCase()} GET /api/v1/tracks/${number}?page=${number % 50} 200 in ${number % 900} ms, request ${(number * 2654435761) % 4294967296}`;
    return [number % SOURCES.length, at(100 + number / 1000), level, text];
  });
}
