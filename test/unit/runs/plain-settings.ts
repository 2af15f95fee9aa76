import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { RunbookSettings } from '../../../src/runs/runbook-settings.ts';

/** A runbook's settings where nothing is set, and nothing recorded. */
export const plainSettings: RunbookSettings = {
  endpoints: () => ({ health: undefined, critical: [] }),
  readyWithinMs: () => 1000,
  verdict: () => ({ kind: 'unknown' }),
  kubeconfig: () => undefined,
  isReadOnly: () => false,
  isProtected: () => false,
  attachments: join(tmpdir(), 'nothing-is-attached-here'),
  figures: () => undefined,
  smokeTest: () => undefined,
  smokeTests: { run: () => Promise.reject(new Error('there is no test to run')) },
  hasDashboard: () => false,
  watchMs: () => 600_000,
};
