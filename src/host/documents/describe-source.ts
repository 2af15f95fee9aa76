import type { Connection, Connections } from '../../cluster/connections.ts';
import { labelSelector } from '../../domain/rollout/label-selector.ts';
import { readDeployment, readReplicaSets } from '../../cluster/reads/deployments.ts';
import { type Events, type EventsSeen, followEvents } from '../../cluster/reads/events.ts';
import { followObject, readObject } from '../../cluster/reads/objects.ts';
import { readPods } from '../../cluster/reads/pods.ts';
import { concernsDeployment } from '../../domain/events/deployment-events.ts';
import type { PodJson } from '../../domain/rollout/json.ts';
import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import type { Clock } from '../../ports/clock.ts';
import { describeDeployment, ownRecords } from '../../views/documents/describe-deployment.ts';
import { type DescribedEvents, describePod } from '../../views/documents/describe-pod.ts';
import type { Page } from '../../views/documents/page.ts';
import { eventsOf, eventsSeenWords } from './events-source.ts';
import type { LiveSource } from './live-source.ts';
import { readAgain } from './read-again.ts';
import { drawSeldom, every } from './redraw.ts';

/** A crash loop changes a Deployment all the time: it is read at most this often, in ms. */
const readEveryMs = 2000;
const drawEveryMs = 250;
/** What no change tells is seen at last. */
const readAgainMs = 30_000;
/** Ages grow while nothing happens. */
const agesEveryMs = 10_000;

/** What was read of an object, ready to be told with its events. */
type Described = (events: DescribedEvents, now: number) => Page;

/** A Deployment or a Pod described from a fresh reading of it and of what belongs to it, again whenever that changes. */
export function describeSource(connections: Connections, clock: Clock, about: ObjectReference): LiveSource {
  const { context, namespace, kind, name } = about;
  const ofPod = kind === 'Pod';
  return {
    title: `${kind} ${name}`,
    object: about,
    async follow(show, signal) {
      const connection = await connections.connect(context);
      let described: Described | undefined;
      let known: Events = new Map();
      let seen: EventsSeen = { kind: 'loading' };
      const draw = () => {
        if (described !== undefined)
          show(described({ events: [...known.values()], seen: eventsSeenWords(seen) }, clock.now()));
      };
      const drawSoon = drawSeldom(clock, drawEveryMs, draw, signal);
      every(clock, agesEveryMs, drawSoon, signal);
      const tell = (events: Events, state: EventsSeen) => {
        known = events;
        seen = state;
        drawSoon();
      };
      const scope = ofPod ? { namespace, fieldSelector: eventsOf(about) } : { namespace };
      void followEvents(connection.api, clock, scope, tell, signal);
      const read = async () => {
        described = await (ofPod ? readPod : readWithPods)(connection, about, signal);
        draw();
      };
      const subscribe = (changed: () => void) =>
        (ofPod ? followPod : followRecords)(connection, clock, about, changed, signal);
      await readAgain(clock, readEveryMs, read, subscribe, signal);
    },
  };
}

async function readPod({ api }: Connection, about: ObjectReference, signal: AbortSignal): Promise<Described> {
  const pod = await readObject<PodJson>(api, about, signal);
  return (events, now) => describePod({ context: about.context, pod, ...events, now });
}

async function readWithPods(
  { api }: Connection,
  about: ObjectReference,
  signal: AbortSignal,
): Promise<Described> {
  const deployment = await readDeployment(api, about, signal);
  const selector = labelSelector(deployment.spec?.selector);
  const [replicaSets, pods] = await Promise.all([
    readReplicaSets(api, deployment, signal),
    readPods(api, { namespace: about.namespace, labelSelector: selector }, signal),
  ]);
  const records = ownRecords({ deployment, replicaSets, pods });
  return ({ events, seen }, now) =>
    describeDeployment({
      context: about.context,
      deployment,
      replicaSets,
      pods,
      events: events.filter((event) => concernsDeployment(event, records)),
      seen,
      now,
    });
}

function followPod(
  { api }: Connection,
  clock: Clock,
  about: ObjectReference,
  changed: () => void,
  signal: AbortSignal,
): void {
  // Where it cannot be watched, it is read again now and then.
  every(clock, readAgainMs, changed, signal);
  const listener = { changed, gone: changed, live: changed, blind: () => undefined };
  void followObject(api, clock, about, listener, signal);
}

function followRecords(
  { store }: Connection,
  clock: Clock,
  { namespace, name }: ObjectReference,
  changed: () => void,
  signal: AbortSignal,
): void {
  every(clock, readAgainMs, changed, signal);
  const changes = store.onDidChange(({ deployments }) => {
    const uid = store.find(namespace, name)?.deployment.uid;
    if (uid === undefined || deployments.has(uid)) changed();
  });
  signal.addEventListener('abort', () => changes.dispose());
}
