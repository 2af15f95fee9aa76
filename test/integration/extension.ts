import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RollbackApi } from '../../src/host/api.ts';
import { eventually } from '../testbed/eventually.ts';

/** The extension under test, as other extensions find it. */
export function extension(): vscode.Extension<RollbackApi> {
  const found = vscode.extensions.getExtension<RollbackApi>('kubernetes-rollback.kubernetes-rollback');
  assert.ok(found, 'the extension is installed');
  return found;
}

/** A row of the view *Deployments*. */
export interface Row {
  readonly node: unknown;
  readonly item: vscode.TreeItem;
  readonly label: string;
}

/** The rows below a node as they are now, the contexts for none. */
export async function rowsBelow(parent?: unknown): Promise<readonly Row[]> {
  const { deployments } = await extension().activate();
  const nodes = (await deployments.getChildren(parent)) ?? [];
  return Promise.all(
    nodes.map(async (node) => {
      const item = await deployments.getTreeItem(node);
      const label = typeof item.label === 'object' ? item.label.label : (item.label ?? '');
      return { node, item, label };
    }),
  );
}

/** The rows below a context, also while a welcome stands in place of its own row; none where it is not in the kubeconfig. */
export async function rowsOf(context: string): Promise<readonly Row[]> {
  await rowsBelow();
  return rowsBelow({ kind: 'context', id: `context ${context}`, context }).catch(() => []);
}

/** Goes down the tree by labels from the root's row and waits for each row to be there. */
export async function rowAt(...labels: readonly (string | RegExp)[]): Promise<Row> {
  return eventually(
    `the row ${labels.join(' → ')}`,
    async () => {
      let at: Row | undefined;
      for (const label of labels) {
        const rows = await rowsBelow(at?.node);
        at = rows.find((row) => matches(row.label, label));
        if (at === undefined) return undefined;
      }
      return at;
    },
    { limit: 20_000 },
  );
}

/** The rows below that row, once there are so many: they come while the cluster is still being listed. */
export function rowsAt(count: number, ...labels: readonly (string | RegExp)[]): Promise<readonly Row[]> {
  return eventually(
    `${count} rows below ${labels.join(' → ')}`,
    async () => {
      const rows = await rowsBelow((await rowAt(...labels)).node);
      return rows.length === count ? rows : undefined;
    },
    { limit: 20_000 },
  );
}

function matches(label: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? label === wanted : wanted.test(label);
}

/** Any context: the demo's kubeconfig has one. */
export const anyContext = /./;
export const demoNamespace = 'veza-production';

/** Our settings as VS Code resolves them now. */
export function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('kubernetesRollback');
}

/** Writes the machine's setting, as the command *Choose Kubeconfig File…* does; undefined takes it out. */
export async function setKubeconfig(path: string | undefined): Promise<void> {
  await settings().update('kubeconfig', path, vscode.ConfigurationTarget.Global);
}

/** The labels of all open tabs whose input is of this kind, e.g. `vscode.TabInputWebview`. */
export function tabs<Input>(kind: new (...arguments_: never[]) => Input): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof kind);
}

/** Closes every tab. */
export async function closeTabs(): Promise<void> {
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((group) => group.tabs));
}
