import * as vscode from 'vscode';
import { visible } from '../../domain/logs/visible.ts';
import { tooltipMarkdown } from '../../views/tree/markdown.ts';
import type { RowIcon, Tooltip } from '../../views/tree/row.ts';
import type { DrawnRow } from './drawing.ts';
import { failingUri } from './failing-decoration.ts';

/** Colours of the theme that stand for a tone; each comes with a shape and words of its own. */
const toneColours: Readonly<Record<RowIcon['tone'], string | undefined>> = {
  ok: 'testing.iconPassed',
  failed: 'testing.iconFailed',
  warning: 'kubernetesRollback.warningForeground',
  running: 'charts.blue',
  plain: undefined,
  dim: 'disabledForeground',
};

const foldings: Readonly<Record<DrawnRow['folding'], vscode.TreeItemCollapsibleState>> = {
  none: vscode.TreeItemCollapsibleState.None,
  folded: vscode.TreeItemCollapsibleState.Collapsed,
  unfolded: vscode.TreeItemCollapsibleState.Expanded,
};

/** A row as VS Code takes it, without its tooltip: that is asked for when the pointer is on it. */
export function treeItem(
  id: string,
  { row, contextValue, folding, failing, command }: DrawnRow,
): vscode.TreeItem {
  const item = new vscode.TreeItem(visible(row.label), foldings[folding]);
  item.id = id;
  item.description = visible(row.description);
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: visible(row.spoken) };
  if (row.icon !== undefined) item.iconPath = themeIcon(row.icon);
  if (failing) item.resourceUri = failingUri(id);
  if (command !== undefined)
    item.command = {
      command: `kubernetesRollback.${command.id}`,
      title: row.label,
      arguments: [...command.arguments],
    };
  return item;
}

/** Markdown in which everything from a cluster is text: neither trusted nor with icons or HTML. */
export function hover(tooltip: Tooltip): vscode.MarkdownString {
  return new vscode.MarkdownString(tooltipMarkdown(tooltip));
}

function themeIcon({ codicon, tone }: RowIcon): vscode.ThemeIcon {
  const colour = toneColours[tone];
  return colour === undefined
    ? new vscode.ThemeIcon(codicon)
    : new vscode.ThemeIcon(codicon, new vscode.ThemeColor(colour));
}
