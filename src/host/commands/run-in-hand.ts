import type { RunSummary } from '../../domain/runbook/summary.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { ShownRun } from '../../views/runs/run-row.ts';
import type { Surroundings } from './command.ts';
import { pickRun } from './pick-run.ts';
import { targetOf, textField } from './target.ts';

/**
 * The run that a command is about: of the deployment that the panel names, of a row of the runs, else one that the person picks of
 * those `offered`. Undefined where the person picks none. Throws where another run of the deployment was begun since.
 */
export async function runInHand(
  { runs, runbooks }: Pick<Surroundings, 'runs' | 'runbooks'>,
  argument: unknown,
  title: string,
  offered: (summary: RunSummary) => boolean,
): Promise<Runbook | undefined> {
  const target = textField(argument, 'run') === undefined ? targetOf(argument) : undefined;
  if (target !== undefined) return runbooks.of(target);
  const isOffered = ({ summary, damagedFrom, elsewhere }: ShownRun) =>
    damagedFrom === undefined && !elsewhere && offered(summary);
  const run = await pickRun(runs, argument, title, isOffered);
  if (run === undefined) return undefined;
  // Asking for the deployment's run would begin another one where this one is over.
  if (!isOffered(run)) throw new Error('This run is over, damaged, or in another window: it stays as it is.');
  const runbook = await runbooks.of(run.summary.target);
  if (runbook.run.state.id !== run.summary.id)
    throw new Error('Another run of the deployment was begun since.');
  return runbook;
}
