import { pickLogScope } from '../panel/log-scope-pick.ts';
import { shownScope } from '../panel/webview-messages.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import type { Command, Surroundings } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { logScopeOf } from './log-scope-of.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf, textField } from './target.ts';

/**
 * Opens the Logs editor for a deployment, a revision or a pod. `further` may say which logs (`shown`) and near what time (`at`,
 * RFC 3339) to begin.
 */
export const openLogs: Command = {
  id: 'openLogs',
  doing: 'Open the logs',
  async run(surroundings, argument, further) {
    const named = targetOf(argument);
    const target = named ?? (await pickDeployment(surroundings.connections, 'Open Logs'));
    if (target === undefined) return;
    const shown =
      shownScope(further) ??
      (named === undefined
        ? await picked(surroundings, target)
        : await logScopeOf(surroundings, target, argument));
    if (shown === undefined) return;
    await surroundings.logs.open({ target, areas: [shown] }, timeOf(further));
  },
};

async function picked(
  { connections }: Surroundings,
  { context, namespace, name }: RunTarget,
): Promise<ShownScope | undefined> {
  const { store } = await connections.connect(context);
  await loadedStore(store);
  return pickLogScope(store.find(namespace, name));
}

function timeOf(further: unknown): string | undefined {
  const at = textField(further, 'at');
  return at === undefined || Number.isNaN(Date.parse(at)) ? undefined : at;
}
