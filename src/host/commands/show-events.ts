import { realClock } from '../../ports/real-clock.ts';
import { eventsSource } from '../documents/events-source.ts';
import type { Command } from './command.ts';
import { objectOf } from './object-of.ts';
import { pickObject } from './pick-object.ts';

/** Shows what the cluster has said of a namespace, a deployment or another object, newest last, and goes on. */
export const showEvents: Command = {
  id: 'showEvents',
  doing: 'Show the events',
  async run({ connections, documents }, argument) {
    const about =
      (await objectOf(connections, argument)) ??
      (await pickObject(connections, 'Show Events', ['Deployment', 'Namespace', 'Pod', 'ReplicaSet']));
    if (about === undefined) return;
    const { context, namespace, name } = about;
    await documents.show(
      { context, namespace, file: `${name}.events`, key: about.kind },
      eventsSource(connections, realClock, about),
    );
  },
};
