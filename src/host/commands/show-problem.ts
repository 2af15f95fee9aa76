import * as vscode from 'vscode';
import { problemWords } from '../../views/tree/welcome.ts';
import type { Command } from './command.ts';

/** Says in full what keeps open contexts from being seen: a welcome and a row have no room for it. */
export const showProblem: Command = {
  id: 'showProblem',
  doing: 'Show what is wrong',
  async run({ tree, reset }) {
    const problems = tree.seenContexts().flatMap((seen) => problemWords(seen) ?? []);
    if (problems.length === 0) {
      void vscode.window.showInformationMessage(
        'Every open context can be seen: nothing is wrong with them.',
      );
      return;
    }
    const again = 'Try Again';
    const chosen = await vscode.window.showWarningMessage(
      problems.length === 1 ? 'The cluster cannot be seen.' : `${problems.length} clusters cannot be seen.`,
      { modal: true, detail: problems.join('\n\n') },
      again,
    );
    if (chosen === again) reset();
  },
};
