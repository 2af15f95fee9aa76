import * as vscode from 'vscode';
import type { Command } from './command.ts';

/** A pause in typing after which the tree is filtered: every key would be too often in a large cluster. */
const pauseMs = 100;

/** Filters the tree while one types. Enter keeps the filter, Escape puts back what was before. */
export const filterDeployments: Command = {
  id: 'filterDeployments',
  doing: 'Filter the deployments',
  async run({ choices }) {
    await vscode.commands.executeCommand('kubernetesRollback.deployments.focus');
    const before = choices.filter;
    const input = vscode.window.createInputBox();
    const failingOnly: vscode.QuickInputButton = {
      iconPath: new vscode.ThemeIcon('error'),
      tooltip: 'Show Failing Only',
    };
    input.title = 'Filter Deployments';
    input.placeholder = 'Words of a name, a namespace, an image or a cause';
    input.prompt = 'All words must be found. Enter keeps the filter, Escape takes it back.';
    input.value = before.text;
    input.valueSelection = [0, before.text.length];
    input.buttons = [failingOnly];
    let pause: NodeJS.Timeout | undefined;
    const apply = () => void choices.setFilter({ ...choices.filter, text: input.value });
    const changes = [
      input.onDidChangeValue(() => {
        clearTimeout(pause);
        pause = setTimeout(apply, pauseMs);
      }),
      input.onDidTriggerButton(
        () => void choices.setFilter({ text: input.value, failingOnly: !choices.filter.failingOnly }),
      ),
    ];
    try {
      const kept = await new Promise<boolean>((resolve) => {
        input.onDidAccept(() => resolve(true));
        input.onDidHide(() => resolve(false));
        input.show();
      });
      clearTimeout(pause);
      await choices.setFilter(kept ? { ...choices.filter, text: input.value } : before);
    } finally {
      for (const change of changes) change.dispose();
      input.dispose();
    }
  },
};
