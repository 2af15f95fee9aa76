import * as vscode from 'vscode';
import { plainInStatusBar } from '../../views/status-text.ts';
import type { Command } from './command.ts';
import { contextArgument } from './target.ts';

/** Chooses the context that commands and the status bar start from, in this workspace; kubectl's own stays as it is. */
export const switchContext: Command = {
  id: 'switchContext',
  doing: 'Switch the context',
  async run({ connections, choices, tree }, argument) {
    const context = contextArgument(argument) ?? (await pickContext(connections));
    if (context === undefined) return;
    await choices.chooseContext(context);
    await tree.reveal(context);
  },
};

/** Lets the person choose a context of the kubeconfig, the one that is used now first; undefined when dismissed. */
async function pickContext(
  connections: Parameters<Command['run']>[0]['connections'],
): Promise<string | undefined> {
  const { contexts, currentContext } = await connections.kubeconfig();
  if (contexts.length === 0) throw new Error('The kubeconfig names no context, so there is none to choose.');
  const start = await connections.startContext();
  const items = contexts
    .toSorted((a, b) => Number(b.name === start) - Number(a.name === start))
    .map(({ name, cluster, server, user }) => ({
      label: plainInStatusBar(name),
      description: [
        ...(name === start ? ['used now'] : []),
        ...(name === currentContext ? ["kubectl's current context"] : []),
      ].join(' · '),
      detail: plainInStatusBar(`${cluster} · ${server} · ${user}`),
      name,
    }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Switch Context',
    placeHolder: 'For this workspace only: the kubeconfig is not changed',
    matchOnDetail: true,
  });
  return chosen?.name;
}
