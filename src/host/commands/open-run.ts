import { isPast } from '../../domain/runbook/summary.ts';
import { RunElsewhere } from '../runbooks.ts';
import type { Command } from './command.ts';
import { pickRun } from './pick-run.ts';

/** Opens a run: one that goes on in its runbook, every other as it is recorded. From the palette it searches. */
export const openRun: Command = {
  id: 'openRun',
  doing: 'Open a run',
  async run({ runs, recorded, panels }, argument) {
    const run = await pickRun(runs, argument, 'Open Run');
    if (run === undefined) return;
    if (isPast(run.summary) || run.damagedFrom !== undefined || run.elsewhere) return recorded.open(run);
    try {
      (await panels.open(run.summary.target)).focus('steps');
    } catch (error) {
      recorded.open(run);
      // Then it is shown as it is, which is all that there is to say.
      if (!(error instanceof RunElsewhere)) throw error;
    }
  },
};
