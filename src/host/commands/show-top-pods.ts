import { realClock } from '../../ports/real-clock.ts';
import { topSource } from '../documents/top-source.ts';
import type { Command } from './command.ts';
import { objectOf } from './object-of.ts';
import { pickObject } from './pick-object.ts';

/** Shows what pods use of CPU and memory, as `kubectl top pods` does, and against what they asked for. */
export const showTopPods: Command = {
  id: 'showTopPods',
  doing: 'Show the top pods',
  async run({ connections, documents }, argument) {
    const about =
      (await objectOf(connections, argument)) ??
      (await pickObject(connections, 'Show Top Pods', ['Deployment', 'Namespace', 'Pod']));
    if (about === undefined) return;
    const { context, namespace, name } = about;
    await documents.show(
      { context, namespace, file: `${name}.top`, key: about.kind },
      topSource(connections, realClock, about),
    );
  },
};
