import type { Connections } from '../../cluster/connections.ts';
import { type Events, type EventsSeen, followEvents } from '../../cluster/reads/events.ts';
import type { ClusterStore } from '../../cluster/store/store.ts';
import { concernsDeployment } from '../../domain/events/deployment-events.ts';
import type { EventRecord } from '../../domain/events/event-record.ts';
import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import type { Clock } from '../../ports/clock.ts';
import { eventsPage, type Seen } from '../../views/documents/events-page.ts';
import type { LiveSource } from './live-source.ts';
import { drawSeldom, every } from './redraw.ts';

const drawEveryMs = 250;
/** Ages grow while nothing happens. */
const agesEveryMs = 10_000;

/** The events of a namespace, of a Deployment with its ReplicaSets and pods, or of one object, newest last. */
export function eventsSource(connections: Connections, clock: Clock, about: ObjectReference): LiveSource {
  const { context, namespace, kind, name } = about;
  const subject =
    kind === 'Namespace'
      ? `namespace ${namespace}`
      : kind === 'Deployment'
        ? `${name}, its ReplicaSets and pods`
        : `${kind} ${name}`;
  return {
    title: `Events of ${subject}`,
    followsEnd: true,
    async follow(show, signal) {
      const { api, store } = await connections.connect(context);
      let known: Events = new Map();
      let seen: EventsSeen = { kind: 'loading' };
      const draw = () => {
        const events = [...known.values()].filter(concerns(about, store));
        const loading = kind === 'Deployment' && store.state.kind === 'connecting';
        const place = `${namespace} in ${context}`;
        show(
          eventsPage({
            subject,
            place,
            events,
            seen: loading ? { kind: 'loading' } : eventsSeenWords(seen),
            now: clock.now(),
          }),
        );
      };
      const drawSoon = drawSeldom(clock, drawEveryMs, draw, signal);
      every(clock, agesEveryMs, drawSoon, signal);
      if (kind === 'Deployment') {
        const changes = store.onDidChange(drawSoon);
        signal.addEventListener('abort', () => changes.dispose());
      }
      const tell = (events: Events, state: EventsSeen) => {
        known = events;
        seen = state;
        drawSoon();
      };
      const one = kind === 'Namespace' || kind === 'Deployment';
      const scope = one ? { namespace } : { namespace, fieldSelector: eventsOf(about) };
      await followEvents(api, clock, scope, tell, signal);
    },
  };
}

/** The field selector of one object's events. */
export function eventsOf({ kind, name }: ObjectReference): string {
  return `involvedObject.kind=${kind},involvedObject.name=${name}`;
}

function concerns(about: ObjectReference, store: ClusterStore): (event: EventRecord) => boolean {
  if (about.kind !== 'Deployment') return () => true;
  const records = store.find(about.namespace, about.name);
  if (records !== undefined) return (event) => concernsDeployment(event, records);
  // Gone, or not to be seen: what was said of the Deployment itself is told all the same.
  return ({ object }) => object.kind === 'Deployment' && object.name === about.name;
}

/** The state of the watch in the words of a page. */
export function eventsSeenWords(seen: EventsSeen): Seen {
  if (seen.kind === 'loading' || seen.kind === 'live') return seen;
  const text = `${seen.error.message} ${seen.error.hint}`;
  return seen.kind === 'stale' ? { ...seen, words: text } : { kind: 'refused', words: text };
}
