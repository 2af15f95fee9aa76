import assert from 'node:assert/strict';

import { panel, step } from './panel-input.ts';

describe('what one would type instead of a step', () => {
  it('is there for every step but the one that reads what was recorded', () => {
    const endpoints = { health: 'https://shop/health', critical: ['https://shop/api'] };
    const smokeTest = { kind: 'command', command: 'npm run smoke', timeoutMs: 1000 } as const;
    const { steps } = panel([], { endpoints, smokeTest });
    assert.deepEqual(
      steps.filter(({ commands }) => commands.length === 0).map(({ id }) => id),
      ['before'],
    );
  });

  it('is, of a smoke test, the task by its name or the command with its environment', () => {
    const does = (smokeTest: Parameters<typeof panel>[1]) => step(panel([], smokeTest), 'smoke').does ?? '';
    const timeoutMs = 1000;
    assert.match(
      does({ smokeTest: { kind: 'task', task: 'smoke', timeoutMs } }),
      /^Runs the task smoke of the workspace, .* By hand: the command Tasks: Run Task, then smoke\.$/,
    );
    assert.match(
      does({ smokeTest: { kind: 'command', command: 'npm run smoke', timeoutMs } }),
      /first folder of the workspace, with ROLLBACK_CONTEXT=demo, ROLLBACK_NAMESPACE=shop and ROLLBACK_DEPLOYMENT=api in its environment/,
    );
    assert.match(does({}), /^Runs the task or the command that the settings name/);
  });
});
