import type { RunTarget } from '../domain/runbook/events.ts';
import type { SmokeEnd, SmokeTest } from '../domain/runbook/smoke-test.ts';

/** Runs the tests that a person has named: tasks of the workspace, commands in its folder. */
export interface SmokeTests {
  /**
   * Starts the test and resolves when it has ended, and, where `signal` aborts, when all that it started was told to end.
   * `print` is told what it prints, in pieces. Nothing is started in a workspace that is not trusted.
   */
  run(
    test: SmokeTest,
    target: RunTarget,
    print: (text: string) => void,
    signal: AbortSignal,
  ): Promise<SmokeEnd>;
}
