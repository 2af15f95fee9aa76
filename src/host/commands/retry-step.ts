import { signalOf } from '../error-message.ts';
import * as vscode from 'vscode';
import { checkSteps } from '../../domain/runbook/steps.ts';
import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickStep } from './pick-step.ts';
import { targetOf } from './target.ts';

/** Carries a step of the runbook that only looks out once more. */
export const retryStep: Command = {
  id: 'retryStep',
  doing: 'Try the step again',
  async run({ connections, panels, runbooks }, argument, further) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Try a Step Again'));
    if (target === undefined) return;
    const runbook = await runbooks.of(target);
    const step = await pickStep(further, 'Try a Step Again');
    if (step === undefined) return;
    (await panels.open(target)).focus('steps');
    const { title } = checkSteps[step];
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `${target.name}: ${title}`, cancellable: true },
      (_progress, token) => runbook.retry(step, signalOf(token)),
    );
  },
};
