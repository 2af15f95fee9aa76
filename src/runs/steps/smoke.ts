import type { CheckResult } from '../../domain/runbook/checks.ts';
import { PrintedLines } from '../../domain/runbook/printed-lines.ts';
import { type SmokeEnd, type SmokeTest, smokeTitle } from '../../domain/runbook/smoke-test.ts';
import { seen, type StepHandler, type StepPlace } from './step-handler.ts';

/** How often the last line is shown while it runs, in ms: each is a line of the run's journal. */
const showEveryMs = 5_000;

/** Runs the test that the settings name, once the rollback is complete; its exit code decides, its last lines stay. */
export const smoke: StepHandler = async (place, see, signal) => {
  const { settings, run, clock } = place;
  const test = settings.smokeTest();
  if (test === undefined) return notConfigured;
  if (run.rollback?.end?.kind !== 'complete')
    return {
      state: 'failed',
      summary: 'not run',
      evidence: [seen(place, 'Smoke tests run once a rollback is complete, not before.', 'warning')],
    };
  const printed = new PrintedLines();
  const begun = clock.now();
  const limit = new AbortController();
  const timer = clock.after(test.timeoutMs, () => limit.abort());
  const shown = { line: '', at: 0 };
  const print = (text: string) => {
    printed.add(text);
    if (clock.now() - shown.at < showEveryMs || printed.lastLine === shown.line) return;
    [shown.line, shown.at] = [printed.lastLine, clock.now()];
    see({ state: 'running', summary: 'running', detail: shown.line, evidence: [] });
  };
  see({ state: 'running', summary: 'running', detail: smokeTitle(test), evidence: [] });
  try {
    const stop = AbortSignal.any([signal, limit.signal]);
    const end = await settings.smokeTests.run(test, run.target, print, stop);
    return result(place, test, {
      end,
      timedOut: limit.signal.aborted,
      seconds: Math.round((clock.now() - begun) / 1000),
      output: printed.last,
    });
  } finally {
    timer.dispose();
  }
};

const notConfigured: CheckResult = {
  state: 'notConfigured',
  summary: 'not configured',
  detail: 'No smoke test is set for this deployment: name a task of the workspace or a command.',
  evidence: [],
  advice: [
    {
      words: 'Name a task or a command in the setting Smoke Tests; it runs after each rollback.',
      action: 'configureSmokeTests',
    },
  ],
};

interface Ended {
  readonly end: SmokeEnd;
  readonly timedOut: boolean;
  readonly seconds: number;
  readonly output: string;
}

function result(place: StepPlace, test: SmokeTest, { end, timedOut, seconds, output }: Ended): CheckResult {
  const title = smokeTitle(test);
  const printed = output === '' ? {} : { output };
  const failed = (summary: string, words: string): CheckResult => ({
    state: 'failed',
    summary,
    evidence: [seen(place, words, 'failed')],
    ...printed,
  });
  if (end.kind === 'notStarted') return failed('not started', `${title} was not started: ${end.message}`);
  if (timedOut) {
    const most = test.timeoutMs / 1000;
    return failed('not finished', `${title} was ended: it had not finished after ${most} s.`);
  }
  if (end.kind === 'killed')
    return failed('ended from outside', `${title} was ended by ${end.signal} after ${seconds} s.`);
  const { exitCode, note } = end;
  const notes = note === undefined ? [] : [seen(place, note, 'plain')];
  if (exitCode === undefined) {
    const words = `${title} ended after ${seconds} s, and VS Code told no exit code.`;
    return {
      state: 'warning',
      summary: 'exit code not known',
      detail: 'Judge by what it printed; a task with a process or a shell tells its exit code.',
      evidence: [seen(place, words, 'warning'), ...notes],
      ...printed,
    };
  }
  const tone = exitCode === 0 ? 'ok' : 'failed';
  return {
    state: tone,
    summary: exitCode === 0 ? `passed in ${seconds} s` : `exit code ${exitCode}`,
    evidence: [seen(place, `${title}: exit code ${exitCode} after ${seconds} s`, tone), ...notes],
    ...printed,
  };
}
