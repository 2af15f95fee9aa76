import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import { realClock } from '../../ports/real-clock.ts';
import { yamlSource } from '../documents/yaml-source.ts';
import type { Command, Surroundings } from './command.ts';
import { objectOf } from './object-of.ts';
import { pickObject } from './pick-object.ts';

/** Shows the live object as YAML, without what servers write into it for themselves. */
export const showYaml: Command = {
  id: 'showYaml',
  doing: 'Show the YAML',
  async run(surroundings, argument) {
    const { connections } = surroundings;
    const object =
      (await objectOf(connections, argument)) ??
      (await pickObject(connections, 'Show YAML', ['Deployment', 'Pod', 'ReplicaSet']));
    if (object !== undefined) await showObject(surroundings, object, false);
  },
};

/** Opens an object as YAML, or brings it to the front. */
export async function showObject(
  { connections, documents }: Surroundings,
  object: ObjectReference,
  whole: boolean,
): Promise<void> {
  const { context, namespace, kind, name } = object;
  const file = `${name}.${kind.toLowerCase()}${whole ? '.whole' : ''}.yaml`;
  await documents.show({ context, namespace, file }, yamlSource(connections, realClock, object, whole));
}
