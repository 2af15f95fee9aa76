import { readEvents } from '../../cluster/reads/events.ts';
import { concernsDeployment } from '../../domain/events/deployment-events.ts';
import { foldEvents } from '../../domain/events/event-folding.ts';
import type { EventRecord } from '../../domain/events/event-record.ts';
import type { Seen } from '../../domain/runbook/checks.ts';
import { cannotTell, notSeen, seen, type StepHandler } from './step-handler.ts';
import { whenLive } from './when-live.ts';

/** Pages of 500 that are read of a namespace. */
const mostPages = 40;
/** Lines that are kept with the run: the last ones. */
const mostLines = 40;

/** The events of the deployment, its ReplicaSets and its pods, oldest first, what repeats counted. */
export const events: StepHandler = async (place, see, signal) => {
  const { connection, run, clock } = place;
  const { namespace, name } = run.target;
  see({ state: 'running', summary: 'reading', evidence: [] });
  const [read, isLive] = await Promise.all([
    readEvents(connection.api, namespace, mostPages, signal),
    whenLive(connection.store, clock, signal),
  ]);
  const records = connection.store.find(namespace, name);
  if (!isLive && records === undefined) return notSeen(place);
  if (records === undefined) return cannotTell(place, 'The deployment is not there.');
  const lines = foldEvents(read.events.filter((event) => concernsDeployment(event, records)));
  const shown = lines.slice(-mostLines);
  const warnings = lines.filter(({ warning }) => warning).length;
  const gaps = [
    ...(read.whole
      ? []
      : [`The namespace has more than ${read.events.length} events: some may be missing here.`]),
    ...(records.revisionsUnseen === undefined
      ? []
      : [`${records.revisionsUnseen}: events of its ReplicaSets and pods are missing here.`]),
  ].map((text) => seen(place, text, 'warning'));
  const state = gaps.length === 0 ? 'ok' : 'warning';
  if (lines.length === 0)
    return {
      state,
      summary: 'none',
      detail: 'Nothing has happened here of late. The API server keeps events for an hour by default.',
      evidence: gaps,
      advice: [{ words: 'New events appear in Show Events as they come.', action: 'showEvents' }],
    };
  const older = lines.length - shown.length;
  const cut = older === 0 ? [] : [seen(place, `${older} older lines: Show Events has them.`, 'plain')];
  const now = new Date(clock.now()).toISOString();
  return {
    state,
    summary: `${counted(lines.length, 'event')}, ${counted(warnings, 'warning')}`,
    evidence: [...gaps, ...cut, ...shown.map((event) => eventSeen(event, now))],
  };
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `Pod/api-x [app] BackOff: Back-off restarting failed container (×12)`, with the time it was last seen. */
function eventSeen(event: EventRecord, now: string): Seen {
  const { object, reason, message, count, warning, last } = event;
  const where = `${object.kind}/${object.name}${object.container === undefined ? '' : ` [${object.container}]`}`;
  const times = count === 1 ? '' : ` (×${count})`;
  return {
    text: `${where} ${reason}: ${message.trim()}${times}`,
    tone: warning ? 'warning' : 'plain',
    at: last === '' ? now : last,
    ...(object.kind === 'Pod' ? { pod: object.name } : {}),
  };
}
