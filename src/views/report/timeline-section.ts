import type { Incident } from '../../domain/report/incident.ts';
import type { Milestones } from '../../domain/report/milestones.ts';
import { eventWords } from './event-words.ts';
import { prose, plain, table } from './markdown.ts';
import { duration, type ReportClock, zonedTime } from './times.ts';

/** What each milestone is called, in their order. */
const titles: readonly (readonly [keyof Milestones, string])[] = [
  ['failedSince', 'Failure'],
  ['detected', 'Detection'],
  ['decided', 'Decision'],
  ['rolledBack', 'Rollback'],
  ['recovered', 'Recovery'],
  ['signedOff', 'Sign-off'],
];

/** From the failure to the sign-off: when, and how long after the milestone before it. */
export function milestonesTable({ milestones }: Incident, clock: ReportClock): string {
  let last: string | undefined;
  const rows = titles.map(([id, title]) => {
    const at = milestones[id];
    const words = at === undefined ? missing(id) : plain(zonedTime(at, clock));
    const after = plain(duration(last, at) ?? '');
    last = at ?? last;
    return [plain(title), words, after];
  });
  return table(['Milestone', 'When', 'After the one before'], rows);
}

function missing(id: keyof Milestones) {
  return id === 'failedSince' ? prose`not known` : prose`not yet`;
}

/** Every notable event. */
export function timelineTable({ events }: Incident, clock: ReportClock): string {
  return table(
    ['When', 'What'],
    events.map((event) => [plain(zonedTime(event.at, clock)), eventWords(event)]),
  );
}
