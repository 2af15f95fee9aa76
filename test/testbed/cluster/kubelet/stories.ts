import type { Story } from './container-log.ts';
import { type Container, faultOf, type Pod } from './pod.ts';

/** What a container writes while it runs, and its last words when it ends by itself. */
export interface Behaviour {
  readonly story: Story;
  /** Printed as of that time, in milliseconds since 1970. */
  lastWords(at: number): string[];
}

type Format = 'plain' | 'ansi' | 'json';
type Level = 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
type Line = readonly [after: number, level: Level, text: string];

const COLOURS: Readonly<Record<Level, number>> = { INFO: 32, WARN: 33, ERROR: 31, FATAL: 35 };

const PATHS = ['/api/v1/tracks', '/api/v1/tracks/1842', '/api/v1/playlists', '/health', '/api/v1/users/me'];

/**
 * How a container of that pod behaves. Annotations of the template: `testbed/logs: silent` writes nothing,
 * `testbed/log-format` is `plain` (default), `ansi` (coloured levels) or `json`.
 */
export function behaviourOf(pod: Pod, container: Container, begun: number): Behaviour {
  const annotations = pod.metadata.annotations ?? {};
  if (annotations['testbed/logs'] === 'silent')
    return { story: written('plain', begun, []), lastWords: () => [] };
  const format = formatOf(annotations['testbed/log-format']);
  const { opening, goingOn, closing } = plot(pod, container);
  return {
    story: written(format, begun, opening, goingOn),
    lastWords: (at) => closing.map(([level, text]) => print(format, level, text, at)),
  };
}

interface Plot {
  readonly opening: readonly Line[];
  /** What goes on for as long as it runs. */
  readonly goingOn?: () => Line;
  readonly closing: readonly (readonly [Level, string])[];
}

function plot(pod: Pod, container: Container): Plot {
  const fault = faultOf(pod);
  if (pod.spec.initContainers?.some(({ name }) => name === container.name)) return initPlot(fault);
  if (pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job')) {
    return jobPlot(fault === 'fail' || (pod.metadata.annotations?.['testbed/exit-code'] ?? '0') !== '0');
  }
  const opening = start(container);
  const first = pod.spec.containers[0]?.name === container.name;
  switch (first ? fault : '') {
    case 'crash':
      return {
        opening: [...opening, [150, 'ERROR', 'relation "tracks_v2" does not exist']],
        closing: [['FATAL', 'migration check failed, exiting with 1']],
      };
    case 'oom':
      return {
        opening: [
          ...opening,
          [100, 'INFO', 'loading track catalogue into memory'],
          [200, 'WARN', 'heap 471 MiB of 512 MiB'],
        ],
        closing: [],
      };
    case 'unready':
      return {
        opening,
        goingOn: () => [2_000, 'WARN', 'readiness: connection pool exhausted (20 of 20 in use)'],
        closing: [],
      };
    case 'slow': {
      let percent = 0;
      return {
        opening,
        goingOn: () => {
          percent += 20;
          return percent > 100 ? request() : [1_200, 'INFO', `warming track cache: ${percent}%`];
        },
        closing: [],
      };
    }
    case 'liveness':
      return {
        opening: [
          ...opening,
          [800, 'ERROR', 'worker pool deadlocked: 8 of 8 workers wait for lock "tracks"'],
        ],
        closing: [['WARN', 'received SIGTERM from the kubelet']],
      };
    case 'startup':
      return {
        opening: [[100, 'INFO', `starting ${container.image}`]],
        goingOn: () => [700, 'INFO', 'waiting for search index: 0 of 12 shards'],
        closing: [['WARN', 'received SIGTERM from the kubelet']],
      };
    default:
      return { opening, goingOn: request, closing: [['INFO', 'received SIGTERM, all connections drained']] };
  }
}

function start(container: Container): Line[] {
  return [
    [20, 'INFO', `starting ${container.image}`],
    [60, 'INFO', 'configuration loaded from environment'],
    [120, 'INFO', 'connected to postgres at db:5432'],
    [80, 'INFO', 'listening on :8080'],
  ];
}

function initPlot(fault: string): Plot {
  if (fault !== 'init') {
    return { opening: [[10, 'INFO', 'database is reachable, schema is current']], closing: [] };
  }
  return {
    opening: [
      [50, 'INFO', 'waiting for db:5432'],
      [500, 'ERROR', 'dial tcp: lookup db: no such host'],
    ],
    closing: [['FATAL', 'database not reachable, giving up']],
  };
}

function jobPlot(fails: boolean): Plot {
  return {
    opening: [
      [50, 'INFO', 'migration started'],
      [400, 'INFO', 'applying 0042_tracks_v2.sql'],
    ],
    closing: fails
      ? [
          ['ERROR', 'column "tempo" of relation "tracks" already exists'],
          ['FATAL', 'migration failed'],
        ]
      : [['INFO', 'migration finished: 1 applied']],
  };
}

function request(): Line {
  const path = PATHS[Math.floor(Math.random() * PATHS.length)] ?? '/health';
  const after = 1_000 + Math.random() * 1_000;
  const milliseconds = Math.round(4 + Math.random() ** 3 * 180);
  if (Math.random() < 0.04) return [after, 'WARN', `slow query on tracks: ${milliseconds + 800}ms`];
  return [after, 'INFO', `GET ${path} 200 ${milliseconds}ms`];
}

function* written(
  format: Format,
  begun: number,
  opening: readonly Line[],
  goingOn?: () => Line,
): Generator<{ after: number; text: string }, void> {
  let at = begun;
  const line = ([after, level, text]: Line): { after: number; text: string } => {
    at += after;
    return { after, text: print(format, level, text, at) };
  };
  for (const next of opening) yield line(next);
  while (goingOn !== undefined) yield line(goingOn());
}

function print(format: Format, level: Level, text: string, at: number): string {
  if (format === 'json') {
    return JSON.stringify({ time: new Date(at).toISOString(), level: level.toLowerCase(), msg: text });
  }
  return format === 'ansi' ? `\u001b[${COLOURS[level]}m${level}\u001b[0m ${text}` : `${level} ${text}`;
}

function formatOf(annotation: string | undefined): Format {
  return annotation === 'ansi' || annotation === 'json' ? annotation : 'plain';
}
