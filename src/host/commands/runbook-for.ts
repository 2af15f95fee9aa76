import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { Surroundings } from './command.ts';

/** The runbook that a change goes into. A run that was signed off is history: another change begins another run. */
export async function runbookFor({ runbooks, panels }: Surroundings, target: RunTarget): Promise<Runbook> {
  const runbook = await runbooks.of(target);
  if (runbook.run.state.end === undefined) return runbook;
  await runbooks.beginAnew(target);
  await panels.renew(target);
  return runbooks.of(target);
}
