import type { RunTarget } from '../domain/runbook/events.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunbookSettings } from '../runs/runbook-settings.ts';
import {
  dashboardSetting,
  endpointsSetting,
  isProtectedSetting,
  isReadOnlySetting,
  kubectlFileSetting,
  readyTimeoutSetting,
  smokeTestSetting,
  watchTimeSetting,
} from './settings.ts';
import { workspaceTests } from './smoke-tests/workspace-tests.ts';

/** What VS Code's settings say of a deployment's runbook, read when it is asked for. */
export function settingsOf(
  target: RunTarget,
  clock: Clock,
): Omit<RunbookSettings, 'attachments' | 'figures' | 'verdict'> {
  return {
    endpoints: () => endpointsSetting(target),
    readyWithinMs: readyTimeoutSetting,
    kubeconfig: kubectlFileSetting,
    smokeTest: () => smokeTestSetting(target),
    smokeTests: workspaceTests(clock),
    hasDashboard: () => dashboardSetting(target) !== undefined,
    watchMs: watchTimeSetting,
    isReadOnly: () => isReadOnlySetting(target.context),
    isProtected: () => isProtectedSetting(target.context),
  };
}
