import * as vscode from 'vscode';
import { historyOf } from '../../domain/rollout/history.ts';
import type { Connection } from '../../cluster/connections.ts';
import { healthOf } from '../../domain/rollout/health.ts';
import {
  deploymentRow,
  namespaceRow,
  podRow,
  revisionRow,
  type RowIcon,
  type TreeRow,
} from '../../views/tree-model.ts';
import { failingUri } from './failing-decoration.ts';
import type { TreeNode } from './nodes.ts';
import { recordsIn } from './tree-children.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Colours of the theme that stand for a tone; each comes with a shape and words of its own. */
const toneColours: Readonly<Record<RowIcon['tone'], string | undefined>> = {
  ok: 'testing.iconPassed',
  failed: 'testing.iconFailed',
  warning: 'list.warningForeground',
  running: 'charts.blue',
  plain: undefined,
};

/** How a node is drawn now. `current` is the kubeconfig's current context. */
export function treeItem(
  node: TreeNode,
  connection: Connection | undefined,
  current: string | undefined,
): vscode.TreeItem {
  const item = made(node, connection, current);
  item.id = node.id;
  return item;
}

function made(
  node: TreeNode,
  connection: Connection | undefined,
  current: string | undefined,
): vscode.TreeItem {
  switch (node.kind) {
    case 'context':
      return contextItem(node.context, connection, current);
    case 'namespace': {
      const row = namespaceRow(
        node.namespace,
        connection === undefined ? [] : recordsIn(connection, node.namespace),
      );
      return withRow(row, Expanded, 'namespace');
    }
    case 'notice':
      return noticeItem(node.text, node.hint, node.icon);
    case 'revisions':
    case 'pods':
      return groupItem(
        node.kind,
        connection?.store.records(node.deployment.uid)?.[node.kind === 'pods' ? 'pods' : 'replicaSets']
          .length ?? 0,
      );
    case 'deployment':
    case 'revision':
    case 'pod':
      return recordItem(node, connection);
  }
}

function recordItem(
  node: Extract<TreeNode, { kind: 'deployment' | 'revision' | 'pod' }>,
  connection: Connection | undefined,
): vscode.TreeItem {
  const records = connection?.store.records(node.kind === 'deployment' ? node.uid : node.deployment.uid);
  // Between the change and the redraw a row may be asked for that is gone: it goes with the redraw.
  const gone = new vscode.TreeItem('gone', None);
  if (records === undefined) return gone;
  if (node.kind === 'deployment') {
    const item = withRow(deploymentRow(records), Collapsed, `deployment.${healthOf(records).state}`);
    if (healthOf(records).state === 'degraded') item.resourceUri = failingUri(node.id);
    return item;
  }
  const history = historyOf(records);
  if (node.kind === 'revision') {
    const entry = history.find(({ replicaSet }) => replicaSet.uid === node.replicaSetUid);
    if (entry === undefined) return gone;
    const value = entry.current
      ? 'revision.current'
      : entry.undoTo === undefined
        ? 'revision.unreachable'
        : 'revision.older';
    return withRow(revisionRow(entry, records, Date.now()), None, value);
  }
  const pod = records.pods.find(({ uid }) => uid === node.podUid);
  if (pod === undefined) return gone;
  const revision = history.find(({ replicaSet }) => replicaSet.uid === pod.ownerUid)?.revision;
  return withRow(podRow(pod, revision, Date.now()), None, 'pod');
}

function withRow(
  row: TreeRow,
  state: vscode.TreeItemCollapsibleState,
  contextValue: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: row.spoken };
  item.tooltip = tooltip(row.tooltip);
  if (row.icon !== undefined) item.iconPath = themeIcon(row.icon);
  return item;
}

function themeIcon({ codicon, tone }: RowIcon): vscode.ThemeIcon {
  const colour = toneColours[tone];
  return colour === undefined
    ? new vscode.ThemeIcon(codicon)
    : new vscode.ThemeIcon(codicon, new vscode.ThemeColor(colour));
}

/** Everything in it comes from a cluster: text only, nothing of it is Markdown. */
function tooltip([title = '', ...lines]: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**').appendText(title).appendMarkdown('**');
  for (const line of lines) markdown.appendMarkdown('\n\n').appendText(line);
  return markdown;
}

function contextItem(
  context: string,
  connection: Connection | undefined,
  current: string | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(context, context === current ? Expanded : Collapsed);
  item.contextValue = 'context';
  const stale = connection?.store.state;
  const words = [
    ...(context === current ? ['current context'] : []),
    ...(stale?.kind === 'stale' && stale.since !== undefined
      ? [`stale since ${new Date(stale.since).toLocaleTimeString()}`]
      : []),
    ...(connection?.store.scope.kind === 'namespaces'
      ? [`only ${connection.store.scope.namespaces.map(({ namespace }) => namespace).join(', ')}`]
      : []),
  ];
  item.description = words.join(' · ');
  item.iconPath = new vscode.ThemeIcon(stale?.kind === 'stale' ? 'debug-disconnect' : 'server-environment');
  item.accessibilityInformation = { label: ['Context ' + context, ...words].join(', ') };
  if (connection !== undefined) {
    const { server, user, cluster } = connection.context;
    item.tooltip = tooltip([
      context,
      `Cluster ${cluster}, ${server}`,
      `User ${user}`,
      ...(stale?.kind === 'stale' ? [stale.error.message] : []),
    ]);
  }
  return item;
}

function groupItem(kind: 'revisions' | 'pods', count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(kind === 'revisions' ? 'Revisions' : 'Pods', Expanded);
  item.description = String(count);
  item.contextValue = kind;
  item.iconPath = new vscode.ThemeIcon(kind === 'revisions' ? 'history' : 'layers');
  item.accessibilityInformation = { label: `${kind === 'revisions' ? 'Revisions' : 'Pods'}, ${count}` };
  return item;
}

function noticeItem(text: string, hint: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(text, None);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = tooltip([text, hint]);
  item.description = hint;
  item.contextValue = 'notice';
  item.accessibilityInformation = { label: `${text} ${hint}` };
  return item;
}
