import * as vscode from 'vscode';
import { checkSteps } from '../../domain/runbook/steps.ts';
import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickStep } from './pick-step.ts';
import { targetOf } from './target.ts';

/** Leaves a step of the runbook out, with a reason that stays in the run. */
export const skipStep: Command = {
  id: 'skipStep',
  doing: 'Skip the step',
  async run({ connections, runbooks }, argument, further) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Skip a Step'));
    if (target === undefined) return;
    const step = await pickStep(further, 'Skip a Step');
    if (step === undefined) return;
    const reason = await vscode.window.showInputBox({
      title: `Skip: ${checkSteps[step].title}`,
      prompt: 'Why is it left out? The report says so, with your name and the time.',
      placeHolder: 'e.g. there is no metrics-server in this cluster',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
    });
    if (reason !== undefined) await (await runbooks.of(target)).skip(step, reason.trim());
  },
};
