import { permissionWords, rollbackPermissions } from '../../cluster/permissions.ts';
import { canICommand } from '../../views/tree/missing-permission.ts';
import { copyText } from '../copy-text.ts';
import { kubectlFileSetting } from '../settings.ts';
import type { Command } from './command.ts';
import { pickFrom } from '../pick-from.ts';

/** Copies the `kubectl auth can-i` lines of refusals; from the palette, of one of the permissions that are needed. */
export const copyPermissionCheck: Command = {
  id: 'copyPermissionCheck',
  doing: 'Copy the kubectl auth can-i command',
  async run({ connections }, argument) {
    if (typeof argument === 'string') return copyText(argument);
    const context = await connections.startContext();
    if (context === undefined) throw new Error('No context is chosen: choose one with Switch Context….');
    const items = rollbackPermissions.map((permission) => ({
      label: permissionWords(permission),
      permission,
    }));
    const chosen = await pickFrom(items, {
      title: 'Copy kubectl auth can-i Command',
      placeHolder: `A permission that is needed in ${context}`,
    });
    if (chosen === undefined) return;
    const { verb } = chosen.permission;
    const resource = chosen.label.slice(verb.length + 1);
    await copyText(
      canICommand({ verb, resource, namespace: undefined }, { context, kubeconfig: kubectlFileSetting() }),
    );
  },
};
