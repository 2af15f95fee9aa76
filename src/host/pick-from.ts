import * as vscode from 'vscode';

/**
 * What a person picks out of a list; undefined where they dismiss it. It stays open when the focus goes elsewhere: a panel that gets
 * its focus back from the palette, or from the list before, would close it.
 */
export function pickFrom<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Thenable<Item | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ignoreFocusOut: true });
}
