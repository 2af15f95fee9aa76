import type * as vscode from 'vscode';

/** What `activate` gives to other extensions and to tests: the rows of the view *Deployments*, to be read only. */
export interface RollbackApi {
  readonly deployments: vscode.TreeDataProvider<unknown>;
}
