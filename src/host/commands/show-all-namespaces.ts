import type { Command } from './command.ts';
import { contextArgument } from './target.ts';

/** Shows every namespace of a context again. */
export const showAllNamespaces: Command = {
  id: 'showAllNamespaces',
  doing: 'Show all namespaces',
  async run({ connections, choices }, argument) {
    const context = contextArgument(argument) ?? (await connections.startContext());
    if (context !== undefined) await choices.chooseNamespaces(context, []);
  },
};
