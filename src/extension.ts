import * as vscode from 'vscode';
import { Connections } from './cluster/connections.ts';
import type { RollbackApi } from './host/api.ts';
import type { Surroundings } from './host/commands/command.ts';
import { commands } from './host/commands/table.ts';
import { FailingNotifications } from './host/failing-notifications.ts';
import { LiveDocuments } from './host/documents/live-documents.ts';
import { TemplateDocuments } from './host/documents/template-documents.ts';
import { showError } from './host/error-message.ts';
import { LookedAtRunbooks } from './host/looked-at-runbooks.ts';
import { LogsEditors } from './host/panel/logs-editors.ts';
import { RunbookPanels } from './host/panel/runbook-panels.ts';
import { FigureRecords } from './host/figure-records.ts';
import { RevisionMemories } from './host/revision-memories.ts';
import { Runbooks } from './host/runbooks.ts';
import { OfferedRuns } from './host/runs-view/offered-runs.ts';
import { RecordedPanels } from './host/runs-view/recorded-panels.ts';
import { RunsList } from './host/runs-view/runs-list.ts';
import { RunsTree } from './host/runs-view/runs-tree.ts';
import {
  fallbackProxySetting,
  isReadOnlySetting,
  kubeconfigRefusal,
  kubeconfigSetting,
  namespacesSetting,
  onDidChangePlace,
} from './host/settings.ts';
import { Choices } from './host/tree/choices.ts';
import { DeploymentsTree, deploymentsViewId } from './host/tree/deployments-tree.ts';
import { PlaceItem } from './host/tree/place-item.ts';
import { failingDecoration } from './host/tree/failing-decoration.ts';
import { realClock } from './ports/real-clock.ts';
import { RunFolder } from './runs/run-folder.ts';
import { RunIndex } from './runs/run-index.ts';

/** Makes the parts and joins them; nothing is read or connected to before a view, a command or a panel asks. */
export function activate(context: vscode.ExtensionContext): RollbackApi {
  const choices = new Choices(context.workspaceState);
  // Where only namespaces may be looked at, those that the person chose are among them.
  const namespaces = (name: string) => [...choices.namespaces(name), ...namespacesSetting(name)];
  const connections = new Connections(realClock, kubeconfigSetting, isReadOnlySetting, namespaces, choices, {
    fallbackProxy: fallbackProxySetting,
    refusal: kubeconfigRefusal,
  });
  const memories = new RevisionMemories(
    connections,
    realClock,
    vscode.Uri.joinPath(context.globalStorageUri, 'revisions').fsPath,
    (error) => showError('What is seen of revisions cannot be stored', error),
  );
  const failing = new FailingNotifications(connections, realClock);
  const runFolder = new RunFolder(vscode.Uri.joinPath(context.globalStorageUri, 'runs').fsPath);
  const index = new RunIndex(runFolder, (error) => showError('The list of runs cannot be stored', error));
  const figures = new FigureRecords(
    connections,
    realClock,
    vscode.Uri.joinPath(context.globalStorageUri, 'revisions').fsPath,
    (error) => showError('Figures of deployments cannot be recorded', error),
  );
  const runbooks = new Runbooks(connections, memories, figures, realClock, { folder: runFolder, index });
  const runs = new RunsList(runFolder, index, runbooks, realClock);
  const recorded = new RecordedPanels(runFolder, runs, realClock, context.extensionUri);
  const offered = new OfferedRuns(runFolder, runs);
  const panels = new RunbookPanels(runbooks, figures, realClock, context.extensionUri);
  const logs = new LogsEditors(
    new LookedAtRunbooks(runbooks, connections, { folder: runFolder, index }),
    realClock,
    context.extensionUri,
  );
  const templates = new TemplateDocuments();
  const documents = new LiveDocuments(realClock);
  const tree = new DeploymentsTree(connections, choices, memories, realClock);
  const reset = () => {
    runbooks.reset();
    memories.reset();
    failing.reset();
    figures.reset();
    connections.reset();
    tree.refresh();
    documents.restart();
    void panels.rebind();
    void logs.rebind();
  };
  const surroundings: Surroundings = {
    connections,
    memories,
    runbooks,
    panels,
    runs,
    runFolder,
    recorded,
    logs,
    templates,
    documents,
    choices,
    tree,
    reset,
  };
  const view = vscode.window.createTreeView(deploymentsViewId, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  tree.attach(view);
  const place = new PlaceItem(tree);

  context.subscriptions.push(
    view,
    place,
    tree,
    choices,
    panels,
    recorded,
    offered,
    new RunsTree(runs),
    runs,
    logs,
    runbooks,
    memories,
    failing,
    figures,
    connections,
    panels.register(),
    logs.register(),
    templates.register(),
    documents.register(),
    vscode.window.registerFileDecorationProvider(failingDecoration),
    runbooks.onDidYield((target) => {
      panels.close(target);
      void vscode.window.showInformationMessage(`Another window has taken the run of ${target.name} over.`);
    }),
    connections.onDidChange(({ ended }) => {
      runbooks.reset(ended);
      memories.reset(ended);
      failing.reset(ended);
      figures.reset(ended);
      tree.refresh();
      if (ended.size > 0) documents.restart();
      void panels.rebind(ended);
      void logs.rebind(ended);
    }),
    onDidChangePlace('kubeconfig', () => void connections.reread()),
    onDidChangePlace('namespaces', reset),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void connections.reread()),
    ...commands.map(({ id, doing, run }) =>
      vscode.commands.registerCommand(
        `kubernetesRollback.${id}`,
        async (argument?: unknown, further?: unknown) => {
          try {
            await run(surroundings, argument, further);
          } catch (error) {
            showError(doing, error);
          }
        },
      ),
    ),
  );
  // Not awaited: whoever activates the extension waits for no disk.
  void offered.begin();
  return { deployments: tree };
}
