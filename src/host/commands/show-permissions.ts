import * as vscode from 'vscode';
import type { Command } from './command.ts';

const guide = 'https://github.com/kubernetes-rollback/kubernetes-rollback/blob/main/docs/rbac/README.md';

/** Opens the guide to the roles that viewers and operators need. */
export const showPermissions: Command = {
  id: 'showPermissions',
  doing: 'Show which permissions are needed',
  async run() {
    await vscode.env.openExternal(vscode.Uri.parse(guide));
  },
};
