import { type FigureBaseline, quantile } from './baseline.ts';
import { figureTitles, figureWords } from './figure-words.ts';
import { type ComparedFigure, normalizationRule as rule } from './normalization-rule.ts';
import { type FigureId, figureIds, figureOf, type FigureSample } from './sample.ts';

export type NormalizedState = 'ok' | 'failed' | 'tooFewData' | 'noBaseline';

export interface NormalizedFigure {
  readonly id: FigureId;
  /** `notMeasured`: never seen, neither before the failure nor since the rollback; it says nothing. */
  readonly state: NormalizedState | 'notMeasured';
  readonly words: string;
}

export interface Normalized {
  readonly state: NormalizedState;
  /** One sentence. */
  readonly words: string;
  readonly perFigure: readonly NormalizedFigure[];
}

/**
 * Whether the figures are as they were before the failure (docs/metrics-rule.md). `since` are the samples taken since the
 * rollback, oldest first, the first of them at its time. What fails outweighs what is missing; what is missing outweighs what
 * is good.
 */
export function normalized(since: readonly FigureSample[], baseline: FigureBaseline | undefined): Normalized {
  const begun = since[0]?.at ?? 0;
  const newest = since.at(-1)?.at ?? 0;
  const from = Math.max(begun + rule.settleMs, newest - rule.windowMs);
  const window = since.filter(({ at }) => at >= from);
  const perFigure = figureIds.map((id) => judged(id, window, baseline));
  const states = perFigure.map(({ state }) => state);
  const state = states.includes('failed')
    ? 'failed'
    : states.includes('tooFewData')
      ? 'tooFewData'
      : baseline === undefined || states.includes('noBaseline')
        ? 'noBaseline'
        : 'ok';
  return { state, words: sentence(state, perFigure), perFigure };
}

function judged(
  id: FigureId,
  window: readonly FigureSample[],
  baseline: FigureBaseline | undefined,
): NormalizedFigure {
  const seen = window.filter((sample) => isSeen(sample, id));
  const before = baseline?.figures[id];
  if (seen.length === 0 && before === undefined && id !== 'ready' && id !== 'restarts')
    return { id, state: 'notMeasured', words: 'not measured' };
  const values = seen.map((sample) => figureOf(sample, id)).filter((value) => value !== undefined);
  const bad = unanswered(id, seen);
  if (bad !== undefined) return { id, state: 'failed', words: bad };
  const span = (seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0);
  if (values.length < rule.samples || span < rule.spanMs)
    return { id, state: 'tooFewData', words: `${values.length} of at least ${rule.samples} samples` };
  if (id === 'ready') return ready(seen);
  if (id === 'restarts') return restarts(values);
  if (before === undefined || before.samples < rule.baselineSamples)
    return { id, state: 'noBaseline', words: `${figureWords(id, quantile(values, 0.5))}, unknown before` };
  return compared(id, quantile(values, 0.5), before.high);
}

function isSeen(sample: FigureSample, id: FigureId): boolean {
  return figureOf(sample, id) !== undefined || (id === 'latency' && sample.answered === false);
}

/** An endpoint that does not answer is no endpoint without a latency. */
function unanswered(id: FigureId, seen: readonly FigureSample[]): string | undefined {
  if (id !== 'latency') return undefined;
  const failed = seen.filter(({ answered }) => answered === false).length;
  return failed === 0 ? undefined : `${failed} of ${seen.length} requests failed`;
}

function ready(seen: readonly FigureSample[]): NormalizedFigure {
  const missing = seen.filter((sample) => (sample.ready ?? 0) < (sample.desired ?? 0)).length;
  if (missing > 0)
    return {
      id: 'ready',
      state: 'failed',
      words: `pods were missing in ${missing} of ${seen.length} samples`,
    };
  return { id: 'ready', state: 'ok', words: `all ready in ${seen.length} samples` };
}

function restarts(values: readonly number[]): NormalizedFigure {
  // The sum falls when a pod goes: only what it rises by are restarts.
  const more = values.reduce((sum, value, i) => sum + Math.max(0, value - (values[i - 1] ?? value)), 0);
  if (more > 0) return { id: 'restarts', state: 'failed', words: `${more} more` };
  return { id: 'restarts', state: 'ok', words: 'none more' };
}

function compared(id: ComparedFigure, now: number, high: number): NormalizedFigure {
  const { factor, more } = rule.tolerance[id];
  const most = Math.max(high * factor, high + more);
  const words = `${figureWords(id, now)}, before the failure up to ${figureWords(id, high)}`;
  return { id, state: now <= most ? 'ok' : 'failed', words };
}

function sentence(state: NormalizedState, figures: readonly NormalizedFigure[]): string {
  const telling = figures
    .filter((figure) => figure.state === state)
    .map(({ id, words }) => `${figureTitles[id]}: ${words}`)
    .join('; ');
  switch (state) {
    case 'ok':
      return `As before the failure, over the last ${rule.windowMs / 60_000} min. ${telling}.`;
    case 'failed':
      return `Not as before the failure. ${telling}.`;
    case 'tooFewData':
      return `Too few data yet. ${telling}.`;
    case 'noBaseline':
      return telling === ''
        ? 'Unknown: nothing was recorded before the failure.'
        : `Unknown: nothing was recorded before the failure to compare with. ${telling}.`;
  }
}
