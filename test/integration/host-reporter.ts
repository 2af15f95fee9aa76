import Mocha from 'mocha';
import type { HostEvent } from './host-event.ts';

const { constants } = Mocha.Runner;

/** Tells `send` what the runner does. Titles of a failed test carry those of its suites, which a reader needs then. */
export function reportEvents(runner: Mocha.Runner, send: (event: HostEvent) => void): void {
  let depth = 0;
  runner.on(constants.EVENT_SUITE_BEGIN, (suite) => {
    if (suite.root) return;
    send({ kind: 'suite', depth, title: suite.title });
    depth += 1;
  });
  runner.on(constants.EVENT_SUITE_END, (suite) => {
    if (!suite.root) depth -= 1;
  });
  runner.on(constants.EVENT_TEST_PASS, ({ title, duration }) => {
    send({ kind: 'passed', depth, title, milliseconds: duration ?? 0 });
  });
  runner.on(constants.EVENT_TEST_PENDING, ({ title }) => send({ kind: 'skipped', depth, title }));
  runner.on(constants.EVENT_TEST_FAIL, (test, error: unknown) => {
    send({ kind: 'failed', depth, title: test.fullTitle(), error: described(error) });
  });
}

/** An error with its stack, also when something else was thrown. */
export function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
