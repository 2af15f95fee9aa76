import Mocha from 'mocha';
import { leaveTally } from './tally.ts';

/** A process whose tests ended but which something keeps from ending is given so long. */
const patienceMs = 15_000;

/** Mocha's own spec output, and the numbers for the process that adds all layers up. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, pending } = this.stats;
      leaveTally({
        passed: passes,
        failed: this.failures.map((test) => test.fullTitle()),
        skipped: pending,
      });
      setTimeout(endByForce, patienceMs).unref();
    });
  }
}

function endByForce(): void {
  console.error(`The tests ended but left running: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}
