import { realClock } from '../../ports/real-clock.ts';
import { describeSource } from '../documents/describe-source.ts';
import type { Command } from './command.ts';
import { objectOf } from './object-of.ts';
import { pickObject } from './pick-object.ts';

/** Tells of a deployment or a pod what kubectl describe tells, and why it is not well. */
export const describeObject: Command = {
  id: 'describeObject',
  doing: 'Describe',
  async run({ connections, documents }, argument) {
    const about =
      (await objectOf(connections, argument)) ??
      (await pickObject(connections, 'Describe', ['Deployment', 'Pod']));
    if (about === undefined) return;
    const { context, namespace, kind, name } = about;
    if (kind !== 'Deployment' && kind !== 'Pod')
      throw new Error(`Deployments and pods can be described, not a ${kind}: Show YAML shows that.`);
    await documents.show(
      { context, namespace, file: `${name}.describe`, key: kind },
      describeSource(connections, realClock, about),
    );
  },
};
