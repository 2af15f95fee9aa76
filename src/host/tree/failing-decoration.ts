import * as vscode from 'vscode';

const scheme = 'kubernetes-rollback-failing';

/** The address that marks a failing row; its path keeps rows apart. */
export function failingUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${id}` });
}

/** Draws the label of failing rows in the theme's colour for errors. */
export const failingDecoration: vscode.FileDecorationProvider = {
  provideFileDecoration: (uri) =>
    uri.scheme === scheme
      ? { color: new vscode.ThemeColor('list.errorForeground'), tooltip: 'Failing' }
      : undefined,
};
