import type { FigureBaseline } from '../figures/baseline.ts';
import { countedErrors, type ErrorCount, type ErrorLook, mostErrorLines } from '../figures/error-looks.ts';
import { figureTitles, figureWords } from '../figures/figure-words.ts';
import type { Normalized, NormalizedFigure } from '../figures/normalized.ts';
import type { CheckResult, Seen } from './checks.ts';

/** What the rule of docs/metrics-rule.md says, as a step's result. `at` is RFC 3339. */
export function metricsCheck({ state, words, perFigure }: Normalized, at: string): CheckResult {
  const evidence = perFigure.map((figure) => ({
    text: `${figureTitles[figure.id]}: ${figure.words}`,
    tone: tones[figure.state],
    at,
  }));
  return { ...verdicts[state], detail: words, evidence };
}

const tones: Readonly<Record<NormalizedFigure['state'], Seen['tone']>> = {
  ok: 'ok',
  failed: 'failed',
  tooFewData: 'warning',
  noBaseline: 'warning',
  notMeasured: 'plain',
};

const verdicts: Readonly<Record<Normalized['state'], Pick<CheckResult, 'state' | 'summary'>>> = {
  ok: { state: 'ok', summary: 'as before the failure' },
  failed: { state: 'failed', summary: 'not as before' },
  tooFewData: { state: 'warning', summary: 'too few data' },
  noBaseline: { state: 'warning', summary: 'nothing to compare with' },
};

export interface ErrorRates {
  readonly since: ErrorCount | undefined;
  readonly whileFailing: ErrorCount | undefined;
  readonly baseline: FigureBaseline | undefined;
}

/** The error lines since a rollback (`since`, ms) and while the deployment failed before it was confirmed (`confirmed`, ms). */
export function errorRatesOf(
  looks: readonly ErrorLook[],
  times: { readonly confirmed: number; readonly since: number },
  baseline: FigureBaseline | undefined,
): ErrorRates {
  return {
    since: countedErrors(looks.filter(({ from }) => from >= times.since)),
    whileFailing: countedErrors(looks.filter(({ at, failing }) => failing && at <= times.confirmed)),
    baseline,
  };
}

/** Below this part of the rate while it failed, an error rate of which nothing else is known counts as mended, but not as good. */
const mendedPart = 0.5;

/** Error lines per minute since the rollback beside those while it failed and those before. `at` is RFC 3339. */
export function errorRateCheck({ since, whileFailing, baseline }: ErrorRates, at: string): CheckResult {
  const before = baseline?.figures.errorLines?.high;
  const beside = [
    whileFailing === undefined
      ? 'While it failed: not recorded'
      : `While it failed: ${countWords(whileFailing)}`,
    before === undefined
      ? 'Before the failure: not recorded'
      : `Before the failure: up to ${figureWords('errorLines', before)} error lines per minute`,
  ].map((text): Seen => ({ text, tone: 'plain', at }));
  if (since === undefined)
    return {
      state: 'warning',
      summary: 'too few data',
      detail: 'The logs could not be read often enough since the rollback to tell a rate.',
      evidence: beside,
    };
  const verdict = verdictOf(since, whileFailing, mostErrorLines(baseline));
  const tone = verdict.state === 'ok' ? 'ok' : verdict.state;
  const was = whileFailing === undefined ? '' : `, was ${perMinute(whileFailing)}`;
  return {
    ...verdict,
    summary: `${perMinute(since)} / min${was}`,
    evidence: [{ text: `Since the rollback: ${countWords(since)}`, tone, at }, ...beside],
  };
}

function verdictOf(
  since: ErrorCount,
  whileFailing: ErrorCount | undefined,
  most: number | undefined,
): { readonly state: 'ok' | 'warning' | 'failed'; readonly detail?: string } {
  if (since.perMinute === 0 || (most !== undefined && since.perMinute <= most)) return { state: 'ok' };
  if (most !== undefined)
    return {
      state: 'failed',
      detail: `More error lines than before the failure: at most ${figureWords('errorLines', most)} a minute would be as before. Read them in the log.`,
    };
  if (whileFailing !== undefined && since.perMinute > whileFailing.perMinute * mendedPart)
    return {
      state: 'failed',
      detail: 'The error rate has not fallen by half since the rollback: the cause may not be this release.',
    };
  return {
    state: 'warning',
    detail:
      'There are error lines, and nothing was recorded before the failure to compare with: read them in the log and judge.',
  };
}

function perMinute({ perMinute: value }: ErrorCount): string {
  return figureWords('errorLines', value);
}

function countWords(count: ErrorCount): string {
  const looks = `${count.looks} ${count.looks === 1 ? 'look' : 'looks'}`;
  const highest = count.looks === 1 ? '' : `, at most ${figureWords('errorLines', count.highest)}`;
  return `${perMinute(count)} error lines per minute in ${looks} over ${Math.round(count.ms / 1000)} s${highest}`;
}
