import type { EventObject, EventRecord } from '../../domain/events/event-record.ts';
import { foldEvents } from '../../domain/events/event-folding.ts';
import { age } from '../age.ts';
import { localTime } from '../local-time.ts';
import { columns } from './columns.ts';
import { type Line, type Page, page, type Part, toned, tonedIf } from './page.ts';

/** Lines shown of a namespace's events: the last ones. */
export const eventLinesShown = 1000;

/** How well the events are known. */
export type Seen =
  | { readonly kind: 'loading' }
  | { readonly kind: 'live' }
  /** `since`: ms since the epoch; undefined where nothing was ever seen. */
  | { readonly kind: 'stale'; readonly since: number | undefined; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string };

export interface EventsInput {
  /** `veza-backend-api, its ReplicaSets and pods`. */
  readonly subject: string;
  /** `veza-production in prod-eu1`. */
  readonly place: string;
  readonly events: readonly EventRecord[];
  readonly seen: Seen;
  /** ms since the epoch. */
  readonly now: number;
}

/** Events as a document, the newest last; its foot tells whether it is live. */
export function eventsPage({ subject, place, events, seen, now }: EventsInput): Page {
  const lines = foldEvents(events);
  const shown = lines.slice(-eventLinesShown);
  const older = lines.length - shown.length;
  return page([
    [toned('heading', `Events of ${subject}`)],
    [toned('faint', place)],
    [],
    ...(older > 0
      ? [[toned('faint', `… ${older} older lines are not shown: the newest ${eventLinesShown} are.`)]]
      : []),
    ...(shown.length > 0 ? eventLines(shown, now) : []),
    ...(shown.length === 0 && seen.kind === 'live' ? nothing : []),
    [],
    eventsFoot(seen, lines, now),
  ]);
}

const nothing: readonly Line[] = [
  ['Nothing has happened here of late.'],
  [toned('faint', 'The API server keeps events for an hour by default. New ones appear here as they come.')],
];

/** Events as aligned lines below a line of headings. */
export function eventLines(events: readonly EventRecord[], now: number): readonly Line[] {
  const heading = ['LAST SEEN', 'AGE', 'COUNT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  return columns(
    [
      heading.map((text) => toned('faint', text)),
      ...events.map(({ last, first, count, warning, reason, object, message, source }): readonly Part[] => [
        {
          text: localTime(last, now),
          moment: { at: last, kind: object.kind, name: object.name, uid: object.uid },
        },
        age(last, now),
        count === 1 ? '' : `${count} in ${span(first, last)}`,
        warning ? toned('warning', '⚠ Warning') : toned('faint', 'Normal'),
        tonedIf(warning, 'warning', reason),
        objectWords(object),
        `${message.trim()}${source === '' ? '' : `   — ${source}`}`,
      ]),
    ],
    [1],
  );
}

/** The short names that kubectl takes too, so that the message comes early in the line. */
const shortKinds: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'deploy'],
  ['ReplicaSet', 'rs'],
  ['Pod', 'pod'],
  ['HorizontalPodAutoscaler', 'hpa'],
]);

function objectWords({ kind, name, container }: EventObject): string {
  return `${shortKinds.get(kind) ?? kind}/${name}${container === undefined ? '' : ` [${container}]`}`;
}

/** How long a repeated event has gone on. */
function span(first: string, last: string): string {
  return age(first, Date.parse(last)) || '?';
}

/** How well events are known, and how many there are. */
export function eventsFoot(seen: Seen, lines: readonly EventRecord[], now: number): Line {
  const warnings = lines.filter(({ warning }) => warning).length;
  const counts = `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  switch (seen.kind) {
    case 'loading':
      return [toned('faint', '◌ Asking the API server…')];
    case 'live':
      return [toned('ok', '● Live'), toned('faint', ` · ${counts} · newest last`)];
    case 'stale': {
      const { since } = seen;
      const when = since === undefined ? '' : ` since ${localTime(new Date(since).toISOString(), now)}`;
      return [toned('warning', `⚠ Not up to date${when}: ${seen.words}`), toned('faint', ` · ${counts}`)];
    }
    case 'refused':
      return [toned('failed', `✗ Refused: ${seen.words}`)];
  }
}
